import Directory

/// Where a fact comes from and whether anybody confirmed it, in one sentence.
enum SourceText {
    static func line(_ provenance: Provenance, _ verification: Verification?, in phrases: Phrases) -> String {
        let confidence: TerminalPhrase =
            switch provenance.confidence {
            case .low: .confidenceLow
            case .medium: .confidenceMedium
            case .high: .confidenceHigh
            }
        var values = [
            "verified": phrases.text(verification), "confidence": phrases.text(confidence),
            "source": provenance.source,
        ]
        guard let date = provenance.sourceDate else { return phrases.text(.originUndated, values) }
        values["date"] = date
        return phrases.text(.origin, values)
    }
}
