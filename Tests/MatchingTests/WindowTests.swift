import Care
import Directory
import Foundation
import Matching
import Testing

struct WindowTests {
    private let pep = Sample.service("a", offers: ["MED-HIVPEP"])

    private func context(_ need: String = "MED-HIVPEP", exposure: Date?, age: Int = 16) -> CaseContext {
        Sample.context(need, .urgent) {
            $0.lastExposure = exposure
            $0.survivor.age = age
            if age < 15 { $0.consent = ConsentOnFile(status: .granted, giver: .guardian, childAssent: true) }
        }
    }

    @Test(arguments: [(-1.0, true), (0.0, true), (1.0, false)])
    func `the end of the window is inclusive, to the second`(_ late: Double, _ isListed: Bool) throws {
        let exposure = Sample.hours(-72).addingTimeInterval(-late)
        let result = try Sample.match(context(exposure: exposure), [pep])
        #expect(result.listed == (isListed ? ["a"] : []))
        #expect(result.reasons("a") == (isListed ? [] : [.windowPassed]))
        #expect(result.flags.contains(.windowPassed) == !isListed)
    }

    @Test(arguments: [(-1.0, true), (0.0, true), (1.0, false)])
    func `an earliest start at the very end still counts`(_ late: Double, _ isListed: Bool) throws {
        let exposure = Sample.hours(-70).addingTimeInterval(-late)
        let result = try Sample.match(context(exposure: exposure), [pep], travel: ["a": 2])
        #expect(result.listed == (isListed ? ["a"] : []))
        #expect(result.reasons("a") == (isListed ? [] : [.deadlineCannotBeMet]))
    }

    @Test(arguments: [(21_599.0, true), (21_600.0, false), (21_601.0, false)])
    func `less than six hours to spare is tight`(_ spare: Double, _ isTight: Bool) throws {
        let exposure = Sample.hours(-72).addingTimeInterval(spare)
        let result = try Sample.match(context(exposure: exposure), [pep])
        #expect(result.flags("a").contains(.windowTight) == isTight)
        #expect(result.option("a")?.secondsToSpare == Int(spare))
    }

    @Test func `over: the fallback is matched instead and what offers the old code alone is told apart`() throws {
        let services = [
            pep, Sample.service("care", offers: ["MED-HIVPEP", "MED-CMR"]),
            Sample.service("later", offers: ["MED-FUP"]), Sample.service("other", offers: ["MED-EC"]),
        ]
        let result = try Sample.match(context(exposure: Sample.hours(-80)), services)
        #expect(Set(result.listed) == ["care", "later"])
        #expect(result.reasons("a") == [.windowPassed])
        #expect(result.reasons("other") == [.capabilityMissing])
        #expect(Array(result.flags) == [.windowPassed])
        #expect(result.option("care")?.matchedCode == Sample.code("MED-CMR"))
        #expect(result.option("care")?.why.first == .offersFallback(Sample.code("MED-CMR")))
        #expect(result.option("care")?.secondsToSpare == nil)
    }

    @Test func `of several fallbacks that one service offers the preferred one is named, whatever the order there`()
        throws
    {
        for offers in [["MED-FUP", "MED-CMR"], ["MED-CMR", "MED-FUP"]] {
            let result = try Sample.match(
                context(exposure: Sample.hours(-80)),
                [Sample.service("care", offers: offers)]
            )
            #expect(result.option("care")?.matchedCode == Sample.code("MED-CMR"))
        }
    }

    @Test func `open: a fallback is no answer`() throws {
        let result = try Sample.match(
            context(exposure: Sample.hours(-10)),
            [Sample.service("care", offers: ["MED-CMR"])]
        )
        #expect(result.reasons("care") == [.capabilityMissing])
    }

    @Test func `time unknown is treated as open and flagged`() throws {
        let result = try Sample.match(context(exposure: nil), [pep], travel: ["a": 500])
        #expect(result.listed == ["a"])
        #expect(Array(result.flags) == [.incidentTimeUnknown])
        #expect(result.option("a")?.secondsToSpare == nil)
    }

    @Test func `a need without a window has no time to know`() throws {
        let result = try Sample.match(Sample.context(), [Sample.service("a")])
        #expect(result.flags.isEmpty)
    }

    @Test(arguments: [(71.0, ["a"]), (72.0, ["a"]), (73.0, [])])
    func `what a service really stocks shortens the window there`(_ since: Double, _ listed: [String]) throws {
        let service = Sample.service("a") {
            $0.offers = [Offer(code: Sample.code("MED-EC"), windowHours: 72), Offer(code: Sample.code("MED-PREG"))]
        }
        let result = try Sample.match(context("MED-EC", exposure: Sample.hours(-since)), [service])
        #expect(result.listed == listed)
        #expect(result.reasons("a") == (listed.isEmpty ? [.windowPassed, .deadlineCannotBeMet] : []))
        #expect(!result.flags.contains(.windowPassed), "the general window is open still")
    }

