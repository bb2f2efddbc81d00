extension Matrix {
    /// The matrix with rows and columns exchanged.
    package func transposed() -> Matrix {
        var result = [Float](repeating: 0, count: elements.count)
        for row in 0..<rows {
            for column in 0..<columns { result[column * rows + row] = elements[row * columns + column] }
        }
        return Matrix(rows: columns, columns: rows, elements: result)
    }

    /// Solves (self + penalty·I)·X = right for a symmetric matrix without negative directions, by Cholesky's factorisation in
    /// double precision.
    ///
    /// A direction that the matrix does not determine (collinear columns without a penalty) gets 0, so that the solution is
    /// finite for every input.
    ///
    /// - Parameters:
    ///   - right: (rows, right-hand sides).
    ///   - penalty: what is added to the diagonal, 0 or more.
    /// - Precondition: this matrix is square, and `right` has as many rows.
    package func solvingSymmetric(_ right: Matrix, penalty: Double) -> Matrix {
        precondition(rows == columns && right.rows == rows, "(\(rows), \(columns)) does not go with \(right.rows) rows")
        let count = rows
        let largest = (0..<count).reduce(0.0) { max($0, Double(self[$1, $1])) } + penalty
        // Products of 32-bit floats are known to about 1e-6 of the largest.
        let smallest = max(largest * 1e-6, .leastNormalMagnitude)
        var factor = elements.map(Double.init)
        var isDetermined = [Bool](repeating: true, count: count)
        for row in 0..<count {
            factor[row * count + row] += penalty
            for column in 0...row {
                var sum = factor[row * count + column]
                for inner in 0..<column { sum -= factor[row * count + inner] * factor[column * count + inner] }
                if row == column {
                    isDetermined[row] = sum > smallest
                    factor[row * count + row] = isDetermined[row] ? sum.squareRoot() : 1
                } else {
                    factor[row * count + column] = isDetermined[column] ? sum / factor[column * count + column] : 0
                }
            }
            if !isDetermined[row] {
                for column in 0..<row { factor[row * count + column] = 0 }
            }
        }
        var solution = right.elements.map(Double.init)
        for side in 0..<right.columns {
            for row in 0..<count {
                var sum = isDetermined[row] ? solution[row * right.columns + side] : 0
                for inner in 0..<row { sum -= factor[row * count + inner] * solution[inner * right.columns + side] }
                solution[row * right.columns + side] = sum / factor[row * count + row]
            }
            for row in (0..<count).reversed() {
                var sum = solution[row * right.columns + side]
                for inner in row + 1..<max(count, row + 1) {
                    sum -= factor[inner * count + row] * solution[inner * right.columns + side]
                }
                solution[row * right.columns + side] = isDetermined[row] ? sum / factor[row * count + row] : 0
            }
        }
        return Matrix(rows: count, columns: right.columns, elements: solution.map { Float($0) })
    }
}
