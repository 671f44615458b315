import Casework
import Foundation
import Sealing

/// Signing in at the cost that a real installation has.
enum SignInRows {
    static func measure(_ effort: Effort, in folder: URL, repository: URL) async throws -> [Row] {
        let ground = try House.Ground(folder: folder, repository: repository, passwordCost: .standard)
        let house = try await House.found(on: ground)
        var times: [Double] = []
        for _ in 0..<effort.size(9, quick: 2) {
            times.append(try await seconds(waiting: { _ = try await House.signIn(to: house.deployment) }) * 1000)
        }
        try house.deployment.close()
        return [
            Row(
                group: "sign-in",
                what: "sign-in through the desk",
                measured: Figure(times, "ms"),
                budget: Row.Budget(side: .atMost, value: 600)
            )
        ]
    }
}
