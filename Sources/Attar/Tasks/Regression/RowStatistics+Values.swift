public import Compute

extension RowStatistics {
    /// R², squared and absolute errors, and how far the teacher's values are met.
    ///
    /// - Parameters:
    ///   - outputs: values, (rows, outputs).
    ///   - values: those that are right, of the same shape.
    ///   - teacher: the teacher's, of the same shape; nil where there is none, or this is the teacher.
    ///   - weights: how much each row counts, for metrics that stand on ranks; nil leaves those out.
    public init(values outputs: Matrix, _ values: Matrix, teacher: Matrix?, weights: [Float]? = nil) {
        self.init(Self.parts(values: outputs, values, teacher, weights), rows: outputs.rows)
    }

    private static func parts(
        values outputs: Matrix, _ values: Matrix, _ teacher: Matrix?, _ weights: [Float]?
    ) -> Parts {
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
        let ranks = teacher.flatMap { teacher in
            weights.flatMap { RankStatistics.rankCorrelation(outputs, teacher, weights: $0) }
        }
        if let ranks { columns.append(ranks.influence) }
        var parts = Parts(
            metrics: [.r2, .mse, .mae] + (hasTeacher ? [.r2ToTeacher] : []) + (ranks == nil ? [] : [.rankCorrelation]),
            columns: columns,
            combine: { sums, weight in
                var means = [Double](repeating: 0, count: hasTeacher ? 4 : 3)
                for output in 0..<width {
                    let sums = Array(sums[output * perOutput..<(output + 1) * perOutput])
                    means[0] += determination(sums[0], sums[1], sums[2], weight)
                    let unit = Double(units[output])
                    means[1] += sums[0] / weight * unit * unit
                    means[2] += sums[3] / weight * unit
                    if hasTeacher { means[3] += determination(sums[4], sums[5], sums[6], weight) }
                }
                var figures = means.map { $0 / Double(width) }
                if let ranks { figures.append(min(1, max(-1, ranks.value + sums[sums.count - 1] / weight))) }
                return figures
            }
        )
        parts.intervals = [
            .r2: .mean, .mse: .mean, .mae: .mean, .r2ToTeacher: .mean, .rankCorrelation: .correlation,
        ]
        return parts
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
