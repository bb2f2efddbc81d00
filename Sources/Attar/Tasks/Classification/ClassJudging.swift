public import Compute

/// Answers of classes are judged by how often they are right, by their probabilities, and by how far these are the teacher's.
public struct ClassJudging: Judging {
    /// Which class is answered; nil for the likeliest.
    private let rule: AnswerRule?

    /// The judging of classes.
    ///
    /// - Parameter rule: which class is answered; nil for the likeliest.
    public init(by rule: AnswerRule? = nil) { self.rule = rule }

    public var metrics: MetricSet {
        MetricSet(
            main: .accuracy, second: .logLoss, fidelity: .agreement, divergence: .klToTeacher, row: .accuracy,
            others: [
                rule?.hasCosts == true ? .cost : nil, .balancedAccuracy, .macroF1, .matthews, .auroc, .averagePrecision,
                .brier, .expectedCalibrationError,
                .adaptiveCalibrationError,
                .churn, .rankCorrelation, .klToTeacher, .negativeFlips,
            ].compactMap { $0 },
            bySeed: [.accuracy, .logLoss, .agreement, .negativeFlips])
    }

    public var evidence: [String] { EvidencePart.labelled.map(\.name) }

    public func statistics(
        _ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?
    ) -> RowStatistics {
        RowStatistics(classes: answers, truth.labels, teacher: teacher, weights: weights, by: rule)
    }

    public func answers(_ answers: Matrix) -> [Int32]? { named(answers) }

    public func deciding(by rule: AnswerRule?) -> any Judging { ClassJudging(by: rule) }

    private func named(_ answers: Matrix) -> [Int32] { rule?.answers(answers) ?? answers.argmax() }

    public var lossKind: RowLosses.Kind { .mistakes }

    /// 0 where the class that is answered is the label, else 1.
    public func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        RowLosses(lossKind, zip(named(answers), truth.labels).map { $0 == $1 ? 0 : 1 })
    }

    /// Brier scores: unlike log losses they have a bound, so that a teacher's few answers that are wrong beyond doubt do not outweigh all others.
    public func properLosses(_ answers: Matrix, _ truth: Truth) -> [Float]? {
        ProperLosses.of(answers, to: truth).map { Float($0) }
    }

    public func parts(of metric: Metric, _ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> [Double]? {
        switch metric {
        case .accuracy: losses(answers, truth, teacher: nil).values.map(Double.init)
        case .logLoss:
            truth.labels.enumerated().map { row, label in
                -Double(Float.log(max(RowStatistics.lowestProbability, answers[row, Int(label)])))
            }
        case .agreement: teacher.map { zip(named(answers), named($0)).map { $0 == $1 ? 0 : 1 } }
        default: nil
        }
    }

    /// The mean of accuracy and agreement with the teacher.
    public func score(_ figures: [Metric: Double]) -> Double {
        ((figures[.accuracy] ?? 0) + (figures[.agreement] ?? 0)) / 2
    }

    /// The classes' shares.
    public func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline? {
        var shares = [Double](repeating: 0, count: task.width)
        for (row, label) in truth.labels.enumerated() where label >= 0 {
            shares[Int(label)] += Double(weights?[row] ?? 1)
        }
        let total = shares.reduce(0, +)
        guard total > 0 else { return nil }
        return Baseline(shares.map { Float($0 / total) }, name: "the classes' shares", beatenIn: .logLoss, or: .brier)
    }

    public var ranking: Ranking { .classes }

    /// A class that so many rows have is nearly always the right answer: accuracy then tells little of the others.
    private static let mostFrequent: Float = 0.8

    /// The average precision where one class outweighs all others.
    public func usualMetric(_ baseline: Baseline) -> Metric? {
        (baseline.answer.max() ?? 0) >= Self.mostFrequent ? .averagePrecision : nil
    }
}
