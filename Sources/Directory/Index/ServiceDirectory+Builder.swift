import DataFiles

extension ServiceDirectory {
    /// Collects what the files hold, and sees to it that no id stands twice.
    struct Builder {
        let taxonomy: Taxonomy
        let kinds: [ServiceKind: KindRule]
        let fallbacks: [WorldwideFallback]
        private(set) var countries: [CountryCode: Country] = [:]
        private(set) var organizations: [OrganizationID: Organization] = [:]
        private(set) var services: [Service] = []
        private var places: [ServiceID: DataPlace] = [:]

        init(
            taxonomy: Taxonomy,
            kinds: [ServiceKind: KindRule],
            fallbacks: [WorldwideFallback],
            countries: [CountryCode: Country] = [:],
            organizations: [OrganizationID: Organization] = [:],
            services: [Service] = []
        ) {
            self.taxonomy = taxonomy
            self.kinds = kinds
            self.fallbacks = fallbacks
            self.countries = countries
            self.organizations = organizations
            self.services = services
        }

        /// Starts from what a directory holds.
        init(_ directory: ServiceDirectory) {
            self.init(
                taxonomy: directory.taxonomy,
                kinds: directory.kinds,
                fallbacks: directory.fallbacks,
                countries: directory.countries,
                organizations: directory.organizations,
                services: directory.services
            )
        }

        /// Adds entries that stand in no file; one whose id is taken is left out.
        mutating func add(organizations more: [Organization], services new: [Service]) {
            for organization in more where organizations[organization.id] == nil {
                organizations[organization.id] = organization
            }
            var taken = Set(services.map(\.id))
            for service in new where taken.insert(service.id).inserted { services.append(service) }
        }

        /// Adds a file. Of services with the same id the first is kept, the second is a problem. Organisations carry
        /// their country's code in their id, so two files cannot name the same one.
        mutating func add(_ file: CountryFile, _ problems: inout [DataProblem]) {
            if let country = file.country { countries[country.code] = country }
            for organization in file.organizations { organizations[organization.id] = organization }
            for (service, place) in file.services {
                if let first = places[service.id] {
                    problems.append(
                        DataProblem(
                            at: place,
                            what: "the id '\(service.id)' stands already at \(first)",
                            write: "another id"
                        )
                    )
                    continue
                }
                places[service.id] = place
                services.append(service)
            }
        }

        /// The index of all that was added.
        func directory() -> ServiceDirectory { ServiceDirectory(self) }
    }
}
