extension Metric {
    /// Every metric that Attar measures, in the order in which they are listed.
    public static let all: [Metric] = [
        .accuracy, .balancedAccuracy, .macroF1, .matthews, .auroc, .averagePrecision, .cost, .r2, .spearman,
        .adjustedRandIndex, .adjustedMutualInformation, .vMeasure, .noiseF1, .costRatio, .silhouette, .logLoss,
        .mse,
        .mae, .brier, .expectedCalibrationError, .adaptiveCalibrationError, .agreement, .churn, .r2ToTeacher,
        .rankCorrelation, .precisionAtTop1, .precisionAtTop5, .overlapAtTop1, .overlapAtTop5, .falseAlarmRate,
        .klToTeacher, .negativeFlips, .bytes, .latencyMicroseconds, .sentencesPerSecond,
    ]

    private static let share = 0.0...1.0
    private static let anyPositive = 0.0...Double.infinity

    // MARK: Of classes

    /// Share of rows whose most probable class is the label.
    public static let accuracy = Metric(
        "accuracy", .higherIsBetter, in: share, unit: .share, aliases: ["acc"], cardType: "accuracy")
    /// Mean over rows of what their answers cost, by the costs that answers go by.
    public static let cost = Metric("cost", label: "mean cost", .lowerIsBetter, in: anyPositive)
    /// Mean over the classes of the share of their rows that are answered rightly.
    public static let balancedAccuracy = Metric(
        "balancedAccuracy", label: "balanced accuracy", .higherIsBetter, in: share, unit: .share)
    /// Mean over the classes of F1 = 2 · precision · recall / (precision + recall).
    public static let macroF1 = Metric(
        "macroF1", label: "macro F1", .higherIsBetter, in: share, aliases: ["f1"], cardType: "f1")
    /// Correlation of answers and labels, 0 for answers that know nothing and 1 for the labels themselves (Matthews, 1975; Gorodkin, 2004).
    public static let matthews = Metric(
        "matthews", label: "Matthews correlation", .higherIsBetter, in: -1...1, aliases: ["mcc"],
        cardType: "matthews_correlation")
    /// Average precision, the area under the curve of precision over recall: of two classes that of the rarer one, of more the mean over the classes.
    public static let averagePrecision = Metric(
        "averagePrecision", label: "average precision", .higherIsBetter, in: share, aliases: ["ap", "prauc"])
    /// Mean over the classes of the area under the ROC curve of each against all others.
    public static let auroc = Metric(
        "auroc", label: "area under ROC", .higherIsBetter, in: share, aliases: ["auc"], cardType: "roc_auc")
    /// Mean of −log p(label), natural logarithm, p at least 10⁻¹⁵.
    public static let logLoss = Metric("logLoss", label: "log loss", .lowerIsBetter, in: anyPositive)
    /// Mean over rows of Σ over classes of (p − 1[label])², from 0 to 2 (Brier, 1950).
    public static let brier = Metric(
        "brier", label: "Brier score", .lowerIsBetter, in: 0...2, cardType: "brier_score")
    /// Σ over 15 equal-width bins of confidence of |accuracy − confidence|, weighted by the bin's share of rows
    /// (Guo et al., ICML 2017, equation 3).
    public static let expectedCalibrationError = Metric(
        "expectedCalibrationError", label: "calibration error", .lowerIsBetter, in: share,
        aliases: ["ece", "calibration"], cardType: "expected_calibration_error")
    /// The same as `expectedCalibrationError` over 15 bins with equally many rows each. Nguyen and O'Connor (EMNLP 2015).
    public static let adaptiveCalibrationError = Metric(
        "adaptiveCalibrationError", label: "calibration error, equal bins", .lowerIsBetter, in: share, aliases: ["ace"])

    // MARK: Of values

    /// 1 − residual sum of squares / total sum of squares, mean over the outputs.
    public static let r2 = Metric(
        "r2", label: "R²", .higherIsBetter, in: -.infinity...1, cardType: "r_squared")
    /// Mean squared error to the label, mean over the outputs.
    public static let mse = Metric(
        "mse", label: "mean squared error", .lowerIsBetter, in: anyPositive, unit: .error, cardType: "mse")
    /// Mean absolute error to the label, mean over the outputs.
    public static let mae = Metric(
        "mae", label: "mean absolute error", .lowerIsBetter, in: anyPositive, unit: .error, cardType: "mae")

    // MARK: Of what is alike

    /// Spearman's rank correlation between the student's and the teacher's similarities (cosines) of all pairs of rows.
    public static let spearman = Metric(
        "spearman", label: "correlation of similarities", .higherIsBetter, in: -1...1, isToTeacher: true,
        cardType: "spearmanr")

    // MARK: To the teacher

    /// Share of rows on which student and teacher name the same class.
    public static let agreement = Metric(
        "agreement", label: "agrees with teacher", .higherIsBetter, in: share, unit: .share, aliases: ["fidelity"],
        isToTeacher: true, cardType: "agreement")
    /// Share of rows on which student and teacher name different classes: 1 − agreement.
    public static let churn = Metric("churn", .lowerIsBetter, in: share, unit: .share, isToTeacher: true)
    /// Mean KL divergence from the teacher's probabilities to the student's, in nats.
    public static let klToTeacher = Metric(
        "klToTeacher", label: "KL to teacher", .lowerIsBetter, in: anyPositive, aliases: ["kl"], isToTeacher: true)
    /// Share of rows on which the teacher is right and the student wrong.
    public static let negativeFlips = Metric(
        "negativeFlips", label: "negative flips", .lowerIsBetter, in: share, unit: .share, aliases: ["flips"],
        isToTeacher: true)
    /// Mean over the classes or outputs of Spearman's rank correlation between the student's numbers and the teacher's.
    public static let rankCorrelation = Metric(
        "rankCorrelation", label: "rank correlation to teacher", .higherIsBetter, in: -1...1, aliases: ["spearman"],
        isToTeacher: true)
    /// R² with the teacher's values in the label's place.
    public static let r2ToTeacher = Metric(
        "r2ToTeacher", label: "R² to teacher", .higherIsBetter, in: -.infinity...1, isToTeacher: true,
        cardType: "r2_to_teacher")

    // MARK: What a model costs

    /// Size of the artifact in bytes.
    public static let bytes = Metric(
        "bytes", label: "size", .lowerIsBetter, in: anyPositive, unit: .bytes, aliases: ["size"])
    /// Median time to answer one row, encoding included, in microseconds.
    public static let latencyMicroseconds = Metric(
        "latencyMicroseconds", label: "time a row", .lowerIsBetter, in: anyPositive, unit: .microseconds,
        aliases: ["latency"])
    /// Sentences that are answered in a second on one thread, cutting into tokens included.
    public static let sentencesPerSecond = Metric(
        "sentencesPerSecond", label: "sentences a second", .higherIsBetter, in: anyPositive, unit: .count,
        aliases: ["speed"])
}
