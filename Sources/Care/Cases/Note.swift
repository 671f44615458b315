public import Foundation

/// A note in the file, by its writer.
public struct Note: Hashable, Sendable {
    /// What was written.
    public let text: String
    /// By whom.
    public let writtenBy: StaffID
    /// When.
    public let writtenAt: Date

    /// A note of at most 8,000 characters.
    ///
    /// - Throws: `CareError.invalid` for a text or date out of bounds.
    public init(text: String, writtenBy: StaffID, writtenAt: Date) throws(CareError) {
        self.text = try Limits.text(text, "note.text", atMost: Limits.note)
        self.writtenBy = writtenBy
        self.writtenAt = try Limits.moment(writtenAt, "note.written_at")
    }
}

extension Note: Codable {
    private enum CodingKeys: String, CodingKey {
        case text
        case writtenBy = "written_by"
        case writtenAt = "written_at"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            text: stored.decode(String.self, forKey: .text),
            writtenBy: stored.decode(StaffID.self, forKey: .writtenBy),
            writtenAt: stored.moment(.writtenAt)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(text, forKey: .text)
        try stored.encode(writtenBy, forKey: .writtenBy)
        try stored.put(moment: writtenAt, .writtenAt)
    }
}
