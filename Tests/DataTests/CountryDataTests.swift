import Care
import DataFiles
import Directory
import Foundation
import Policy
import TestSupport
import Testing

/// What ships in `Policies/windows.yaml`, `risk.yaml` and `countries/` keeps its promises.
@Suite struct CountryDataTests {
    private static let shipped = Result { try PolicyDataTests.shipped() }

    private func policies() throws -> Policies { try Self.shipped.get() }

    // MARK: windows.yaml and risk.yaml

    /// Code, hours, hours within which it works best.
    static let windows: [(String, Int?, Int?)] = [
        ("MED-HIVPEP", 72, 24), ("MED-EC", 120, nil), ("MED-HEPB", 336, 24), ("MED-FORENSIC", 120, nil),
        ("MED-TOX", 120, 24), ("MED-WOUND", nil, 24), ("PSY-SUIC", nil, 24), ("SOC-SHELTER", nil, 24),
    ]

    @Test(arguments: windows)
    func `the windows are those of the domain rules`(code: String, window: Int?, ideal: Int?) throws {
        let code = try #require(ServiceCode(code))
        let found = try #require(try policies().windows.windows[code])
        #expect(found.hours == window)
        #expect(found.idealHours == ideal)
        #expect((window == nil) == found.fallback.isEmpty)
    }

    @Test func `no other code has a window, and every code is one of the taxonomy`() throws {
        let windows = try policies().windows
        #expect(windows.windows.count == 8)
        #expect(windows.windows[try #require(ServiceCode("MED-STI"))] == nil)
        #expect(windows.problems(knowing: ShippedDirectory.directory.taxonomy.types.map(\.code)).isEmpty)
    }

    @Test func `a window that is over leads to care that has no cut-off`() throws {  // H4
        let windows = try policies().windows.windows
        for (code, window) in windows where window.hours != nil {
            #expect(window.fallback.contains { windows[$0]?.hours == nil && $0.sector == .medical }, "\(code)")
        }
    }

    @Test func `answers are due and people told as the domain rules say`() throws {  // C3, C5
        let risk = try policies().risk
        #expect(Urgency.allCases.map { risk.times.hours(for: $0) } == [24, 72, 336])
        #expect(risk.levels[.high]?.firstResponseHours == 24 && risk.levels[.high]?.planDays == 3)
        #expect(risk.levels[.medium]?.firstResponseHours == 72 && risk.levels[.medium]?.planDays == 7)
        #expect(risk.levels[.low]?.firstResponseHours == 168 && risk.levels[.low]?.planDays == 14)
        #expect(risk.levels[.high]?.tell == [.supervisor])
        #expect(risk.responses.values.allSatisfy { !$0.tell.isEmpty })
    }

    // MARK: countries/

    private func judged() throws -> [(country: CountryCode, judged: JudgedValue)] {
        let policies = try policies()
        return policies.countries.keys.sorted().flatMap { country in
            CountryField.allCases.flatMap { policies.judged($0, in: country) }.map { (country, $0) }
        }
    }

    @Test func `no value is confirmed, and none has an owner or a day yet`() throws {
        let values = try judged().map(\.judged.value)
        #expect(values.count == 200)
        for value in values {
            #expect(!value.isConfirmed && value.stewardship.owner == nil && value.stewardship.reviewedOn == nil)
        }
    }

    @Test func `no weak, disputed, partial or open value acts in any country`() throws {
        var weak = 0
        var marked = 0
        for entry in try judged() {
            let value = entry.judged.value
            if value.confidence == .low {
                weak += 1
                #expect(entry.judged.effect == .none(.lowConfidence), "\(value.place)")
            } else if value.conflict != nil || value.scope != nil || value.check != nil {
                marked += 1
                #expect(!entry.judged.effect.acts, "\(value.place)")
            }
        }
        #expect(weak == 20)
        #expect(marked > 50)
    }

