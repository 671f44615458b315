import DataFiles
import Directory
import Foundation
import HSDS

/// The two files of an imported source in the folder of the country files.
struct ImportFiles {
    let folder: String
    let country: CountryCode
    let source: String

    /// The country file: `LK.harbour.yaml`.
    var countryName: String { "\(country.text).\(source).yaml" }
    /// The records beside it: `LK.harbour.hsds.ndjson`.
    var keptName: String { "\(country.text).\(source).hsds.ndjson" }
    var countryPath: String { "\(folder)/\(countryName)" }
    var keptPath: String { "\(folder)/\(keptName)" }

    /// The country file of the last import; nil before the first.
    func countryFile() throws -> DataNode? {
        guard FileManager.default.fileExists(atPath: countryPath) else { return nil }
        return try DirectoryImportCommand.reading { try DataFile.read(countryPath) }
    }

    /// The records of the last import; none before the first.
    func kept() throws -> KeptRecords {
        guard let data = FileManager.default.contents(atPath: keptPath) else { return KeptRecords() }
        return try DirectoryImportCommand.reading { try KeptRecords(reading: [UInt8](data), file: keptName) }
    }
}
