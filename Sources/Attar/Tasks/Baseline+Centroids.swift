internal import Compute
internal import Foundation

extension Baseline {
    /// The mean features of the rows of each output: a row is answered with the nearest one, the more surely the nearer it is than others.
    public struct Centroids: Hashable, Codable, Sendable {
        /// (outputs, features); nothing for an output without rows, which is never answered.
        public var means: [[Float]]
        /// The mean squared distance of rows to their mean along one feature.
        public var variance: Float

        /// The means of rows that are answered with given outputs, −1 for none.
        ///
        /// - Parameters:
        ///   - features: (rows, features).
        ///   - outputs: how many there are.
        init(_ answers: [Int32], features: Matrix, of outputs: Int, weights: [Float]?) {
            let width = features.columns
            var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: outputs)
            var totals = [Double](repeating: 0, count: outputs)
            func weight(_ row: Int) -> Double { Double(weights?[row] ?? 1) }
            for (row, one) in answers.enumerated() where one >= 0 {
                totals[Int(one)] += weight(row)
                for column in 0..<width { sums[Int(one)][column] += weight(row) * Double(features[row, column]) }
            }
            let means = zip(sums, totals).map { sum, total in total > 0 ? sum.map { $0 / total } : [] }
            var (squares, total) = (0.0, 0.0)
            for (row, one) in answers.enumerated() where one >= 0 && !means[Int(one)].isEmpty {
                total += weight(row)
                for column in 0..<width {
                    let off = Double(features[row, column]) - means[Int(one)][column]
                    squares += weight(row) * off * off
                }
            }
            // Files keep four digits, so that they stay small; what is answered is the same when it is read again.
            self.means = means.map { $0.map(Self.rounded) }
            variance = Self.rounded(max(1e-6, squares / max(total * Double(max(1, width)), .leastNormalMagnitude)))
        }

        private static func rounded(_ value: Double) -> Float { Float(String(format: "%.4g", value)) ?? Float(value) }

        /// Softmax of −½ |x − mean|² / variance, (rows, outputs).
        func answers(to features: Matrix) -> Matrix {
            var scores = Matrix(rows: features.rows, columns: means.count, repeating: -1e30)
            for (one, mean) in means.enumerated() where !mean.isEmpty {
                for row in 0..<features.rows {
                    var square: Float = 0
                    for (value, centre) in zip(features.row(row), mean) {
                        square += (value - centre) * (value - centre)
                    }
                    scores[row, one] = -square / (2 * variance)
                }
            }
            return scores.softmax()
        }
    }
}
