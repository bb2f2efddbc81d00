#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension Matrix {
    /// Each row's softmax, exp(z) / Σ exp(z), computed without overflow.
    public func softmax() -> Matrix {
        var result = self
        for row in 0..<rows {
            let range = row * columns..<(row + 1) * columns
            let highest = result.elements[range].max() ?? 0
            var sum: Float = 0
            for index in range {
                result.elements[index] = exp(result.elements[index] - highest)
                sum += result.elements[index]
            }
            for index in range { result.elements[index] /= sum }
        }
        return result
    }

    /// The logarithm of each row's probabilities, shifted to mean 0 in each row; the inverse of `softmax()`.
    ///
    /// - Parameter lowest: what smaller probabilities are raised to before taking the logarithm, above 0.
    public func centredLogits(lowest: Float) -> Matrix {
        var result = self
        for row in 0..<rows {
            let range = row * columns..<(row + 1) * columns
            var sum: Float = 0
            for index in range {
                result.elements[index] = log(max(lowest, result.elements[index]))
                sum += result.elements[index]
            }
            let mean = sum / Float(max(1, columns))
            for index in range { result.elements[index] -= mean }
        }
        return result
    }

    /// The position of each row's largest element, the first of equals.
    public func argmax() -> [Int32] {
        (0..<rows).map { row in
            var best = 0
            for column in 1..<max(1, columns) where self[row, column] > self[row, best] { best = column }
            return Int32(best)
        }
    }
}
