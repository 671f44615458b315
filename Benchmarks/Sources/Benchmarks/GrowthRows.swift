import Audit
import Care
import Casework
import Foundation
import Sealing
import Store

/// What an act on a case costs among very many cases, beside what it costs among few. The cases that are acted on are
/// opened through the desk; the rest are copies of their rows under other identifiers, as many and as large as real ones,
/// with an erase secret in the vault and an entry in the log for each. Nothing ever opens those.
enum GrowthRows {
    static func measure(_ effort: Effort, in folder: URL, repository: URL) async throws -> [Row] {
        let few = effort.size(10_000, quick: 500)
        let many = effort.size(1_000_000, quick: 5000)
        let acting = effort.size(512, quick: 64)
        let small = try await Town(few, acting: acting, in: folder.appending(path: "few"), repository)
        let large = try await Town(many, acting: acting, in: folder.appending(path: "many"), repository)
        let budget = Row.Budget(side: .atMost, value: 1.3, isRatio: true)
        var rows: [Row] = []
        for act in Town.Act.allCases {
            for clients in [1, 64] {
                let count = clients == 1 ? acting / 8 : acting
                let pair = try await Paired(
                    effort.repetitions,
                    ours: { try await large.perform(act, count, atOnce: clients) * 1e6 },
                    rival: { try await small.perform(act, count, atOnce: clients) * 1e6 }
                )
                rows.append(
                    pair.row(
                        "growth",
                        "\(act.rawValue) among \(many.formatted()) cases, \(clients == 1 ? "one client" : "64 clients")",
                        unit: "µs",
                        rival: "the same among \(few.formatted())",
                        budget: budget
                    )
                )
            }
        }
        let reopened = try large.reopened()
        rows.append(
            Row(
                group: "growth",
                what: "opening a deployment of \(many.formatted()) cases",
                measured: Figure([reopened.seconds], "s"),
                note: "\(Figure.text(Double(large.bytes) / 1e9)) GB on disk; \(Figure.text(reopened.megabytes)) MB "
                    + "resident in this process, which holds the deployment of \(few.formatted()) too"
            )
        )
        try small.close()
        return rows
    }
}

/// A deployment with so many cases.
final class Town {
    enum Act: String, CaseIterable {
        case read = "reading a case"
        case record = "recording a need"
        case open = "opening a case"
    }

    private var house: House
    private var cases: [CaseID]
    private var versions: [CaseID: Int]
    private var made = 0

    init(_ count: Int, acting: Int, in folder: URL, _ repository: URL) async throws {
        house = try await House.found(on: House.Ground(folder: folder, repository: repository))
        let receipts = try await house.openCases(acting)
        cases = receipts.map(\.id)
        versions = Dictionary(receipts.map { ($0.id, $0.version) }, uniquingKeysWith: { first, _ in first })
        let template = try receipts.first.map(\.id.bytes) ?? { throw BenchmarkFailure("no case was opened") }()
        try await house.reopen { ground in
            try Filling(ground: ground, template: template).fill(count - acting)
        }
    }

    func close() throws { try house.deployment.close() }

    /// The size of the database.
    var bytes: Int {
        let path = house.ground.databasePath
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// Seconds an act, over so many acts by so many clients.
    func perform(_ act: Act, _ count: Int, atOnce clients: Int) async throws -> Double {
        made += 1
        let turn = made
        let house = house
        let chosen = (0..<count).map { cases[($0 + turn * 61) % cases.count] }
        let known = versions
        var receipts: [CaseReceipt] = []
        let time = try await seconds(waiting: {
            switch act {
            case .read:
                _ = try await Crowd.each(chosen, atOnce: clients) { id in
                    try await house.deployment.cases.read(
                        id,
                        by: house.worker,
                        request: house.deployment.newRequest()
                    )
                    .version
                }
            case .record:
                receipts = try await Crowd.each(chosen.enumerated(), atOnce: clients) { number, id in
                    try await house.deployment.cases.record(
                        Invented.need(turn),
                        in: id,
                        at: known[id] ?? 1,
                        by: house.worker,
                        request: house.deployment.newRequest(),
                        once: Once(key: Array("need \(turn) \(number)".utf8), request: Array("need".utf8))
                    )
                }
            case .open:
                _ = try await Crowd.each(0..<count, atOnce: clients) { number in
                    try await house.deployment.cases.open(
                        Invented.opening(number, team: house.team),
                        by: house.worker,
                        request: house.deployment.newRequest(),
                        once: Once(key: Array("open \(turn) \(number)".utf8), request: Array("opening".utf8))
                    )
                    .version
                }
            }
        })
        for receipt in receipts { versions[receipt.id] = receipt.version }
        return time / Double(count)
    }

    /// Closes it and opens it once more: the seconds that takes, and the memory then.
    func reopened() throws -> (seconds: Double, megabytes: Double) {
        try house.deployment.close()
        let ground = house.ground
        var opened: (store: Store, deployment: Deployment)?
        let time = try seconds { opened = try ground.open() }
        let memory = Machine.residentMegabytes
        try opened?.deployment.close()
        return (time, memory)
    }
}
