import Care
import Directory
import Matching
import Policy

extension WindowRules {
    /// The general windows as the policies have them.
    init(_ policy: WindowPolicy) {
        self.init(
            policy.windows.mapValues { window in
                Entry(
                    windowHours: window.hours,
                    younger: window.younger.map { Younger(under: $0.under, hours: $0.hours) },
                    fallback: window.fallback
                )
            }
        )
    }
}

extension BundleRules {
    /// The bundle as the policies have it.
    init(_ policy: WindowPolicy) {
        guard let bundle = policy.bundle else {
            self = .none
            return
        }
        self.init(withinHours: bundle.withinHours, startedBy: Set(bundle.startedBy), needs: bundle.needs)
    }
}

extension Policies {
    /// What the country where she is lays down for a need: the values that act and no others (ADR 0014). The age of own
    /// consent is never unknown: where no country raises it, that of the consent file holds (N4), so that a match and the
    /// filing of a referral judge the same consent alike.
    func profile(for code: ServiceCode, in country: CountryCode) -> CountryProfile {
        let acting = acting(in: country)
        let forensic = ServiceCode("MED-FORENSIC")
        return CountryProfile(
            ownConsentFromAge: acting.ownConsentFromAge[code.sector] ?? consent.ownConsentFromAge,
            forensicWindowHours: forensic.flatMap { acting.windowHours[$0] },
            shorterWindowHours: acting.windowHours.filter { $0.key != forensic },
            keptOpenHours: acting.keptOpenHours
        )
    }

    /// The age that a country raises own consent to for a need; nil where the consent file's bands hold.
    func raisedOwnConsentAge(for code: ServiceCode, in country: CountryCode) -> Int? {
        acting(in: country).ownConsentFromAge[code.sector]
    }
}
