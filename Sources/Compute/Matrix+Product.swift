internal import CBLAS

extension Matrix {
    /// This matrix times the transpose of another: (rows, k) · (other.rows, k)ᵀ → (rows, other.rows).
    ///
    /// - Precondition: both have the same number of columns.
    public func timesTransposed(_ other: Matrix) -> Matrix {
        precondition(
            columns == other.columns, "(\(rows), \(columns)) does not go with (\(other.rows), \(other.columns))ᵀ")
        var product = Matrix(rows: rows, columns: other.rows)
        guard rows > 0, other.rows > 0, columns > 0 else { return product }
        product.elements.withUnsafeMutableBufferPointer { result in
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, blasint(rows), blasint(other.rows), blasint(columns), 1,
                elements,
                blasint(columns), other.elements, blasint(columns), 0, result.baseAddress, blasint(other.rows))
        }
        return product
    }
}
