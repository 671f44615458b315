import Foundation

/// Looks for words in every file of a folder, as a thief of the disk would: plain, escaped as in JSON, in UTF-16, and in
/// base64 at each of its three alignments. A file that cannot be read fails the scan (DECISIONS 26).
struct AtRestScan {
    /// Where a word was found.
    struct Finding: Hashable, CustomStringConvertible {
        let label: String
        let file: String
        let form: String
        var description: String { "\(label) in \(file), \(form)" }
    }

    private let needles: [(label: String, form: String, bytes: Data)]

    /// A scan for these words; the labels are what a finding says.
    init(_ words: [(label: String, text: String)]) {
        needles = words.flatMap { word in
            Self.forms(of: word.text).map { (label: word.label, form: $0.form, bytes: $0.bytes) }
        }
    }

    /// Everything found below a folder, and how many files were read.
    ///
    /// - Throws: when a file cannot be read.
    func run(below folder: URL) throws -> (findings: [Finding], files: Int) {
        var findings: [Finding] = []
        var files = 0
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        for path in paths.sorted() {
            let url = folder.appending(path: path)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            let content = try Data(contentsOf: url)
            files += 1
            for needle in needles where content.range(of: needle.bytes) != nil {
                findings.append(Finding(label: needle.label, file: path, form: needle.form))
            }
        }
        return (findings, files)
    }

    /// Every form in which a word could lie on a disk.
    static func forms(of text: String) -> [(form: String, bytes: Data)] {
        let plain = Data(text.utf8)
        var forms = [("plain", plain)]
        var escaped = ""
        for unit in text.utf16 {
            let hex = String(unit, radix: 16)
            escaped +=
                unit < 0x80
                ? String(UnicodeScalar(UInt8(unit))) : "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
        forms.append(("escaped", Data(escaped.utf8)))
        forms.append(("UTF-16", Data(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })))
        for shift in 0..<3 {
            // The letters at both ends depend on what stands beside the word: they are cut off.
            let encoded = Data([UInt8](repeating: 0, count: shift) + plain).base64EncodedString()
            let front = shift == 0 ? 0 : 4
            let core = encoded.filter { $0 != "=" }.dropFirst(front).dropLast(2)
            if core.count >= 8 { forms.append(("base64", Data(String(core).utf8))) }
        }
        return forms.map { (form: $0.0, bytes: $0.1) }
    }
}