    @Test func `a service's own window never lengthens the general one`() throws {
        let service = Sample.service("a") { $0.offers = [Offer(code: Sample.code("MED-EC"), windowHours: 500)] }
        #expect(
            try Sample.match(context("MED-EC", exposure: Sample.hours(-121)), [service]).reasons("a") == [.windowPassed]
        )
        let late = try Sample.match(context("MED-EC", exposure: Sample.hours(-119)), [service], travel: ["a": 2])
        #expect(late.reasons("a") == [.deadlineCannotBeMet])
    }

    @Test func `the better of two offers of one code counts`() throws {
        let service = Sample.service("a") {
            $0.offers = [Offer(code: Sample.code("MED-EC"), windowHours: 72), Offer(code: Sample.code("MED-EC"))]
        }
        #expect(try Sample.match(context("MED-EC", exposure: Sample.hours(-100)), [service]).listed == ["a"])
    }

    /// Age, profile, hours since, whether the forensic examination is still open.
    static let forensic: [(Int, CountryProfile, Double, Bool)] = [
        (13, Sample.profile, 120, true), (13, Sample.profile, 121, false), (12, Sample.profile, 72, true),
        (12, Sample.profile, 73, false), (30, CountryProfile(ownConsentFromAge: 15), 120, true),
        (30, CountryProfile(ownConsentFromAge: 15), 121, false),
        (12, CountryProfile(ownConsentFromAge: 15, forensicWindowHours: 168), 168, true),
        (16, CountryProfile(ownConsentFromAge: 15, forensicWindowHours: 168), 169, false),
    ]

    @Test(arguments: forensic)
    func `the forensic window is the country's, its own under 13, else the general one`(
        _ age: Int,
        _ profile: CountryProfile,
        _ since: Double,
        _ isOpen: Bool
    ) throws {
        let result = try Sample.match(
            context("MED-FORENSIC", exposure: Sample.hours(-since), age: age),
            [Sample.service("a", offers: ["MED-FORENSIC"])],
            profile: profile
        )
        #expect(result.listed == (isOpen ? ["a"] : []))
        #expect(result.flags.contains(.windowPassed) == !isOpen)
    }

    // MARK: What a country shortens or keeps open

    private static let tightened = CountryProfile(
        ownConsentFromAge: 15,
        shorterWindowHours: [Sample.code("MED-HIVPEP"): 48, Sample.code("MED-EC"): 500]
    )

    /// Need, hours since, whether it is still open.
    static let shortened: [(String, Double, Bool)] = [
        ("MED-HIVPEP", 48, true), ("MED-HIVPEP", 49, false), ("MED-EC", 120, true), ("MED-EC", 121, false),
    ]

    @Test(arguments: shortened)
    func `a country shortens a window and never lengthens it`(_ need: String, _ since: Double, _ isOpen: Bool) throws {
        let result = try Sample.match(
            context(need, exposure: Sample.hours(-since)),
            [Sample.service("a", offers: [need])],
            profile: Self.tightened
        )
        #expect(result.listed == (isOpen ? ["a"] : []))
        #expect(result.flags.contains(.windowPassed) == !isOpen)
    }

    private static let keptOpen = CountryProfile(
        ownConsentFromAge: 15,
        keptOpenHours: [Sample.code("MED-FORENSIC"): 168, Sample.code("PSY-PSS"): 10]
    )

    /// Hours since, whether it is listed, seconds told to be left, whether it says to call ahead.
    static let open: [(Double, Bool, Int?, Bool)] = [
        (100, true, 20 * 3600, false), (119, true, 3600, true), (120, true, 0, true), (121, true, nil, true),
        (168, true, nil, true), (168.001, false, nil, false),
    ]

    @Test(arguments: open)
    func `a window nobody confirmed keeps a service listed, with call ahead and without a countdown`(
        _ since: Double,
        _ isListed: Bool,
        _ spare: Int?,
        _ isTight: Bool
    ) throws {
        let result = try Sample.match(
            context("MED-FORENSIC", exposure: Sample.hours(-since)),
            [Sample.service("a", offers: ["MED-FORENSIC"])],
            profile: Self.keptOpen
        )
        #expect(result.listed == (isListed ? ["a"] : []))
        #expect(result.option("a")?.secondsToSpare == spare)
        #expect(result.flags("a").contains(.windowTight) == isTight)
        #expect(result.flags.contains(.windowPassed) == !isListed)
    }

    @Test func `what a service stocks, and what has no cut-off, is not kept open`() throws {
        let service = Sample.service("a") { $0.offers = [Offer(code: Sample.code("MED-FORENSIC"), windowHours: 72)] }
        let late = context("MED-FORENSIC", exposure: Sample.hours(-80))
        #expect(try Sample.match(late, [service], profile: Self.keptOpen).reasons("a").contains(.windowPassed))
        let support = context("PSY-PSS", exposure: Sample.hours(-800))
        #expect(try Sample.match(support, [Sample.service("b")], profile: Self.keptOpen).listed == ["b"])
    }

    /// Age, hours since, whether it is still open.
    static let byAge: [(Int?, Double, Bool)] = [
        (13, 120, true), (12, 72, true), (12, 73, false), (nil, 72, true), (nil, 73, false),
    ]

    @Test(arguments: byAge)
    func `an age rule shortens for the younger, and for those whose age nobody knows`(
        _ age: Int?,
        _ since: Double,
        _ isOpen: Bool
    ) throws {
        var context = context("MED-FORENSIC", exposure: Sample.hours(-since), age: age ?? 16)
        context.survivor.age = age
        let result = try Sample.match(
            context,
            [Sample.service("a", offers: ["MED-FORENSIC"])],
            profile: CountryProfile(ownConsentFromAge: 15),
            windows: Sample.windowsByAge
        )
        #expect(result.listed == (isOpen ? ["a"] : []))
    }

    @Test func `a response time that is missed flags and never excludes`() throws {
        let services = [Sample.service("on-time"), Sample.service("late")]
        let result = try Sample.match(
            Sample.context("PSY-PSS", .emergency),
            services,
            travel: ["on-time": 24, "late": 24.001]
        )
        #expect(result.listed == ["on-time", "late"])
        #expect(result.flags("on-time") == [])
        #expect(result.flags("late") == [.responseTargetMissed])
    }
}
