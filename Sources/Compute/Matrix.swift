/// A dense, row-major matrix of 32-bit floats: the one shape in which rows of numbers travel between modules.
///
/// Element (r, c) stands at `elements[r * columns + c]`. Values may be NaN (a missing value) where the owner says so.
public struct Matrix: Hashable, Sendable {
    /// Number of rows, at least 0.
    public let rows: Int
    /// Number of columns, at least 0.
    public let columns: Int
    /// The values, row by row; always `rows * columns` of them.
    public var elements: [Float]

    /// Makes a matrix of the given shape from its values, row by row.
    ///
    /// - Precondition: `elements.count == rows * columns`.
    public init(rows: Int, columns: Int, elements: [Float]) {
        precondition(elements.count == rows * columns, "\(elements.count) elements do not fill \(rows) × \(columns)")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// Makes a matrix of the given shape with every element the same.
    public init(rows: Int, columns: Int, repeating value: Float = 0) {
        self.init(rows: rows, columns: columns, elements: [Float](repeating: value, count: rows * columns))
    }

    /// The element at a row and column, both counted from 0.
    @inlinable public subscript(row: Int, column: Int) -> Float {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    /// One row as a slice of the elements, without copying.
    public func row(_ index: Int) -> ArraySlice<Float> {
        elements[index * columns..<(index + 1) * columns]
    }

    /// Each row's sum of squares.
    package func squaredLengths() -> [Float] {
        (0..<rows).map { row in self.row(row).reduce(0) { $0 + $1 * $1 } }
    }

    /// The rows at the given positions, in that order; positions may repeat.
    ///
    /// - Complexity: O(`positions.count` × `columns`).
    public func selecting(rows positions: [Int]) -> Matrix {
        var selected: [Float] = []
        selected.reserveCapacity(positions.count * columns)
        for position in positions { selected.append(contentsOf: row(position)) }
        return Matrix(rows: positions.count, columns: columns, elements: selected)
    }

    /// This matrix with the rows of another below it.
    ///
    /// - Precondition: both have the same number of columns.
    public func appending(_ other: Matrix) -> Matrix {
        precondition(columns == other.columns, "\(other.columns) columns do not go below \(columns)")
        return Matrix(rows: rows + other.rows, columns: columns, elements: elements + other.elements)
    }
}
