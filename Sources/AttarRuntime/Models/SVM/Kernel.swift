internal import CKernels
package import Compute

/// How alike two rows are, for support vector machines.
package enum Kernel: Hashable, Sendable {
    /// The inner product x·s.
    case linear
    /// exp(−gamma·‖x − s‖²), with gamma above 0.
    case radial(gamma: Float)

    /// The name, as in `svm[kernel=rbf]`.
    package var name: String { self == .linear ? "linear" : "rbf" }

    /// The likeness of each row to each vector, (rows, vectors.rows).
    package func values(_ rows: Matrix, _ vectors: Matrix) -> Matrix {
        var values = rows.timesTransposed(vectors)
        if case .radial(let gamma) = self {
            let (own, others) = (rows.squaredLengths(), vectors.squaredLengths())
            let (count, width) = (values.rows, values.columns)
            attar_rbf(&values.elements, own, others, count, width, gamma)
        }
        return values
    }
}
