/// The cases of every enumeration that a snapshot names by their place.
struct SnapshotCases: Sendable {
    /// The cases of one enumeration in their order.
    struct Order<Value: CaseIterable & RawRepresentable<String> & Sendable>: Sendable {
        let all = Array(Value.allCases)

        /// The case at a place, from 0.
        func value(_ input: inout SnapshotInput) throws(SnapshotError) -> Value {
            let place = Int(try input.byte())
            guard place < all.count else { throw .damaged }
            return all[place]
        }

        /// Nil at 0; else the case at a place, from 1.
        func optional(_ input: inout SnapshotInput) throws(SnapshotError) -> Value? {
            let place = Int(try input.byte())
            guard place <= all.count else { throw .damaged }
            return place == 0 ? nil : all[place - 1]
        }

        /// The raw values in order.
        var words: String { all.map(\.rawValue).joined(separator: " ") }
    }

    let sectors = Order<Sector>()
    let kinds = Order<ServiceKind>()
    let statuses = Order<ServiceStatus>()
    let contactKinds = Order<Contact.Kind>()
    let reaches = Order<Contact.Reach>()
    let genders = Order<Gender>()
    let modes = Order<ContactMode>()
    let weekdays = Order<OpeningHours.Weekday>()
    let routes = Order<FirstContactRoute>()
    let prerequisites = Order<Prerequisite>()
    let costs = Order<Cost>()
    let capacities = Order<Capacity>()
    let confidences = Order<Provenance.Confidence>()
    let methods = Order<Verification.Method>()

    /// XXH64 of the raw values of all of them in order, a line each. A snapshot made with other cases, or in another
    /// order, is another version.
    var hash: UInt64 {
        let lines = [
            sectors.words, kinds.words, statuses.words, contactKinds.words, reaches.words, genders.words, modes.words,
            weekdays.words, routes.words, prerequisites.words, costs.words, capacities.words, confidences.words,
            methods.words,
        ]
        return XXH64.hash(Array(lines.joined(separator: "\n").utf8).span)
    }
}
