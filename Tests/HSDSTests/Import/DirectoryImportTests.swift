import DataFiles
import Directory
import Testing

@testable import HSDS

struct DirectoryImportTests {
    @Test(arguments: [
        ("7,1,Evening classes,Free classes for adults.,active", "taken"),
        ("7,1,Evening classes,Free classes for adults.,Temporarily closed", "taken"),
        ("7,1,Evening classes,Free classes for adults.,", "quarantined unknown_status"),
        ("7,1,Evening classes,Free classes for adults.,pending", "quarantined unknown_status"),
        ("7,9,Evening classes,Free classes for adults.,active", "quarantined orphan"),
        ("7,1,,Free classes for adults.,active", "refused no_name"),
        ("7,1,Counselling,Our location is confidential.,active", "quarantined confidential_word"),
        ("7,1,Counselling,Self-confidence for adults.,active", "taken"),
        ("7,1,Consejería,Dirección confidencial.,active", "quarantined confidential_word"),
        ("7,1,Écoute,Adresse confidentielle.,active", "quarantined confidential_word"),
        ("7,1,Помощь,Адрес не разглашается.,active", "quarantined confidential_word"),
        ("7,1,ช่วยเหลือ,ที่อยู่เป็นความลับ,active", "quarantined confidential_word"),
        ("7,1,مساعدة,العنوان سري,active", "quarantined confidential_word"),
        ("7,1,مساعدة,رد سريع في اليوم نفسه,active", "taken"),
        ("7,1,උදව්,ලිපිනය රහස්‍ය වේ,active", "quarantined confidential_word"),
        ("7,1,सहयोग,ठेगाना गोप्य छ,active", "quarantined confidential_word"),
        ("7,1,உதவி,முகவரி இரகசியமானது,active", "quarantined confidential_word"),
        ("7,1,ជំនួយ,អាសយដ្ឋានសម្ងាត់,active", "quarantined confidential_word"),
        ("7,1,Classes,Ask for Mrs. Example at the desk.,active", "quarantined person_in_text"),
        ("7,1,Classes,Please contact Susan Example to enrol.,active", "quarantined person_in_text"),
        ("7,1,Classes,Rooms in the Dr. Example Memorial Library.,active", "taken"),
        ("7,1,Classes,Enter from Main Dr. Suite 4.,active", "taken"),
        ("7,1,Classes,Write to harbourclasses@gmail.com to enrol.,active", "quarantined private_email_in_text"),
        ("7,1,Classes,Write to sam.example@help.example to enrol.,active", "quarantined private_email_in_text"),
        ("7,1,Classes,Write to info@help.example to enrol.,active", "taken"),
        ("7,1,Women's shelter,A safe place.,active", "taken"),
        ("7,1,Women's shelter,Come to 12 Main Street.,active", "quarantined shelter_with_address"),
    ])
    func `what may not be taken without a look is quarantined, and what is like it only in part is taken`(
        row: String,
        outcome: String
    ) throws {
        #expect(try HarbourSource.plan(HarbourSource.files(service: row)).judged == [outcome])
    }

    @Test(arguments: [
        "Women's shelter", "Casa de acogida", "Maison d'hébergement", "Приют для женщин", "บ้านพักเด็กและครอบครัว",
        "ملجأ النساء",
        "Domestic violence services", "Frauenhaus",
    ])
    func `a shelter with an address is never taken, and never released as it is`(name: String) throws {
        let files = HarbourSource.files(service: "7,1,\(name),,active", address: "12 CANARY Street")
        for release in [nil, ImportRules.Release.asItIs] {
            let plan = try HarbourSource.plan(files, releases: release.map { [HarbourSource.serviceID: $0] } ?? [:])
            #expect(plan.judged == ["quarantined shelter_with_address"])
            #expect(!plan.countryFile.contains(HarbourSource.serviceID))
        }
    }

    @Test func `an animal shelter and an office with an address are taken with it`() throws {
        for name in ["Harbour animal shelter", "Tax advice"] {
            let plan = try HarbourSource.plan(
                HarbourSource.files(service: "7,1,\(name),,active", address: "12 Main Street")
            )
            #expect(plan.judged == ["taken"])
            #expect(plan.countryFile.contains("public_address: \"12 Main Street, Harbour\""))
        }
    }

