import HTTPTypes

/// What is answered when a request is not done (RFC 9457). Status and phrase are chosen in this folder alone; nothing that was sent is ever repeated in it.
struct Problem: Error, Equatable {
    /// What is wrong with one value of the request.
    struct Finding: Hashable, Sendable {
        /// Where the value stands: named with our own words and with positions, never with what was sent.
        let place: Place
        /// A word for programs.
        let code: Code
        /// A sentence for people: what to write instead.
        let detail: String

        enum Code: String {
            case unknownField = "unknown_field"
            case missing
            case wrongType = "wrong_type"
            case invalid
            case unknownParameter = "unknown_parameter"
            case syntax
        }
    }

    /// Where a value stands in a request.
    enum Place: Hashable, Sendable {
        /// A JSON Pointer (RFC 6901) into the body; empty for the whole body.
        case body(String)
        case parameter(String)
        /// The query as a whole, where the name of the parameter is not ours to repeat.
        case query
        case header(String)
        /// A byte of the body, counted from 0.
        case byte(Int)

        /// The place of a field of the object that stands here.
        func field(_ name: String) -> Place {
            switch self {
            case .body(let pointer): .body("\(pointer)/\(name)")
            case .query: .parameter(name)
            case .parameter, .header, .byte: self
            }
        }

        /// The place of an element of the list that stands here.
        func element(_ index: Int) -> Place {
            guard case .body(let pointer) = self else { return self }
            return .body("\(pointer)/\(index)")
        }
    }

    let kind: ProblemKind
    var findings: [Finding] = []
    /// A code of the refusal, gate, state or row that stood in the way.
    var reason: String?
    /// Codes of what is missing before the act can be done.
    var missing: [String] = []
    var retryAfterSeconds: Int?
    /// The methods that the path does take, for 405.
    var allowed: [HTTPRequest.Method] = []

    init(_ kind: ProblemKind) {
        self.kind = kind
    }

    init(_ kind: ProblemKind, _ findings: Finding...) {
        self.kind = kind
        self.findings = findings
    }

    /// Whether this is a code of ours: nothing else may stand in an answer or a log line.
    static func isCode(_ text: String) -> Bool {
        text.utf8.count <= 64
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
