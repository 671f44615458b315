import Directory
import Foundation

/// From starting the process until it listens and calls itself ready, with the directory taken from its snapshot.
enum StartRows {
    static func measure(_ effort: Effort, in folder: URL, repository: URL) throws -> [Row] {
        let files = repository.appending(path: "Directory").path
        let shipped = folder.appending(path: "shipped.snapshot").path
        guard DirectoryReader.load(folder: files, snapshot: shipped).snapshot == .written else {
            throw BenchmarkFailure("no snapshot could be written from \(files): leeward check says why")
        }
        var rows = try start(
            "the shipped directory",
            shipped,
            effort.size(9, quick: 2),
            in: folder,
            repository,
            milliseconds: 150,
            megabytes: 100
        )
        let count = effort.size(1_000_000, quick: 20_000)
        let large = folder.appending(path: "large.snapshot").path
        try writeSnapshot(of: count, files: files, to: large)
        rows += try start(
            "\(count.formatted()) services",
            large,
            effort.size(3, quick: 1),
            in: folder,
            repository,
            milliseconds: 5000,
            megabytes: 1500
        )
        return rows
    }

    /// Runs in a function of its own, so that a million services are let go of before the next process is measured.
    private static func writeSnapshot(of count: Int, files: String, to path: String) throws {
        guard let hash = DirectoryReader.contentHash(of: files) else {
            throw BenchmarkFailure("\(files) is unreadable")
        }
        let services = try DrawnCountry.many(count)
        let directory = DirectoryReader.read(files).directory.adding(
            organizations: services.organizations,
            services: services.services
        )
        try DirectorySnapshot.write(directory, contentHash: hash, to: path)
    }

    private static func start(
        _ what: String,
        _ snapshot: String,
        _ repetitions: Int,
        in folder: URL,
        _ repository: URL,
        milliseconds: Double,
        megabytes: Double
    ) throws -> [Row] {
        guard let program = Bundle.main.executableURL else { throw BenchmarkFailure("this program has no path") }
        var times: [Double] = []
        var resident: [Double] = []
        for turn in 0...repetitions {
            let data = folder.appending(path: "start-\(UUID().uuidString)")
            let clock = ContinuousClock()
            let begun = clock.now
            let process = Process()
            process.executableURL = program
            process.arguments = [
                "start-once", "--snapshot", snapshot, "--data", data.path, "--repository", repository.path,
            ]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            // The child writes one line when it is ready.
            let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
            let elapsed = (clock.now - begun).seconds * 1000
            process.waitUntilExit()
            let words = line.split(separator: " ")
            guard process.terminationStatus == 0, words.first == "ready",
                let memory = words.last.flatMap({ Double($0.trimmingCharacters(in: .newlines)) })
            else { throw BenchmarkFailure("the server did not become ready with \(what)") }
            guard turn > 0 else { continue }
            times.append(elapsed)
            resident.append(memory)
        }
        return [
            Row(
                group: "start",
                what: "process start to ready, \(what) from its snapshot, warm",
                measured: Figure(times, "ms"),
                budget: Row.Budget(side: .atMost, value: milliseconds)
            ),
            Row(
                group: "start",
                what: "resident then, \(what)",
                measured: Figure(resident, "MB"),
                budget: Row.Budget(side: .atMost, value: megabytes)
            ),
        ]
    }
}

extension DrawnCountry {
    /// Very many services, forty an organisation, in ten countries, with what an entry of the directory usually states.
    static func many(_ count: Int) throws -> (organizations: [Organization], services: [Service]) {
        var dice = Dice(seed: 4)
        let countries = try ["LK", "NP", "TH", "UA", "KE", "BR", "PH", "MX", "DE", "FR"].map(Invented.country)
        let codes = try ["PSY-CRISIS", "PSY-ONLINE", "LEG-REP", "SOC-SHELTER", "MED-EMERG"].map(Invented.code)
        let languages = ["si", "ta", "en", "th", "uk", "sw", "pt", "es", "de", "fr"].compactMap { LanguageTag($0) }
        var organizations: [Organization] = []
        var services: [Service] = []
        services.reserveCapacity(count)
        for number in 0..<count {
            let place = number / 40
            let country = countries[place % countries.count]
            let organization = OrganizationID("\(country.text.lowercased())-drawn-\(place)")
            if number % 40 == 0 {
                let name = "Organisation \(place) (invented)"
                organizations.append(Organization(id: organization, name: name, country: country))
            }
            var service = Service(
                id: ServiceID("\(country.text.lowercased())-drawn-service-\(number)"),
                organization: organization,
                name: "Help line and centre number \(number) (invented)",
                country: country,
                coverage: .countries([country]),
                status: .active,
                offers: dice.some(codes, atLeast: 1).sorted().map { Offer(code: $0) },
                provenance: Provenance(source: "invented list of services", sourceDate: "2026", confidence: .medium)
            )
            service.contacts = [
                Contact(kind: .phone, value: "+1 202 555 01\(10 + number % 90)", reach: .anywhere),
                Contact(kind: .web, value: "https://service-\(number).example", reach: .anywhere),
            ]
            service.ages = AgeRange(from: 0, through: 17)
            service.languages = [languages[number % languages.count]]
            service.hours = OpeningHours(
                zone: .named("Asia/Colombo"),
                always: false,
                weekly: [OpeningHours.Slot(days: [.mon, .tue, .fri], open: 480, close: 960 + number % 4 * 30)]
            )
            service.modes = [.phone]
            service.cost = .free
            services.append(service)
        }
        return (organizations, services)
    }
}
