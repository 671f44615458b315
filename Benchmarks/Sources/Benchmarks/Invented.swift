import Care
import Casework
import Directory
import Foundation

/// The people of the benchmarks. Nobody here exists; the telephone number is from a range that is reserved for fiction.
enum Invented {
    static func country(_ text: String) throws -> CountryCode {
        guard let code = CountryCode(text) else { throw BenchmarkFailure("\(text) is no country") }
        return code
    }

    static func code(_ text: String) throws -> ServiceCode {
        guard let code = ServiceCode(text) else { throw BenchmarkFailure("\(text) is no service code") }
        return code
    }

    /// A case as a caseworker opens it after a first talk: every part is filled in, in Sinhala and English.
    static func opening(_ number: Int, team: TeamID) throws -> CaseOpening {
        CaseOpening(
            team: team,
            identity: try Survivor(
                currentCountry: country("LK"),
                name: "නෙතුමි සඳරේණු \(number)",
                alias: "Wren \(number)",
                age: Age(years: 12 + number % 6, basis: .stated),
                gender: .female,
                languages: ["si", "en"].compactMap { LanguageTag($0) },
                area: "an invented district"
            ),
            contact: try SafeContact(
                permission: .allowed,
                // No telephone: its slow hash in the index would be all that opening a case is measured by.
                addresses: [SafeContact.Address(channel: .email, value: "invented@example.org")],
                whoMayAnswer: "her aunt (invented)",
                coverIdentity: "the dance class",
                codeWord: "white gull",
                routes: [.workerIntroduces]
            ),
            conflicts: try ConflictFacts(),
            intake: try Intake(firstContactAt: Date()),
            note: "සෙල්ලමකදී හමු වූ කෙනෙක් තවත් පින්තූර ඉල්ලා බිය ගන්වයි",
            needs: [try need(number)]
        )
    }

    /// A need with its reason.
    static func need(_ number: Int) throws -> StatedNeed {
        StatedNeed(
            code: try code(["PSY-ONLINE", "PSY-THERAPY", "PSY-CRISIS"][number % 3]),
            urgency: .urgent,
            reason: "Someone met in a game threatens to publish pictures unless more are sent (\(number))"
        )
    }

    /// Bytes that stand for the content of a record.
    static func content(_ count: Int, _ seed: UInt64) -> [UInt8] {
        var dice = Dice(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: 32...126, using: &dice) }
    }

    /// Sixteen bytes that are the same for the same number and lie anywhere among the others.
    static func id(_ number: Int) -> [UInt8] {
        var dice = Dice(seed: UInt64(number) &+ 0x1D)
        let words = [dice.next(), dice.next()]
        return (0..<16).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> (8 * UInt64($0 % 8))) }
    }
}

/// Repeatable chance: SplitMix64, so that two runs measure the same.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in `count` throws.
    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    /// One of these, the default when there is none.
    mutating func pick<Element>(_ elements: [Element], otherwise: Element) -> Element {
        elements.randomElement(using: &self) ?? otherwise
    }

    /// One to three of these: what a service offers, speaks or covers.
    mutating func few<Element: Hashable>(_ elements: [Element]) -> Set<Element> {
        Set(elements.shuffled(using: &self).prefix(Int.random(in: 1...3, using: &self)))
    }

    /// Some of these, at least so many.
    mutating func some<Element: Hashable>(_ elements: [Element], atLeast least: Int = 0) -> Set<Element> {
        let count = Int.random(in: min(least, elements.count)...elements.count, using: &self)
        return Set(elements.shuffled(using: &self).prefix(count))
    }
}
