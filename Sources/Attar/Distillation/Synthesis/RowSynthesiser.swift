public import Compute

/// Makes up new rows out of training rows, column by column, so that any teacher can be asked about them: whole numbers stay whole, and all numbers within their
/// column's range.
public struct RowSynthesiser {
    /// The rows that new ones are made from.
    public let rows: Dataset
    /// The same rows encoded, for distances; (rows, width).
    let features: Matrix
    /// For each column the values' standard deviation, 0 where it has none.
    let deviations: [Float]
    /// For the columns that hold sequences of tokens, by name, the number of ids that a model knows; the last is the unknown token.
    public let vocabularies: [String: Int]
    /// For each column what its numbers are; nil for those of others.
    private let natures: [ColumnNature?]
    /// What rows that are being made come from, as their numbers and categories do; nil before those are made, and where a row is one column.
    private(set) var origins: MadeRows.Origins?
    /// The kinds of data, which know how their columns are made up.
    private let kinds: Registry<DataKind>

    /// A synthesiser over training rows and their encoded features.
    package init(
        rows: Dataset, features: Matrix, vocabularies: [String: Int] = [:],
        kinds: Registry<DataKind> = Catalogue.standard.dataKinds
    ) {
        precondition(rows.count > 0, "new rows are made from at least one")
        self.rows = rows
        self.features = features
        self.vocabularies = vocabularies
        self.kinds = kinds
        deviations = rows.columns.map(Self.deviation)
        natures = rows.columns.map { ColumnNature(of: $0) }
    }

    /// New rows without target, by one strategy that synthesises.
    ///
    /// - Parameter count: how many; identifiers are −1, −2, … in order.
    package func made(_ count: Int, by strategy: TransferStrategy, seed: UInt64) -> Dataset {
        var generator = SeededGenerator(seed: seed, stream: strategy.rawValue)
        let made: MadeRows
        switch strategy {
        case .munge: made = munged(count, &generator)
        case .spunge: made = spunged(count, &generator)
        case .mixup: made = mixed(count, &generator)
        case .noise: made = blurred(count, &generator)
        default: preconditionFailure("\(strategy.rawValue) makes no rows")
        }
        var whole = self
        if rows.columns.count > 1 { whole.origins = made.origins }
        // Of its own, so that what columns of fractions become does not depend on others being whole.
        var rounding = SeededGenerator(seed: seed, stream: "\(strategy.rawValue) to whole numbers")
        return Dataset(
            source: "\(rows.source) (made by \(strategy.rawValue))",
            columns: rows.columns.indices.map { index in
                let column = rows.columns[index]
                let changed =
                    kinds.kind(of: column).making.made(whole, column, count, strategy, &generator)
                    ?? made.columns[index]
                return natures[index]?.kept(changed, &rounding) ?? changed
            },
            identifiers: (0..<count).map { -1 - $0 })
    }

    /// The training row that each new row starts from: every row as often as any other, give or take one. Where other columns of the same new rows are made already, the
    /// rows that these started from, so that what stands side by side was side by side.
    public func bases(_ count: Int, _ generator: inout SeededGenerator) -> [Int] {
        if let origins { return origins.bases }
        var bases: [Int] = []
        bases.reserveCapacity(count)
        while bases.count + rows.count <= count { bases.append(contentsOf: 0..<rows.count) }
        if bases.count < count {
            bases.append(contentsOf: Array(0..<rows.count).shuffled(using: &generator).prefix(count - bases.count))
        }
        return bases
    }

    private static func deviation(of column: Column) -> Float {
        guard case .numeric(let values) = column.storage else { return 0 }
        var (count, sum, squares) = (0.0, 0.0, 0.0)
        for value in values where !value.isNaN {
            count += 1
            sum += Double(value)
            squares += Double(value) * Double(value)
        }
        guard count > 1 else { return 0 }
        let mean = sum / count
        return Float(max(0, squares / count - mean * mean).squareRoot())
    }
}

/// New rows column by column, and what they come from.
struct MadeRows {
    /// The training rows behind new ones.
    struct Origins: Sendable {
        /// Each row's own.
        let bases: [Int]
        /// For each row another that is mixed in, and the share of the own; nil where none is.
        var partners: [(row: Int, share: Float)]?
    }

    /// The columns, in the order of the training rows'.
    let columns: [Column]
    /// What they come from.
    let origins: Origins

    init(_ columns: [Column], from bases: [Int], partners: [(row: Int, share: Float)]? = nil) {
        (self.columns, origins) = (columns, Origins(bases: bases, partners: partners))
    }
}