    @Test func `a shelter released without its place keeps its number and no byte of where it is`() throws {
        let files = HarbourSource.files(
            service: "7,1,Women's shelter,Behind the CANARY church.,active,CANARY gate",
            columns: "id,organization_id,name,description,status,how_to_find_it",
            address: "12 CANARY Street"
        )
        let plan = try HarbourSource.plan(files, releases: [HarbourSource.serviceID: .withoutPlace])
        #expect(plan.judged == ["taken"])
        #expect(plan.countryFile.contains("(202) 555-0101"))
        #expect(plan.countryFile.contains("confidential_location: yes"))
        let written =
            plan.countryFile + String(decoding: plan.kept.bytes, as: UTF8.self)
            + String(decoding: plan.report.csv, as: UTF8.self)
        #expect(!written.contains("CANARY"))
        // The control: the same word is there when the service is no shelter.
        let open = try HarbourSource.plan(
            HarbourSource.files(service: "7,1,Tax advice,,active", address: "12 CANARY Street")
        )
        #expect(open.countryFile.contains("CANARY"))
    }

    @Test func `the same id with other words is quarantined, the same row twice is refused once`() throws {
        let two = HarbourSource.files(service: "7,1,Classes,One.,active\n7,1,Classes,Another.,active")
        #expect(try HarbourSource.plan(two).judged == ["quarantined duplicate_id", "quarantined duplicate_id"])
        let same = HarbourSource.files(service: "7,1,Classes,One.,active\n7,1,Classes,One.,active")
        #expect(try HarbourSource.plan(same).judged == ["taken", "refused repeated_row"])
    }

    @Test(arguments: [
        ("For women over 18", "Para mujeres mayores de 18 años", "taken"),
        ("For women over 18", "Para hombres mayores de 18 años", "quarantined contradictory_translations"),
        ("For women over 18", "Para mujeres menores de 18 años", "quarantined contradictory_translations"),
        ("For women over 18", "Para mujeres mayores de 21 años", "quarantined contradictory_translations"),
        ("Menores de 18", "Menores de ١٨", "taken"),
    ])
    func `two languages that say different things are quarantined`(one: String, other: String, outcome: String) throws {
        let files = HarbourSource.files(
            service: "7,1,Classes,,active,\(one),\(other)",
            columns: "id,organization_id,name,description,status,eligibility_description,eligibility_description_es"
        )
        #expect(try HarbourSource.plan(files).judged == [outcome])
    }

    @Test func `a name of the source's own contacts in a text is a person's name`() throws {
        var files = HarbourSource.files(service: "7,1,Classes,Rosalind Example opens the door.,active")
        #expect(try HarbourSource.plan(files).judged == ["taken"])
        files.append(
            SourceFile(name: "contacts.csv", bytes: Array("id,service_id,name\n1,7,Rosalind Example\n".utf8))
        )
        #expect(try HarbourSource.plan(files).judged == ["quarantined person_in_text"])
    }

