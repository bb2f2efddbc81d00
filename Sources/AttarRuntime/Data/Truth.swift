public import Compute

/// What is right, one a row. Closed, since what sums over rows switches on it; what it means is the task's to say.
public enum Truth: Hashable, Sendable {
    /// Nothing is known to be right: only a teacher's answers can be compared with.
    case none
    /// Each row's index into the classes, −1 where unknown.
    case classes([Int32])
    /// (rows, outputs), NaN where unknown.
    case values(Matrix)

    /// Number of rows; nil where there is no truth.
    public var count: Int? {
        switch self {
        case .none: nil
        case .classes(let labels): labels.count
        case .values(let values): values.rows
        }
    }

    /// The rows at the given positions, in that order.
    public func selecting(_ rows: [Int]) -> Truth {
        switch self {
        case .none: .none
        case .classes(let labels): .classes(rows.map { labels[$0] })
        case .values(let values): .values(values.selecting(rows: rows))
        }
    }

    /// These rows with others of the same shape after them.
    ///
    /// - Precondition: both are of one case.
    public func appending(_ other: Truth) -> Truth {
        switch (self, other) {
        case (.none, .none): return .none
        case (.classes(let own), .classes(let more)): return .classes(own + more)
        case (.values(let own), .values(let more)): return .values(own.appending(more))
        default: preconditionFailure("truths of one shape")
        }
    }

    /// As many rows of the same shape about which nothing is known.
    public func unknown(_ count: Int) -> Truth {
        switch self {
        case .none: .none
        case .classes: .classes([Int32](repeating: -1, count: count))
        case .values(let values): .values(Matrix(rows: count, columns: values.columns, repeating: .nan))
        }
    }

    /// Classes; empty for any other truth.
    public var labels: [Int32] { if case .classes(let labels) = self { labels } else { [] } }

    /// Values; of no rows for any other truth.
    public var values: Matrix { if case .values(let values) = self { values } else { Matrix(rows: 0, columns: 0) } }
}
