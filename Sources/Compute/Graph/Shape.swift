/// The lengths of a tensor's dimensions; where it has rows, their number is left open until a batch comes.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
    /// Whether the first dimension is the batch, which `dimensions` leaves out.
    public let isBatched: Bool
    /// The lengths of the dimensions, without the batch.
    public let dimensions: [Int]

    /// One array of these dimensions for each row of a batch.
    public static func rows(_ dimensions: Int...) -> Shape { Shape(isBatched: true, dimensions: dimensions) }

    /// One array of these dimensions for each row of a batch.
    public static func rows(_ dimensions: [Int]) -> Shape { Shape(isBatched: true, dimensions: dimensions) }

    /// One array of these dimensions, whatever the batch: a parameter.
    public static func fixed(_ dimensions: Int...) -> Shape { Shape(isBatched: false, dimensions: dimensions) }

    /// Number of elements: of one row, or in all where there are no rows.
    public var count: Int { dimensions.reduce(1, *) }

    /// Number of elements with that many rows.
    func count(rows: Int) -> Int { isBatched ? rows * count : count }

    /// For example "(rows, 64)" or "(100, 64)".
    public var description: String {
        "(\(((isBatched ? ["rows"] : []) + dimensions.map(String.init)).joined(separator: ", ")))"
    }
}

/// The lengths of a tensor's dimensions in a form that a kernel reads without touching the heap: at most four of them.
public struct Dimensions: Sendable {
    /// Number of dimensions.
    public let rank: Int
    private let lengths: InlineArray<4, Int>

    /// The dimensions of a shape, without the batch.
    ///
    /// - Precondition: there are at most four.
    public init(_ shape: Shape) {
        let dimensions = shape.dimensions
        precondition(dimensions.count <= 4, "a tensor has at most four dimensions beside the batch")
        rank = dimensions.count
        lengths = InlineArray { $0 < dimensions.count ? dimensions[$0] : 1 }
    }

    /// The length of a dimension; 1 beyond the last.
    public subscript(position: Int) -> Int { lengths[position] }

    /// The length of the last dimension: the channels of a picture, the width of a sequence.
    public var last: Int { rank > 0 ? lengths[rank - 1] : 1 }
}

/// An operation that does not fit its inputs. Thrown when a graph is built, never when it runs.
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The operation that was to be added.
    public let operation: String
    /// The shapes of the inputs that it was given.
    public let shapes: [Shape]
    /// The shapes that it takes, in words.
    public let expected: String

    /// An error of the named operation.
    public init(_ operation: String, _ shapes: [Shape], expected: String) {
        self.operation = operation
        self.shapes = shapes
        self.expected = expected
    }

    public var description: String {
        "\(operation) takes \(expected), not \(shapes.map(\.description).joined(separator: " and "))"
    }
}
