internal import Compute

extension Dataset {
    /// A hash of the columns' names, types and values, of the target, and of the rows' weights, groups
    /// and times. Where the rows come from does not
    /// count: the same table read from CSV and from `.npy` has the same fingerprint.
    public var fingerprint: Fingerprint {
        var hasher = FingerprintHasher()
        for column in columns { hasher.combine(column) }
        if let target {
            hasher.combine(target.name)
            hasher.combine(target.task)
            hasher.combine(target.labels)
            hasher.combine(target.values.elements)
        }
        if let weights { hasher.combine(weights) }
        for column in [group, time].compactMap(\.self) { hasher.combine(column) }
        return hasher.finished()
    }
}

extension FingerprintHasher {
    /// Adds a column's name, type and values.
    fileprivate mutating func combine(_ column: Column) {
        combine(column.name)
        combine(column.kind.rawValue)
        switch column.storage {
        case .numeric(let values):
            combine(values)
            // What floats hold is not all where there is more.
            if let wholes = column.wholes {
                combine(wholes.flatMap { [Int32(truncatingIfNeeded: $0), Int32($0 >> 32)] })
            }
        case .categorical(let codes, let categories):
            combine(codes)
            combine(categories)
        case .text(let values):
            combine(values)
            // 3/4 is another day with the month first.
            if let dates = column.notation?.dates { combine(dates.rawValue) }
        case .tensor(let values, let shape):
            combine(shape.map(Int32.init))
            combine(values)
        case .bytes(let values, let shape):
            combine(shape.map(Int32.init))
            combine(bytesAsNumbers: values)
        }
    }

    /// Adds texts.
    fileprivate mutating func combine(_ texts: [String]) {
        combine([Int32(truncatingIfNeeded: texts.count)])
        for text in texts { combine(text) }
    }
}
