#if canImport(Accelerate)
    internal import Accelerate
#else
    internal import CBLAS
#endif

/// The directions in which rows vary most.
public struct PrincipalComponents: Sendable {
    /// The mean of the rows.
    public let mean: [Float]
    /// The directions, (count, columns), each of length 1, the one of the largest variance first. The largest number of each is positive.
    public let axes: Matrix
    /// The rows' variance along each.
    public let variances: [Double]

    /// The given number of directions, fewer where rows have fewer columns.
    ///
    /// - Precondition: there is at least one row.
    /// - Complexity: O(rows · columns² + columns³).
    public init(of rows: Matrix, count: Int) {
        precondition(rows.rows > 0, "at least one row varies")
        let width = rows.columns
        var sums = [Double](repeating: 0, count: width)
        for row in 0..<rows.rows {
            for column in 0..<width { sums[column] += Double(rows.elements[row * width + column]) }
        }
        let mean = sums.map { Float($0 / Double(rows.rows)) }
        var centred = rows
        for row in 0..<rows.rows {
            for column in 0..<width { centred.elements[row * width + column] -= mean[column] }
        }
        var squares = Matrix(rows: width, columns: width)
        squares.elements.withUnsafeMutableBufferPointer { product in
            guard let product = product.baseAddress else { return }
            BLAS.product(
                centred.elements, centred.elements, into: product, rows: width, columns: width, inner: rows.rows,
                transposingLeft: true)
        }
        let (values, vectors) = Self.eigenvectors(of: squares.elements.map { Double($0) / Double(rows.rows) }, width)
        let kept = min(count, width)
        var axes = Matrix(rows: kept, columns: width)
        for axis in 0..<kept {
            // They come in rising order.
            let own = (width - 1 - axis) * width
            let largest = (0..<width).max { abs(vectors[own + $0]) < abs(vectors[own + $1]) } ?? 0
            let sign = vectors[own + largest] < 0 ? -1.0 : 1.0
            for column in 0..<width { axes[axis, column] = Float(sign * vectors[own + column]) }
        }
        self.mean = mean
        self.axes = axes
        variances = (0..<kept).map { max(0, values[width - 1 - $0]) }
    }

    /// The coordinates of rows along the directions, (rows, count).
    ///
    /// - Parameter centring: whether the mean is taken away first.
    public func coordinates(of rows: Matrix, centring: Bool = true) -> Matrix {
        var coordinates = rows.timesTransposed(axes)
        guard centring else { return coordinates }
        let shift = Matrix(rows: 1, columns: mean.count, elements: mean).timesTransposed(axes).elements
        for row in 0..<coordinates.rows {
            for column in shift.indices { coordinates[row, column] -= shift[column] }
        }
        return coordinates
    }

    /// The eigenvalues of a symmetric matrix in rising order, and their vectors, one a row: LAPACK's dsyevd.
    private static func eigenvectors(of matrix: [Double], _ width: Int) -> (values: [Double], vectors: [Double]) {
        var vectors = matrix
        var values = [Double](repeating: 0, count: width)
        // Room as dsyevd's documentation has it.
        var work = [Double](repeating: 0, count: 1 + 6 * width + 2 * width * width)
        #if canImport(Accelerate)
            var numbers = [__CLPK_integer](repeating: 0, count: 3 + 5 * width)
            var (order, length, status) = (__CLPK_integer(width), __CLPK_integer(width), __CLPK_integer(0))
            var (room, places) = (__CLPK_integer(work.count), __CLPK_integer(numbers.count))
        #else
            var numbers = [blasint](repeating: 0, count: 3 + 5 * width)
            var (order, length, status) = (blasint(width), blasint(width), blasint(0))
            var (room, places) = (blasint(work.count), blasint(numbers.count))
        #endif
        var (job, half) = (CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")))
        dsyevd_(
            &job, &half, &order, &vectors, &length, &values, &work, &room, &numbers, &places, &status)
        precondition(status == 0, "the eigenvectors of a symmetric matrix of finite numbers are found")
        return (values, vectors)
    }
}
