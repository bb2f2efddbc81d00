internal import Foundation

/// How a metric is named and its figures are written for people: on the terminal and in reports alike.
public struct MetricText: Sendable {
    /// The metric.
    public let metric: Metric

    /// The texts of a metric.
    public init(_ metric: Metric) { self.metric = metric }

    /// The order in which metrics are listed.
    public static let order: [Metric] = [
        .accuracy, .balancedAccuracy, .macroF1, .auroc, .r2, .logLoss, .mse, .mae, .brier, .expectedCalibrationError,
        .adaptiveCalibrationError, .agreement, .churn, .r2ToTeacher, .rankCorrelation, .klToTeacher, .negativeFlips,
        .bytes, .latencyMicroseconds,
    ]

    /// The metric's name in words.
    public var label: String {
        switch metric {
        case .r2: "R²"
        case .logLoss: "log loss"
        case .mse: "mean squared error"
        case .mae: "mean absolute error"
        case .brier: "Brier score"
        case .expectedCalibrationError: "calibration error"
        case .adaptiveCalibrationError: "the same, equal bins"
        case .balancedAccuracy: "balanced accuracy"
        case .macroF1: "macro F1"
        case .auroc: "area under ROC"
        case .rankCorrelation: "rank correlation"
        case .agreement: "agrees with teacher"
        case .r2ToTeacher: "R² to teacher"
        case .klToTeacher: "KL to teacher"
        case .negativeFlips: "negative flips"
        case .bytes: "size"
        case .latencyMicroseconds: "time a row"
        default: metric.rawValue
        }
    }

    /// A figure in the metric's usual unit: shares in percent, sizes in bytes, times in microseconds.
    public func figure(_ value: Double) -> String {
        switch metric {
        case .accuracy, .balancedAccuracy, .agreement, .churn, .negativeFlips: "\((100 * value).formatted(digits: 1)) %"
        case .bytes:
            value < 100_000
                ? "\((value / 1_000).formatted(digits: 1)) KB" : "\((value / 1_000_000).formatted(digits: 2)) MB"
        case .latencyMicroseconds: "\(value.formatted(digits: value < 10 ? 2 : 0)) µs"
        case .mse where Self.isExtreme(value), .mae where Self.isExtreme(value): Self.scientific(value)
        case .mse, .mae: value.formatted(digits: abs(value) >= 100 ? 0 : abs(value) >= 1 ? 2 : 4)
        default: value.formatted(digits: 3)
        }
    }

    /// Whether a number has too many zeros to be read.
    private static func isExtreme(_ value: Double) -> Bool { value != 0 && !(1e-3..<1e7).contains(abs(value)) }

    /// Three digits and a power of ten, as "1.23e−12".
    private static func scientific(_ value: Double) -> String {
        let exponent = Int(log10(abs(value)).rounded(.down))
        return "\((value / pow(10, Double(exponent))).formatted(digits: 2))e\(exponent)"
            .replacingOccurrences(of: "e-", with: "e−")
    }

    /// A figure with its interval, or a dash where there is none.
    public func interval(_ estimate: Estimate?) -> String {
        guard let estimate else { return "–" }
        let exact = metric == .bytes || metric == .latencyMicroseconds
        return exact
            ? figure(estimate.value) : "\(figure(estimate.value)) (\(figure(estimate.low)) to \(figure(estimate.high)))"
    }
}
