import Directory
import Matching

/// Compares what the rules say of one worked case with what it expects. Safety is what could harm somebody: what is listed,
/// what may be sent, what is given away. Quality is order, reasons and flags.
struct ExpectationCheck {
    /// How many expectations of one class there are, and how many hold.
    struct Count {
        private(set) var held = 0
        private(set) var all = 0

        mutating func add(_ holds: Bool) {
            all += 1
            if holds { held += 1 }
        }

        mutating func add(_ other: Count) {
            held += other.held
            all += other.all
        }
    }

    private(set) var safety = Count()
    private(set) var quality = Count()
    /// What differs, a line each.
    private(set) var differences: [String] = []

    private let id: String
    private let result: MatchResult
    private let answer: MatchAnswer
    private let listed: [String]

    init(_ worked: WorkedCase, _ result: MatchResult, line: String) {
        self.id = worked.id
        self.result = result
        self.answer = result.answer(for: worked.viewer)
        self.listed = answer.options.map(\.option.service.text)
        checkSafety(worked.expectations, line: line)
        checkQuality(worked.expectations)
    }

    private mutating func checkSafety(_ expected: Expectations, line: String) {
        if let outcome = expected.outcome {
            safe(answer.outcome.rawValue == outcome, "outcome is \(answer.outcome.rawValue), expected \(outcome)")
        }
        if let maySend = expected.referralMayBeSent {
            safe(
                answer.referralMayBeSent == maySend,
                "referral_may_be_sent is \(answer.referralMayBeSent), expected \(maySend)"
            )
        }
        let gates = Set(answer.gates.map(\.rawValue))
        for gate in expected.gates { safe(gates.contains(gate), "must_gate \(gate) is not reported") }
        if let included = expected.included {
            safe(
                Set(listed) == Set(included),
                "must_include expects \(Self.names(included)), listed are \(Self.names(listed))"
            )
        }
        for entry in expected.excluded {
            safe(!listed.contains(entry.service), "must_exclude \(entry.service) is listed")
        }
        for (place, secret) in expected.secrets.enumerated() {
            // The secret itself is not printed: a log of this check must not become the leak.
            let isThere = line.contains(secret) || line.contains(AnswerWriter.quoted(secret).dropFirst().dropLast())
            safe(!isThere, "must_not_reveal/\(place) occurs in the answer")
        }
    }

    private mutating func checkQuality(_ expected: Expectations) {
        for entry in expected.excluded {
            guard let reason = entry.reason else { continue }
            // The explanation kept inside the case: outside it a conflicted service has no reason at all.
            let reasons = result.excluded.first { $0.service.text == entry.service }?.reasons.map(\.rawValue) ?? []
            good(
                reasons.contains(reason),
                "must_exclude \(entry.service) expects the reason \(reason), reported are \(Self.names(reasons))"
            )
        }
        if let first = expected.first {
            good(listed.first == first, "must_rank_first expects \(first), first is \(listed.first ?? "nothing")")
        }
        for pair in expected.before {
            let better = listed.firstIndex(of: pair.better)
            let worse = listed.firstIndex(of: pair.worse)
            let holds = better.flatMap { better in worse.map { better < $0 } } ?? false
            good(
                holds,
                "must_rank_before expects \(pair.better) before \(pair.worse), listed are \(Self.names(listed))"
            )
        }
        for entry in expected.flags {
            let flags =
                entry.service.map { service in
                    answer.options.first { $0.option.service.text == service }?.option.flags.map(\.rawValue) ?? []
                } ?? answer.flags.map(\.rawValue)
            good(
                flags.contains(entry.flag),
                "must_flag \(entry.service ?? "of the case") \(entry.flag) is not reported, reported are \(Self.names(flags))"
            )
        }
    }

    private mutating func safe(_ holds: Bool, _ difference: String) {
        safety.add(holds)
        if !holds { differences.append("\(id): safety: \(difference)") }
    }

    private mutating func good(_ holds: Bool, _ difference: String) {
        quality.add(holds)
        if !holds { differences.append("\(id): quality: \(difference)") }
    }

    private static func names(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }
}
