import Care
public import Foundation
import Matching
import Sealing

/// By what a match was made, so that it can be made again and compared (replay). It stands in the entry of the act and in
/// its answer. The digests are keyed with the server's index key: nobody can try out from the log what a case holds.
public struct MatchRecord: Hashable, Sendable {
    /// The edition of the rules in the program.
    public let edition: Int
    /// What the directory's files hold; nil where it was never recorded.
    public let directory: String?
    /// What the policy files hold.
    public let policies: String
    /// The moment from which the match counted.
    public let moment: Date
    /// A digest of everything of the case that the match looked at.
    public let inputs: String
    /// A digest of the whole answer.
    public let answer: String

    /// A record as somebody states it.
    public init(edition: Int, directory: String?, policies: String, moment: Date, inputs: String, answer: String) {
        self.edition = edition
        self.directory = directory
        self.policies = policies
        self.moment = moment
        self.inputs = inputs
        self.answer = answer
    }

    /// The record as handles of an entry.
    func handles(for need: NeedID) -> [String] {
        [
            need.text, "matching:\(edition)", "directory:\(directory ?? "none")", "policies:\(policies)",
            "moment:\(Int((moment.timeIntervalSince1970 * 1000).rounded()))", "inputs:\(inputs)", "answer:\(answer)",
        ]
    }
}

/// A match made again, beside the record of the earlier one.
public struct MatchReplay: Sendable {
    /// The match as it comes out now, counted from the moment of the earlier one.
    public let now: MatchDesk.Matched
    /// By what the earlier one was made.
    public let then: MatchRecord

    /// The program has the same rules.
    public var hasSameEdition: Bool { then.edition == now.record.edition }
    /// The directory's files hold the same.
    public var hasSameDirectory: Bool { then.directory == now.record.directory }
    /// The policy files hold the same.
    public var hasSamePolicies: Bool { then.policies == now.record.policies }
    /// The case says the same as far as a match looks at it.
    public var hasSameInputs: Bool { then.inputs == now.record.inputs }
    /// The answer is the same, byte for byte.
    public var hasSameAnswer: Bool { then.answer == now.record.answer }
    /// All that it was made by is the same, and yet the answer is another: somebody must look.
    public var isUnexplained: Bool {
        hasSameEdition && hasSameDirectory && hasSamePolicies && hasSameInputs && !hasSameAnswer
    }
}

extension MatchRecord {
    /// A digest as 32 hexadecimal digits.
    static func digest(_ label: BlindLabel, _ bytes: [UInt8], _ rows: ServerRows) throws(CaseworkError) -> String {
        try rows.blind(label, bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count < 2 ? "0" + digits : digits
        }.joined()
    }
}
