import Foundation

extension FuzzTarget {
    /// Age files: header, stanzas, chunks.
    static let age = FuzzTarget(
        name: "age",
        seeds: made {
            try [0, 1, 300].map { count in
                try AgeWriter.file([UInt8](repeating: 5, count: count), to: [identity.recipient, other.recipient])
            }
        },
        run: { input in
            guard let content = try? AgeReader.content(of: input, identities: [identity]) else { return }
            let headerCount = made { try AgeHeader.count(in: input) } ?? 0
            let chunks = input.count - headerCount - AgePayload.nonceCount
            require(AgePayload.contentCount(ofChunks: chunks) == content.count, "content of another length")
            // The same file in small pieces says the same.
            require(made { try inPieces(input) } == content, "other content in pieces")
        },
        resealed: { input, mutation in
            // The lines before the MAC are changed, and the MAC is made again with the file key of the seeds.
            guard let count = (try? AgeHeader.count(in: input)) ?? nil, count > 50,
                let key = try? AgeHeader(Array(input[..<count])).fileKey(for: [identity]),
                let macKey = try? KeyDerivation.hkdfSHA256(key, salt: [], info: Array("header".utf8), count: 32)
            else { return nil }
            let lines = Array(input[AgeHeader.firstLine.count..<count - 47])
            let signed = AgeHeader.firstLine + mutation.changed(lines, 4_096) + Array("---".utf8)
            guard let mac = try? MAC.hmacSHA256(key: macKey, signed) else { return nil }
            return signed + [0x20] + AgeHeader.encoded(mac) + [0x0a] + input[count...]
        }
    )

    /// The labels of an otpauth URI, and codes.
    static let authenticator = FuzzTarget(
        name: "authenticator",
        seeds: [Array("Leeward\na3f9\n123456".utf8), Array("ملجأ\na3f9\n".utf8)],
        run: { input in
            let parts = input.split(separator: 0x0a, maxSplits: 2, omittingEmptySubsequences: false).map(Array.init)
            let labels = parts.prefix(2).map { String(decoding: $0, as: UTF8.self) }
            if labels.count == 2, let uri = try? secret.uri(issuer: labels[0], account: labels[1]) {
                let text = String(decoding: uri, as: UTF8.self)
                require(uri.allSatisfy { (0x21...0x7e).contains($0) }, "a URI with other letters than those of a URI")
                require(uri.count { $0 == UInt8(ascii: "?") } == 1, "a label that opens a query")
                require(uri.count { $0 == UInt8(ascii: "&") } == 4, "a label that adds a parameter")
                require(uri.count { $0 == UInt8(ascii: ":") } == 2, "a label that splits the label")
                let items = URLComponents(string: text)?.queryItems
                require(items?.first?.value == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "another secret")
                require(items?.dropFirst().first?.value == labels[0], "another issuer")
            }
            guard parts.count == 3 else { return }
            let now = Date(timeIntervalSince1970: 1_111_111_109)
            let steps = [37_037_035, 37_037_036, 37_037_037] as [UInt64]
            let codes = steps.map { step in made { try secret.code(ofStep: step) } }
            let accepted = try? secret.accept(parts[2], at: now, after: nil)
            require(accepted == codes.lastIndex(of: parts[2]).map { steps[$0] }, "a code that is none was accepted")
        },
        resealed: { _, _ in nil }
    )

    private static func inPieces(_ file: [UInt8]) throws -> [UInt8] {
        var reader = try AgeReader(fileCount: file.count, identities: [identity])
        var content: [UInt8] = []
        for start in stride(from: 0, to: file.count, by: 37) {
            content += try reader.open(Array(file[start..<min(start + 37, file.count)]))
        }
        try reader.finish()
        return content
    }

    private static let secret = made {
        try AuthenticatorSecret(Secret(copying: Array("12345678901234567890".utf8)))
    }
    private static let identity = made { try AgeIdentity.random() }
    private static let other = made { try AgeIdentity.random() }
}
