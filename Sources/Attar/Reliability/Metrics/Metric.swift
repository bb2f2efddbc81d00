/// A figure of merit under its name in JSON output. Open, so that metrics can be added.
public struct Metric: Hashable, Codable, Sendable, RawRepresentable {
    public let rawValue: String

    /// A metric of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Share of rows whose most probable class is the label.
    public static let accuracy = Metric(rawValue: "accuracy")
    /// Mean of −log p(label), natural logarithm, p at least 10⁻¹⁵.
    public static let logLoss = Metric(rawValue: "logLoss")
    /// Mean over rows of Σ over classes of (p − 1[label])², from 0 to 2 (Brier, 1950).
    public static let brier = Metric(rawValue: "brier")
    /// Σ over 15 equal-width bins of confidence of |accuracy − confidence|, weighted by the bin's share of rows
    /// (Guo et al., ICML 2017, equation 3).
    public static let expectedCalibrationError = Metric(rawValue: "expectedCalibrationError")
    /// The same as `expectedCalibrationError` over 15 bins with equally many rows each. Nguyen and O'Connor (EMNLP 2015).
    public static let adaptiveCalibrationError = Metric(rawValue: "adaptiveCalibrationError")
    /// Mean over the classes of the share of their rows that are answered rightly.
    public static let balancedAccuracy = Metric(rawValue: "balancedAccuracy")
    /// Mean over the classes of F1 = 2 · precision · recall / (precision + recall).
    public static let macroF1 = Metric(rawValue: "macroF1")
    /// Mean over the classes of the area under the ROC curve of each against all others.
    public static let auroc = Metric(rawValue: "auroc")
    /// 1 − residual sum of squares / total sum of squares, mean over the outputs.
    public static let r2 = Metric(rawValue: "r2")
    /// Mean squared error to the label, mean over the outputs.
    public static let mse = Metric(rawValue: "mse")
    /// Mean absolute error to the label, mean over the outputs.
    public static let mae = Metric(rawValue: "mae")
    /// Share of rows on which student and teacher name the same class.
    public static let agreement = Metric(rawValue: "agreement")
    /// Mean KL divergence from the teacher's probabilities to the student's, in nats.
    public static let klToTeacher = Metric(rawValue: "klToTeacher")
    /// Share of rows on which the teacher is right and the student wrong.
    public static let negativeFlips = Metric(rawValue: "negativeFlips")
    /// Share of rows on which student and teacher name different classes: 1 − agreement.
    public static let churn = Metric(rawValue: "churn")
    /// Mean over the classes or outputs of Spearman's rank correlation between the student's numbers and the teacher's.
    public static let rankCorrelation = Metric(rawValue: "rankCorrelation")
    /// R² with the teacher's values in the label's place.
    public static let r2ToTeacher = Metric(rawValue: "r2ToTeacher")
    /// Size of the artifact in bytes.
    public static let bytes = Metric(rawValue: "bytes")
    /// Median time to answer one row, encoding included, in microseconds.
    public static let latencyMicroseconds = Metric(rawValue: "latencyMicroseconds")

    /// Whether less is better.
    public var lowerIsBetter: Bool {
        ![
            .accuracy, .balancedAccuracy, .macroF1, .auroc, .r2, .agreement, .r2ToTeacher, .rankCorrelation,
        ].contains(self)
    }
}
