import Care

/// The fields of one object of a request. It remembers which were asked for: what is left over is refused, because a
/// field passed over in silence could be the one that keeps somebody safe.
final class Fields {
    private let members: [JSONValue.Member]
    private let place: Problem.Place
    private let findings: Findings
    private var asked: [String] = []

    init(_ members: [JSONValue.Member], at place: Problem.Place, noting findings: Findings) {
        self.members = members
        self.place = place
        self.findings = findings
    }

    /// A field that must be there.
    func required<Value>(_ name: String, _ shape: Shape<Value>) -> Read<Value> {
        guard let value = find(name) else {
            findings.add(place.field(name), .missing, "is missing; write \(shape.write)")
            return .noted
        }
        return read(value, name, shape)
    }

    /// A field that may be left out or null.
    func optional<Value>(_ name: String, _ shape: Shape<Value>) -> Read<Value?> {
        guard let value = find(name), !value.isNull else { return .value(nil) }
        guard case .value(let found) = read(value, name, shape) else { return .noted }
        return .value(found)
    }

    /// A field that may be left out or null, and means something then.
    func optional<Value>(_ name: String, _ shape: Shape<Value>, otherwise: Value) -> Read<Value> {
        guard let value = find(name), !value.isNull else { return .value(otherwise) }
        return read(value, name, shape)
    }

    /// All that was asked for, or nothing when a fault was noted in any of it.
    func all<each Value>(_ values: repeat Read<each Value>) throws -> (repeat each Value) {
        (repeat try (each values).get())
    }

    /// Refuses what was not asked for. The names left over are not repeated: the known ones are told instead.
    func refuseTheRest() {
        let known = Set(asked)
        guard members.contains(where: { !known.contains($0.name) }) else { return }
        let takes = asked.isEmpty ? "it takes none" : "it takes: \(asked.joined(separator: ", "))"
        switch place {
        case .query:
            findings.add(place, .unknownParameter, "a parameter that this request does not know; \(takes)")
        default:
            findings.add(place, .unknownField, "a field that this request does not know; \(takes)")
        }
    }

    /// Notes what Care refuses, at the field that it names, or at the whole object when the name is not one of this object.
    func note(_ error: CareError) {
        let (field, detail) =
            switch error {
            case .invalid(let field, let write): (field, "cannot be used; write \(write)")
            case .needsAnotherPerson(let field):
                (field, "cannot be used; write another person than the one whose work it is")
            default: (" ", "cannot be used")
            }
        let name = field.split(separator: ".").last.map(String.init) ?? ""
        let known = asked.first { $0 == name } ?? asked.first { $0.hasPrefix("\(name)_") }
        findings.add(known.map(place.field) ?? place, .invalid, detail)
    }

    private func find(_ name: String) -> JSONValue? {
        asked.append(name)
        return members.first { $0.name == name }?.value
    }

    private func read<Value>(_ value: JSONValue, _ name: String, _ shape: Shape<Value>) -> Read<Value> {
        shape.read(value, at: place.field(name), noting: findings)
    }
}

extension Read {
    /// The value. To be called once every field of the object has been asked for, so that each fault of it is noted.
    func get() throws -> Value {
        guard case .value(let value) = self else { throw Noted() }
        return value
    }
}
