import DataFiles
import Directory
import Foundation

/// The directory that ships with this repository, read once.
enum ShippedDirectory {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Directory").path

    static let reading = DirectoryReader.read(folder)
    static var directory: ServiceDirectory { reading.directory }
    static let countries = reading.directory.countries.values.sorted { $0.code < $1.code }
}
