/// What a teacher has said of each row, as far as it is kept: a language model's answers over its whole vocabulary would take gigabytes.
public enum SoftTargets: Sendable {
    /// Logits or values of all outputs, (rows, outputs).
    case dense(Matrix)
    /// The likeliest classes with their probabilities, in ascending order of classes, and the probability of all others together, (rows).
    ///
    /// The loss is the divergence over those classes and one bucket for the rest.
    case sparse(Ragged, tail: [Float])
    /// Classes that were drawn, with weights: drawn by the teacher's probabilities q, one of n draws has 1/n; drawn otherwise, by r, it has q/(n·r).
    ///
    /// The loss is the cross-entropy with each by its weight, which expects the one with q.
    case sampled(Ragged)

    /// Number of rows.
    public var rows: Int {
        switch self {
        case .dense(let matrix): matrix.rows
        case .sparse(let classes, _), .sampled(let classes): classes.rows
        }
    }

    /// The logits or values; nil where only some classes are kept.
    public var matrix: Matrix? {
        guard case .dense(let matrix) = self else { return nil }
        return matrix
    }

    /// The rows at the given positions, in that order.
    public func selecting(_ rows: [Int]) -> SoftTargets {
        switch self {
        case .dense(let matrix): .dense(matrix.selecting(rows: rows))
        case .sparse(let classes, let tail): .sparse(classes.selecting(rows), tail: rows.map { tail[$0] })
        case .sampled(let classes): .sampled(classes.selecting(rows))
        }
    }

    /// The classes that are kept, and where they are the likeliest the probability of the others; nil where all are.
    var listed: (classes: Ragged, tails: [Float]?)? {
        switch self {
        case .dense: nil
        case .sparse(let classes, let tail): (classes, tail)
        case .sampled(let classes): (classes, nil)
        }
    }

    /// The same with 0 for every output, or no class, in the rows that are not known, which may hold anything.
    public func cleared(where known: [Bool]) -> SoftTargets {
        switch self {
        case .dense(let matrix):
            var elements = matrix.elements
            for (row, isKnown) in known.enumerated() where !isKnown {
                for place in row * matrix.columns..<(row + 1) * matrix.columns { elements[place] = 0 }
            }
            return .dense(Matrix(rows: matrix.rows, columns: matrix.columns, elements: elements))
        case .sparse(let classes, let tail):
            return .sparse(classes.cleared(where: known), tail: zip(tail, known).map { $1 ? $0 : 1 })
        case .sampled(let classes): return .sampled(classes.cleared(where: known))
        }
    }
}

extension Ragged {
    /// The same with no class in the rows that are not known.
    fileprivate func cleared(where known: [Bool]) -> Ragged {
        Ragged(
            known.enumerated().map { row, isKnown in
                isKnown ? entries(of: row).map { (ids[$0], values[$0]) } : []
            })
    }
}
