package import Compute

/// One model's answers to the test rows, as row-wise numbers whose weighted sums give every metric.
///
/// Metrics that are no plain means (R², calibration error) are functions of such sums too. So one bootstrap replicate of
/// all metrics is one row of a matrix product: (replicates, rows) · (rows, statistics).
package struct RowStatistics: Sendable {
    /// The metrics, in the order in which `metrics(from:)` gives them.
    package let metrics: [Metric]
    /// (statistics, rows).
    package let statistics: Matrix
    /// From the weighted sums of the statistics and the sum of the weights to the metrics.
    private let combine: @Sendable ([Double], Double) -> [Double]

    /// The metrics that the sums of some weighting of the rows give.
    package func metrics(from sums: [Double], weight: Double) -> [Double] { combine(sums, weight) }

    /// The metrics on the rows as they are.
    package func values(weights: [Float]) -> [Metric: Double] {
        let sums = Matrix(rows: 1, columns: weights.count, elements: weights).timesTransposed(statistics)
        let values = combine(sums.elements.map(Double.init), weights.reduce(0) { $0 + Double($1) })
        return Dictionary(uniqueKeysWithValues: zip(metrics, values))
    }

    /// The statistics of predictions against a target, and against a teacher's predictions where there are any.
    ///
    /// - Parameters:
    ///   - outputs: probabilities or values, (rows, task.width).
    ///   - teacher: the teacher's, of the same shape; nil where there is none, or this is the teacher.
    package init(outputs: Matrix, target: Target, teacher: Matrix?) {
        let built =
            target.task.isClassification
            ? Self.classification(outputs, target.labels, teacher) : Self.regression(outputs, target.values, teacher)
        (metrics, combine) = (built.metrics, built.combine)
        statistics = Matrix(
            rows: built.columns.count, columns: outputs.rows, elements: built.columns.flatMap { $0 })
    }

    private typealias Parts = (
        metrics: [Metric], columns: [[Float]], combine: @Sendable ([Double], Double) -> [Double]
    )

    // MARK: Classification

    /// Bins of confidence, (0, 1/15], …, (14/15, 1].
    private static let bins = 15

    private static func classification(_ outputs: Matrix, _ labels: [Int32], _ teacher: Matrix?) -> Parts {
        let rows = outputs.rows
        let answers = outputs.argmax()
        var correct = [Float](repeating: 0, count: rows)
        var logLoss = correct
        var brier = correct
        var gaps = [[Float]](repeating: correct, count: bins)
        for row in 0..<rows {
            let label = Int(labels[row])
            correct[row] = answers[row] == labels[row] ? 1 : 0
            logLoss[row] = -Float.log(max(outputs[row, label], 1e-15))
            for column in 0..<outputs.columns {
                let difference = outputs[row, column] - (column == label ? 1 : 0)
                brier[row] += difference * difference
            }
            let confidence = outputs[row, Int(answers[row])]
            let bin = min(bins - 1, max(0, Int((confidence * Float(bins)).rounded(.up)) - 1))
            gaps[bin][row] = correct[row] - confidence
        }
        var metrics: [Metric] = [.accuracy, .logLoss, .brier]
        var columns = [correct, logLoss, brier]
        if let teacher {
            let teacherAnswers = teacher.argmax()
            metrics += [.agreement, .klToTeacher, .negativeFlips]
            columns.append(zip(answers, teacherAnswers).map { $0 == $1 ? 1 : 0 })
            columns.append((0..<rows).map { divergence(from: teacher.row($0), to: outputs.row($0)) })
            columns.append((0..<rows).map { teacherAnswers[$0] == labels[$0] && answers[$0] != labels[$0] ? 1 : 0 })
        }
        let means = columns.count
        metrics.append(.expectedCalibrationError)
        columns += gaps
        return (
            metrics, columns,
            { sums, weight in
                sums.prefix(means).map { $0 / weight } + [sums.dropFirst(means).reduce(0) { $0 + abs($1) } / weight]
            }
        )
    }

    /// KL(p ‖ q) in nats, never below 0; q is at least 10⁻¹⁵.
    private static func divergence(from p: ArraySlice<Float>, to q: ArraySlice<Float>) -> Float {
        var sum: Float = 0
        for (p, q) in zip(p, q) where p > 0 { sum += p * (Float.log(p) - Float.log(max(q, 1e-15))) }
        return max(0, sum)
    }

    // MARK: Regression

    private static func regression(_ outputs: Matrix, _ values: Matrix, _ teacher: Matrix?) -> Parts {
        var columns: [[Float]] = []
        // In units of the actual values' size, so that squares neither overflow nor vanish as 32-bit numbers.
        let units = (0..<outputs.columns).map { output in
            unit(of: (0..<outputs.rows).lazy.map { values[$0, output] })
        }
        for output in 0..<outputs.columns {
            let unit = units[output]
            let predicted = (0..<outputs.rows).map { outputs[$0, output] / unit }
            let actual = (0..<outputs.rows).map { values[$0, output] / unit }
            columns.append(contentsOf: Self.errors(predicted, actual))
            columns.append(zip(predicted, actual).map { abs($0 - $1) })
            if let teacher {
                columns.append(
                    contentsOf:
                        Self.errors(predicted, (0..<outputs.rows).map { teacher[$0, output] / unit }))
            }
        }
        let width = outputs.columns
        let perOutput = columns.count / max(1, width)
        let hasTeacher = teacher != nil
        return (
            [.r2, .mse, .mae] + (hasTeacher ? [.r2ToTeacher] : []), columns,
            { sums, weight in
                var means = [Double](repeating: 0, count: hasTeacher ? 4 : 3)
                for output in 0..<width {
                    let sums = Array(sums[output * perOutput..<(output + 1) * perOutput])
                    means[0] += determination(sums[0], sums[1], sums[2], weight)
                    let unit = Double(units[output])
                    means[1] += sums[0] / weight * unit * unit
                    means[2] += sums[3] / weight * unit
                    if hasTeacher { means[3] += determination(sums[4], sums[5], sums[6], weight) }
                }
                return means.map { $0 / Double(width) }
            }
        )
    }

    /// A power of two near the largest of the values' sizes, so that dividing by it rounds nothing.
    private static func unit(of values: some Sequence<Float>) -> Float {
        let largest = values.reduce(0) { max($0, abs($1)) }
        return largest.isNormal ? Float(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    }

    /// Squared errors, and the centred actual values and their squares that the total sum of squares needs. Centring keeps
    /// the difference of two large sums out of 32-bit numbers.
    private static func errors(_ predicted: [Float], _ actual: [Float]) -> [[Float]] {
        let mean = Float(actual.reduce(0.0) { $0 + Double($1) } / Double(max(1, actual.count)))
        let centred = actual.map { $0 - mean }
        return [zip(predicted, actual).map { ($0 - $1) * ($0 - $1) }, centred, centred.map { $0 * $0 }]
    }

    /// R² from the sums of squared errors, values and squared values; 0 where the values do not vary.
    private static func determination(_ errors: Double, _ sum: Double, _ squares: Double, _ weight: Double) -> Double {
        let total = squares - sum * sum / weight
        return total > 0 ? 1 - errors / total : 0
    }
}
