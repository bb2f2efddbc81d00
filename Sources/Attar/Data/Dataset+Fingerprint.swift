internal import Compute

extension Dataset {
    /// A hash of the columns' names, types and values, of the target and of the weights. Where the rows come from does not
    /// count: the same table read from CSV and from `.npy` has the same fingerprint.
    public var fingerprint: Fingerprint {
        var hasher = FingerprintHasher()
        for column in columns {
            hasher.combine(column.name)
            hasher.combine(column.kind.rawValue)
            switch column.storage {
            case .numeric(let values): hasher.combine(values)
            case .categorical(let codes, let categories):
                hasher.combine(codes)
                hasher.combine(categories)
            case .text(let values): hasher.combine(values)
            case .tensor(let values, let shape):
                hasher.combine(shape.map(Int32.init))
                hasher.combine(values)
            case .bytes(let values, let shape):
                hasher.combine(shape.map(Int32.init))
                hasher.combine(bytesAsNumbers: values)
            }
        }
        if let target {
            hasher.combine(target.name)
            hasher.combine(target.task)
            hasher.combine(target.labels)
            hasher.combine(target.values.elements)
        }
        if let weights { hasher.combine(weights) }
        return hasher.finished()
    }
}

extension FingerprintHasher {
    /// Adds texts.
    fileprivate mutating func combine(_ texts: [String]) {
        combine([Int32(truncatingIfNeeded: texts.count)])
        for text in texts { combine(text) }
    }
}