    @Test func `what acts unconfirmed only warns or keeps care open`() throws {
        var kept: [String] = []
        for entry in try judged() {
            switch entry.judged.effect {
            case .keepsOpen(let code, let hours): kept.append("\(entry.country) \(code) \(hours)")
            case .warns, .none: break
            case .setsWindow, .raisesOwnConsent, .states: Issue.record("\(entry.judged.value.place) acts unconfirmed")
            }
        }
        #expect(kept == ["IE MED-FORENSIC 168", "SE MED-FORENSIC 240"])
    }

    @Test func `no country shortens a window or moves an age of consent`() throws {
        let policies = try policies()
        for country in policies.countries.keys {
            let acting = policies.acting(in: country)
            #expect(acting.windowHours.isEmpty && acting.ownConsentFromAge.isEmpty)
            for (code, hours) in acting.keptOpenHours {
                #expect(hours > policies.windows.windows[code]?.hours ?? .max)
            }
        }
    }

    @Test func `what is not known of a country stays unknown`() throws {
        let policies = try policies()
        let cambodia = try #require(CountryCode("KH"))
        #expect(policies.countries[cambodia]?.values.keys.map(\.rawValue) == ["protocol_name"])
        #expect(policies.judged(.mandatoryReportingWho, in: cambodia).isEmpty)
        #expect(policies.acting(in: cambodia).keptOpenHours.isEmpty)
    }

    @Test func `every field and key of a country file is documented`() throws {
        let readme = try String(contentsOf: PolicyDataTests.folder.appending(path: "README.md"), encoding: .utf8)
        for field in CountryField.allCases { #expect(readme.contains("`\(field.rawValue)`"), "\(field)") }
        for unit in CountryValue.Unit.allCases { #expect(readme.contains("`\(unit.rawValue)`"), "\(unit)") }
        for reason in ValueEffect.Reason.allCases { #expect(readme.contains("`\(reason.rawValue)`"), "\(reason)") }
        for condition in PoliceCondition.allCases {
            #expect(readme.contains("`\(condition.rawValue)`"), "\(condition)")
        }
    }

    // MARK: The collected facts

    /// A value of a country file, or a row of the facts, as one line to compare: the words of all remarks in one heap,
    /// for a row has them in one text and a file by their kind.
    private func line(
        _ country: String,
        _ field: String,
        _ value: String,
        _ unit: String,
        _ instrument: String,
        _ source: String,
        _ date: String,
        _ confidence: String,
        _ marks: [String],
        _ remarks: String
    ) -> String {
        let words = remarks.split { !($0.isLetter || $0.isNumber) }.map { $0.lowercased() }.sorted()
        return
            ([country, field, value, unit, instrument, source, date, confidence] + marks + words)
            .joined(separator: " | ")
    }

    @Test func `every row of the facts is in the country files, and nothing else is`() throws {
        guard let path = PublishedSets.folder("LEEWARD_PROFILES") else {
            print("not run: the facts of the country profiles, because LEEWARD_PROFILES names no file")
            return
        }
        let marks = ["SCOPE", "CONFLICT", "CHECK"]
        let rows = try FactTable.rows(path).map { row in
            let notes = row["notes", default: ""]
            let words = notes.split { !$0.isLetter }.map(String.init)
            let rest = marks.reduce(notes) { $0.replacingOccurrences(of: $1, with: " ") }
            return line(
                row["country", default: ""],
                row["field", default: ""],
                row["value", default: ""],
                row["unit", default: ""],
                row["instrument", default: ""],
                row["source", default: ""],
                row["source_date", default: ""],
                row["confidence", default: ""],
                marks.filter(words.contains),
                rest
            )
        }
        let values = try judged().map { entry in
            let value = entry.judged.value
            let remarks = [value.scope, value.conflict, value.check]
            return line(
                entry.country.text,
                value.field.rawValue,
                value.text,
                value.unit.rawValue,
                value.instrument ?? "",
                value.stewardship.source,
                value.sourceDate ?? "",
                value.confidence.rawValue,
                zip(marks, remarks).filter { $0.1 != nil }.map(\.0),
                (remarks + [value.note]).compactMap(\.self).joined(separator: " ")
            )
        }
        print("rows of the country facts: \(rows.count), represented: \(Set(rows).intersection(values).count)")
        #expect(rows.count >= 200)
        #expect(values.sorted() == rows.sorted())
    }
}
