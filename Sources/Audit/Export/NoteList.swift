/// Notes written one after another: a note's signature lines begin with an em dash, and the next note's text with the
/// first line after them that does not.
enum NoteList {
    static func notes(in bytes: [UInt8]) -> [[UInt8]] {
        let mark = Array(SignedNote.mark.utf8)
        let newline = UInt8(ascii: "\n")
        var notes: [[UInt8]] = []
        var start = 0
        var line = 0
        var isPastText = false
        var hasSignature = false
        while line < bytes.count {
            let next = (bytes[line...].firstIndex(of: newline) ?? bytes.count - 1) + 1
            let isSignature = isPastText && bytes[line..<next].starts(with: mark)
            if hasSignature, !isSignature {
                notes.append(Array(bytes[start..<line]))
                start = line
                isPastText = false
                hasSignature = false
            }
            hasSignature = hasSignature || isSignature
            isPastText = isPastText || next == line + 1
            line = next
        }
        if start < bytes.count {
            notes.append(Array(bytes[start...]))
        }
        return notes
    }
}