    @Test func `every row of the source has one outcome and none is lost`() throws {
        var files = HarbourSource.files(
            service: "7,1,Classes,,active\n8,1,Secret,Our address is confidential,active\nbroken"
        )
        files.append(
            SourceFile(name: "languages.csv", bytes: Array("id,service_id,language\n1,7,Tamil\n2,99,Thai\n".utf8))
        )
        files.append(SourceFile(name: "holiday_schedules.csv", bytes: Array("id,service_id,closed\n1,7,true\n".utf8)))
        let plan = try HarbourSource.plan(files)
        let lines = plan.report.lines.map { "\($0.place) \($0.outcome.rawValue) \($0.reasons.joined(separator: " "))" }
        #expect(
            Set(lines) == [
                "organizations.csv:2 taken ", "services.csv:2 taken ", "services.csv:3 quarantined confidential_word",
                "services.csv:4 refused unreadable", "phones.csv:2 taken ", "languages.csv:2 taken ",
                "languages.csv:3 quarantined orphan", "holiday_schedules.csv:2 taken ",
            ]
        )
        #expect(plan.report.counts.reduce(0) { $0 + $1.count } == plan.report.lines.count)
        #expect(plan.countryFile.contains("languages: [ta]"))
    }

    @Test func `the report repeats nothing of what a row says`() throws {
        let files = HarbourSource.files(
            service: "7,1,CANARY shelter,CANARY text for Mrs. Canary,CANARY",
            address: "CANARY"
        )
        let plan = try HarbourSource.plan(files)
        #expect(plan.judged.first?.hasPrefix("quarantined") == true)
        #expect(!String(decoding: plan.report.csv, as: UTF8.self).lowercased().contains("canary"))
    }

    @Test func `unknown columns and unknown tables are kept beside`() throws {
        var files = HarbourSource.files(
            service: "7,1,Classes,,active,blue door",
            columns: "id,organization_id,name,description,status,our_own_word"
        )
        files.append(SourceFile(name: "payments_accepted.csv", bytes: Array("id,service_id,payment\n1,7,cash\n".utf8)))
        let record = try #require(try HarbourSource.plan(files).kept.services[HarbourSource.serviceID])
        #expect(record.text("our_own_word") == "blue door")
        #expect(record.objects("payments_accepted").first?.text("payment") == "cash")
        #expect(record.text("source_id") == "7")
    }

    @Test func `a second import of the same changes nothing`() throws {
        let files = HarbourSource.files(service: "7,1,Classes,,active", address: "12 Main Street")
        let first = try HarbourSource.plan(files)
        let second = try HarbourSource.plan(files, after: first)
        #expect(second.judged == ["unchanged"])
        #expect(second.countryFile == first.countryFile)
        #expect(second.kept == first.kept)
    }

    @Test func `a later import changes only what changed there and keeps what was edited here`() throws {
        let first = try HarbourSource.plan(HarbourSource.files(service: "7,1,Classes,,active"))
        let second = try HarbourSource.plan(
            HarbourSource.files(service: "7,1,Evening classes,,active"),
            after: first,
            editing: {
                $0.replacing(
                    "kind: general\n    status: active\n    offers: none",
                    with:
                        "kind: legal\n    status: active\n    offers: [LEG-INFO]\n    verified:\n      on: 2026-11-20\n      by: the helpline team\n      how: called"
                )
            }
        )
        #expect(second.judged == ["changed"])
        #expect(second.countryFile.contains("name: Evening classes"))
        #expect(second.countryFile.contains("offers: [LEG-INFO]"))
        #expect(second.countryFile.contains("how: called"))
        #expect(second.report.conflicts.isEmpty)
    }

    @Test func `where both changed, the edit stays and the report says so`() throws {
        let first = try HarbourSource.plan(HarbourSource.files(service: "7,1,Classes,,active"))
        let second = try HarbourSource.plan(
            HarbourSource.files(service: "7,1,Evening classes,,active"),
            after: first,
            editing: { $0.replacing("name: Classes", with: "name: Night school") }
        )
        #expect(second.countryFile.contains("name: Night school"))
        #expect(second.report.conflicts.map(\.field) == ["name"])
    }

    @Test func `a service that says now that it is hidden is taken out of the directory`() throws {
        let first = try HarbourSource.plan(
            HarbourSource.files(service: "7,1,Counselling,,active", address: "12 CANARY Street")
        )
        #expect(first.countryFile.contains("CANARY"))
        let second = try HarbourSource.plan(
            HarbourSource.files(
                service: "7,1,Counselling,Our address is confidential.,active",
                address: "12 CANARY Street"
            ),
            after: first
        )
        #expect(second.report.withdrawn == [HarbourSource.serviceID])
        #expect(!second.countryFile.contains("CANARY"))
        #expect(!String(decoding: second.kept.bytes, as: UTF8.self).contains("CANARY"))
    }

    @Test func `a service that the source drops stays and is reported`() throws {
        let first = try HarbourSource.plan(HarbourSource.files(service: "7,1,Classes,,active\n8,1,Walks,,active"))
        let second = try HarbourSource.plan(HarbourSource.files(service: "7,1,Classes,,active"), after: first)
        #expect(second.report.missing == [NamedUUID.id(source: "harbour", table: "service", id: "8")])
        #expect(second.countryFile.contains("name: Walks"))
    }

    @Test func `the directory accepts every entry, whatever the texts hold`() throws {
        let names = [
            "NO", "a: b", "#hash", "- dash", "\"quoted\"", "tab\there", "è \u{0301}x", "~", "ไทย", "'", "{}",
            "x\u{2028}y", "&a", "!t", "end:",
        ]
        let rows = names.enumerated().map { index, name in
            "\(index + 10),1,\"\(name.replacing("\"", with: "\"\""))\",,active"
        }
        let plan = try HarbourSource.plan(HarbourSource.files(service: rows.joined(separator: "\n")))
        #expect(plan.report.lines.count { $0.table == "service" && $0.outcome == .taken } == names.count)
        #expect(
            try DirectoryReader.problems(
                of: plan.countryFile,
                named: "XA.harbour.yaml",
                beside: HarbourSource.directory
            ) == []
        )
        let node = try DataFile.parse(plan.countryFile, file: "XA.harbour.yaml")
        guard case .map(let fields) = node.content,
            case .list(let items)? = fields.first(where: { $0.key == "services" })?.value.content
        else {
            Issue.record("no services")
            return
        }
        let read = Set(items.compactMap { CountryEntry(reading: $0)?.text("name") })
        #expect(read == Set(names.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }))
    }
}
