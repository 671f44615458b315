import Store
import Synchronization

/// Routing rows of one kind as they were last opened. Each act reads its rows from the store, more than once; the same
/// sealed bytes of the same row hold the same value, so they are opened once. A row that differs in one byte is opened anew.
final class OpenedRows<Value: Sendable>: Sendable {
    private struct Opened: Sendable {
        let row: StoredRow
        let value: Value
    }

    private let opened = Mutex<[[UInt8]: Opened]>([:])

    /// The value of a row, opened now or before.
    func value<Failure: Error>(
        of row: StoredRow,
        open: (StoredRow) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if let known = opened.withLock({ $0[row.id] }), known.row == row { return known.value }
        let value = try open(row)
        opened.withLock { opened in
            if opened.count >= Limits.openedRows { opened.removeAll() }
            opened[row.id] = Opened(row: row, value: value)
        }
        return value
    }

    /// Forgets a row that is gone for good.
    func forget(_ id: [UInt8]) { opened.withLock { $0[id] = nil } }
}
