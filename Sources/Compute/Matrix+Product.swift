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
            guard let result = result.baseAddress else { return }
            BLAS.product(
                elements, other.elements, into: result, rows: rows, columns: other.rows, inner: columns,
                transposingRight: true)
        }
        return product
    }

    /// This matrix times the transpose of some columns of another, those from `first` on, as many as this one has: (rows, k) · (other.rows, k)ᵀ → (rows, other.rows).
    ///
    /// - Precondition: the other has that many columns from there on.
    public func timesTransposed(_ other: Matrix, from first: Int) -> Matrix {
        precondition(
            first >= 0 && first + columns <= other.columns,
            "(\(rows), \(columns)) does not go with \(other.columns) columns from \(first) on")
        var product = Matrix(rows: rows, columns: other.rows)
        guard rows > 0, other.rows > 0, columns > 0 else { return product }
        product.elements.withUnsafeMutableBufferPointer { result in
            other.elements.withUnsafeBufferPointer { right in
                guard let result = result.baseAddress, let right = right.baseAddress else { return }
                BLAS.product(
                    elements, right + first, into: result, rows: rows, columns: other.rows, inner: columns,
                    transposingRight: true, rightStride: other.columns)
            }
        }
        return product
    }
}
