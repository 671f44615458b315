import Casework
import Foundation

/// By what a match was made, as an answer gives it and as a replay takes it back.
struct MatchRecordForm: Encodable {
    let edition: Int
    let directory: String?
    let policies: String
    let moment: String
    let inputs: String
    let answer: String

    init(_ record: MatchRecord) {
        edition = record.edition
        directory = record.directory
        policies = record.policies
        moment = Instant.precise(record.moment)
        inputs = record.inputs
        answer = record.answer
    }

    private static let hash = Shape<String>.parsed("32 hexadecimal digits, as the answer of the match gave them") {
        text in
        let isHash =
            text.utf8.count == 32
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            }
        return isHash ? text : nil
    }

    /// The record of an earlier match.
    static let shape = Shape<MatchRecord>.object { fields in
        let (edition, directory, policies, moment, inputs, answer) = try fields.all(
            fields.required("edition", Shape<Int>.whole(1...1_000_000)),
            fields.optional("directory", hash),
            fields.required("policies", hash),
            fields.required("moment", Shape<Date>.instant),
            fields.required("inputs", hash),
            fields.required("answer", hash)
        )
        return MatchRecord(
            edition: edition,
            directory: directory,
            policies: policies,
            moment: moment,
            inputs: inputs,
            answer: answer
        )
    }
}
