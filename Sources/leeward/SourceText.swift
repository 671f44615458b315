import Directory

/// Where a fact comes from and whether anybody confirmed it, in one sentence.
enum SourceText {
    static func line(_ provenance: Provenance, _ verification: Verification?) -> String {
        let date = provenance.sourceDate.map { "dated \($0)" } ?? "undated"
        let verified = verification.map { "verified on \($0.on) by \($0.by)" } ?? "not verified by anyone yet"
        return "\(verified); confidence \(provenance.confidence.rawValue); source \(date): \(provenance.source)"
    }
}
