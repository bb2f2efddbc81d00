public import Compute

/// Answers of values are judged by how much of the labels' variance they explain, and of the teacher's.
public struct ValueJudging: Judging {
    /// The judging of values.
    public init() {}

    public var metrics: MetricSet {
        MetricSet(
            main: .r2, second: .mse, fidelity: .r2ToTeacher, row: .mse, others: [.mae, .rankCorrelation],
            bySeed: [.r2, .mse, .r2ToTeacher])
    }

    public var evidence: [String] { EvidencePart.labelled.map(\.name) }

    public func statistics(
        _ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?
    ) -> RowStatistics {
        RowStatistics(values: answers, truth.values, teacher: teacher, weights: weights)
    }

    public var lossKind: RowLosses.Kind { .sizes }

    /// Squared errors, the mean over the outputs.
    public func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        let values = truth.values
        let largest = values.elements.reduce(0) { max($0, abs($1)) }
        let unit = largest.isNormal ? Float(sign: .plus, exponent: largest.exponent, significand: 1) : 1
        let squares = (0..<answers.rows).map { row in
            (0..<answers.columns).reduce(Float(0)) { sum, output in
                let difference = answers[row, output] / unit - values[row, output] / unit
                let error = min(1e15, max(-1e15, difference))
                return sum + error * error / Float(answers.columns)
            }
        }
        return RowLosses(lossKind, squares, scale: Double(unit) * Double(unit))
    }

    public func parts(of metric: Metric, _ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> [Double]? {
        guard metric == .r2 || metric == .mse else { return nil }
        let losses = losses(answers, truth, teacher: nil)
        return losses.values.map { losses.scale * Double($0) }
    }

    /// R².
    public func score(_ figures: [Metric: Double]) -> Double { figures[.r2] ?? 0 }

    /// The mean of each output, or its median where tails are heavy.
    public func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline? {
        Baseline(values: truth, weights: weights)
    }

    public var ranking: Ranking { .values }
}
