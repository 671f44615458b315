import DataFiles
import Testing

@testable import HSDS

struct SourceReaderTests {
    private func file(_ name: String, _ text: String) -> SourceFile { SourceFile(name: name, bytes: Array(text.utf8)) }

    @Test func `weekday rows of 1,1 become hours, and a day that is no day stays in words`() throws {
        var files = HarbourSource.files(service: "7,1,Classes,,active")
        let rows = (1...5).map { "\($0),7,\($0),09:00:00,17:00:00" } + ["6,7,Saturday,9:00 AM,1:00 PM"]
        files.append(
            file("regular_schedules.csv", "id,service_id,weekday,opens_at,closes_at\n" + rows.joined(separator: "\n"))
        )
        #expect(try HarbourSource.plan(files).countryFile.contains("hours: Mon-Fri 09:00-17:00; Sat 09:00-13:00"))
        files[files.count - 1] = file(
            "regular_schedules.csv",
            "id,service_id,weekday,opens_at,closes_at\n1,7,someday,09:00,17:00\n"
        )
        #expect(try !HarbourSource.plan(files).countryFile.contains("    hours:"))
    }

    @Test func `an Ohana service finds its organisation and its place through its location`() throws {
        let files = [
            file("organizations.csv", "id,name\n1,Harbour Help\n"),
            file("locations.csv", "id,organization_id,name,languages\n2,1,Office,\"Tamil, Thai\"\n"),
            file("addresses.csv", "id,location_id,address_1,city,country\n1,2,12 Main Street,Harbour,XA\n"),
            file("mail_addresses.csv", "id,location_id,address_1,city,country\n1,2,PO Box 7,Harbour,XA\n"),
            file(
                "services.csv",
                "id,location_id,name,status,languages,taxonomy_ids\n7,2,Classes,active,Nepali,\"101,102\"\n"
            ),
            file("taxonomy.csv", "taxonomy_id,name,parent_id\n101,SOC-CASE,\n102,Something else,\n103,Unused,\n"),
        ]
        let plan = try HarbourSource.plan(files)
        #expect(plan.report.form == "Ohana CSV")
        #expect(plan.countryFile.contains("public_address: \"12 Main Street, Harbour\""))
        #expect(plan.countryFile.contains("offers: [SOC-CASE]"))
        #expect(plan.countryFile.contains("languages: [ne]"))
        #expect(plan.report.remarks["term_not_mapped"] == 1)
        #expect(plan.report.counts.filter { $0.outcome != .taken }.map(\.reason) == ["unused"])
    }

    @Test func `one service in JSON, a page of them, and a line each are read alike`() throws {
        let service =
            #"{"id":"1ac44c11-0c1c-4d4e-8b2e-0d1d5a4b6c01","name":"Classes","status":"active","organization":{"id":"1ac44c11-0c1c-4d4e-8b2e-0d1d5a4b6c02","name":"Harbour Help","description":"d"},"phones":[{"id":"x","number":"+1 202 555 0101"}],"own_word":{"a":[1,null,1.50]}}"#
        for (name, text) in [
            ("s.json", service), ("s.json", "[\(service)]"), ("s.json", #"{"empty":false,"contents":[\#(service)]}"#),
            ("s.ndjson", service + "\n\n"),
        ] {
            let plan = try HarbourSource.plan([file(name, text)])
            #expect(plan.judged == ["taken"])
            #expect(plan.countryFile.contains("id: xa-1ac44c11-0c1c-4d4e-8b2e-0d1d5a4b6c01"))
            #expect(plan.countryFile.contains("phone: +1 202 555 0101"))
            let kept = String(decoding: plan.kept.bytes, as: UTF8.self)
            #expect(kept.contains(#""own_word":{"a":[1,null,1.50]}"#))
        }
    }

    @Test func `a line that is no JSON is refused by its number and the others are read`() throws {
        let service = #"{"id":"1","name":"Classes","status":"active","organization":{"id":"2","name":"Harbour Help"}}"#
        let plan = try HarbourSource.plan([
            file("s.ndjson", "\(service)\n{\"id\":\n\(service.replacing("\"1\"", with: "\"3\""))\n")
        ])
        #expect(
            plan.report.lines.map { "\($0.place.line) \($0.outcome.rawValue)" } == ["1 taken", "2 refused", "3 taken"]
        )
    }

    @Test func `any CSV is read by a mapping, and a column it does not name is kept`() throws {
        let mapping = """
            columns:
              organization.name: Agency
              service.name: Programme
              service.status: State
              phone.number: [Phone, Other phone]
              address.address_1: Street
              address.city: Town
              language.name: Tongues
              taxonomy_term.name: Topics
            status:
              Open: active
            terms:
              Advice: LEG-INFO
            """
        var problems: [DataProblem] = []
        let read = ColumnMapping(reading: try DataFile.parse(mapping, file: "m.yaml"), &problems)
        #expect(problems == [])
        let csv = """
            Agency,Programme,State,Phone,Other phone,Street,Town,Tongues,Topics,Colour
            Harbour Help,Classes,Open,(202) 555-0101,(202) 555-0102,12 Main Street,Harbour,Tamil; Thai,Advice|Play,blue
            Harbour Help,Walks,Shut,,,,,,,
            """
        let plan = DirectoryImport(
            try SourceReader.read([file("list.csv", csv)], source: "harbour", mapping: read),
            rules: try HarbourSource.rules(mapping: read),
            file: nil,
            before: KeptRecords()
        )
        #expect(plan.judged == ["taken", "quarantined unknown_status"])
        #expect(plan.report.lines.count == 2)
        for text in ["(202) 555-0101", "(202) 555-0102", "12 Main Street", "[ta, th]", "[LEG-INFO]", "Harbour Help"] {
            #expect(plan.countryFile.contains(text), "\(text)")
        }
        #expect(plan.kept.services.values.first?.text("Colour") == "blue")
    }

    @Test func `a mapping with a slip says where and what to write`() throws {
        var problems: [DataProblem] = []
        let text = "columns:\n  service.nmae: Programme\n"
        _ = ColumnMapping(reading: try DataFile.parse(text, file: "m.yaml"), &problems)
        #expect(
            problems.map(\.description).first
                == "m.yaml:2: 'service.nmae' is no table and column of HSDS, write 'service.name'"
        )
    }

    @Test func `what is no source is refused with a sentence`() {
        #expect(throws: SourceProblem.self) { try SourceReader.read([], source: "harbour") }
        #expect(throws: SourceProblem.self) { try SourceReader.read([file("x.csv", "a,b\n1,2\n")], source: "harbour") }
        #expect(throws: SourceProblem.self) {
            try SourceReader.read([file("x.json", "{\"id\": nope}")], source: "harbour")
        }
    }
}
