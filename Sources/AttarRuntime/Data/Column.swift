/// One named, typed column of a data set. Value type.
public struct Column: Hashable, Sendable {
    /// The values, one a row.
    public enum Storage: Hashable, Sendable {
        /// Numbers; NaN where missing, never infinite.
        case numeric([Float])
        /// Indices into the categories; −1 where missing.
        case categorical(codes: [Int32], categories: [String])
        /// Free text; empty where missing.
        case text([String])
        /// Arrays of one shape, row by row: (rows, shape…). From `.npy` stacks of more than two dimensions.
        case tensor([Float], shape: [Int])
        /// Arrays of one shape that came as bytes, such as pictures, and stay bytes: (rows, shape…). A column of kind `tensor`.
        case bytes([UInt8], shape: [Int])
    }

    /// The column's type, as shown to people and kept in a model's schema.
    public enum Kind: String, Hashable, Codable, Sendable {
        /// Numbers.
        case numeric
        /// One of several categories a row.
        case categorical
        /// Free text.
        case text
        /// Dates, times of day, or both, as texts in one notation.
        case date
        /// An array of the same shape a row.
        case tensor
    }

    /// The header, or "x0", "x1", … where the source has none.
    public let name: String
    /// The values.
    public let storage: Storage
    /// How the values were written, where that is not plain; texts are dates where it says so.
    public let notation: Notation?
    /// Of numbers that are all whole, and of which some have more digits than a 32-bit float: all of them, `missingWhole` where missing.
    /// Classes, groups and times are told apart by them. Nil for all other columns.
    package let wholes: [Int64]?

    /// A column of the given name and values.
    ///
    /// - Parameter notation: how the values were written; texts with a notation of dates are a column of dates.
    public init(_ name: String, _ storage: Storage, notation: Notation? = nil) {
        self.init(name, storage, notation: notation, wholes: nil)
    }

    /// A column of numbers that floats cannot hold, beside the floats.
    package init(_ name: String, _ storage: Storage, notation: Notation? = nil, wholes: [Int64]?) {
        self.name = name
        self.storage = storage
        self.notation = notation
        self.wholes = wholes
    }

    /// What stands for a missing value among `wholes`.
    package static let missingWhole = Int64.min

    /// The column's type.
    public var kind: Kind {
        switch storage {
        case .numeric: .numeric
        case .categorical: .categorical
        case .text: notation?.dates == nil ? .text : .date
        case .tensor, .bytes: .tensor
        }
    }

    /// Of arrays the lengths of a row's dimensions; else none.
    public var shape: [Int] {
        switch storage {
        case .numeric, .categorical, .text: []
        case .tensor(_, let shape), .bytes(_, let shape): shape
        }
    }

    /// Number of rows.
    public var count: Int {
        switch storage {
        case .numeric(let values): values.count
        case .categorical(let codes, _): codes.count
        case .text(let values): values.count
        case .tensor(let values, let shape): values.count / max(1, shape.reduce(1, *))
        case .bytes(let values, let shape): values.count / max(1, shape.reduce(1, *))
        }
    }

    /// The rows at the given positions, in that order; positions may repeat. Categories stay as they are.
    public func selecting(_ rows: [Int]) -> Column {
        switch storage {
        case .numeric(let values):
            return Column(
                name, .numeric(rows.map { values[$0] }), notation: notation,
                wholes: wholes.map { wholes in rows.map { wholes[$0] } })
        case .categorical(let codes, let categories):
            return Column(name, .categorical(codes: rows.map { codes[$0] }, categories: categories))
        case .text(let values):
            return Column(name, .text(rows.map { values[$0] }), notation: notation)
        case .tensor(let values, let shape):
            return Column(name, .tensor(Self.selected(values, shape, rows), shape: shape))
        case .bytes(let values, let shape):
            return Column(name, .bytes(Self.selected(values, shape, rows), shape: shape))
        }
    }

    private static func selected<Value>(_ values: [Value], _ shape: [Int], _ rows: [Int]) -> [Value] {
        let stride = shape.reduce(1, *)
        var selected: [Value] = []
        selected.reserveCapacity(rows.count * stride)
        for row in rows { selected.append(contentsOf: values[row * stride..<(row + 1) * stride]) }
        return selected
    }
}
