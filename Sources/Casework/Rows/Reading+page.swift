import Store

/// The column by which rows are listed.
enum ListColumn {
    case owner
    case index
}

extension RowReading where Self: ~Copyable {
    /// One page of the rows that have one of these values in a column, in the order of their ids, with what `value` makes
    /// of each; what it makes nothing of is passed over. `last` is where the next page begins, nil when there is none.
    func page<Value>(
        _ kind: RowKind,
        by column: ListColumn,
        _ places: [[UInt8]],
        after: [UInt8]?,
        value: (StoredRow) throws -> Value?
    ) throws -> (values: [Value], last: [UInt8]?) {
        try page(
            after: after,
            finding: { after, limit in
                try places.flatMap { place in
                    switch column {
                    case .owner: try rows(kind, owner: place, after: after, limit: limit)
                    case .index: try rows(kind, index: place, after: after, limit: limit)
                    }
                }
            },
            value: value
        )
    }

    /// The same of rows that are found in a way of one's own: of each place the next `limit` after an id, where there are so
    /// many.
    func page<Value>(
        after: [UInt8]?,
        finding: (_ after: [UInt8]?, _ limit: Int) throws -> [StoredRow],
        value: (StoredRow) throws -> Value?
    ) throws -> (values: [Value], last: [UInt8]?) {
        var values: [Value] = []
        var after = after
        while true {
            var found = try finding(after, Limits.handles + 1)
            found.sort { $0.id.lexicographicallyPrecedes($1.id) }
            // Of each place at least as many were read, so that none of the next ones is missing.
            for row in found.prefix(Limits.handles) {
                // One more is there, so the page that is full has a next one.
                guard values.count < Limits.handles else { return (values, after) }
                if let value = try value(row) { values.append(value) }
                after = row.id
            }
            guard found.count > Limits.handles else { return (values, nil) }
        }
    }
}
