public import Compute
internal import Foundation

/// The answer of someone who knows nothing of a row, and in which figure a model has to be better: what students and teachers are held against to see whether they know
/// anything.
public struct Baseline: Hashable, Codable, Sendable {
    /// What is answered to every row, (task.width).
    public var answer: [Float]
    /// What that is, in words: "the classes' shares", "the mean".
    public var name: String
    /// The name of the metric in which a model has to beat it: log loss, squared error.
    public var metric: String
    /// The name of a figure with a bound that tells as well, for where a few rows make up most of the other: the Brier score beside log loss. Nil for none.
    public var bounded: String?

    /// The same answer to every row.
    ///
    /// - Parameters:
    ///   - answer: probabilities or values.
    ///   - name: what it is, in words that go behind "than always answering".
    ///   - metric: the figure in which a model has to be better.
    ///   - bounded: a figure with a bound that tells as well.
    public init(_ answer: [Float], name: String, beatenIn metric: Metric, or bounded: Metric? = nil) {
        // Files keep seven digits: with six the answer is the same when it is read again, and so is what is decided by it.
        self.answer = answer.map { Float(String(format: "%.6g", Double($0))) ?? $0 }
        (self.name, self.metric, self.bounded) = (name, metric.name, bounded?.name)
    }

    /// The answers to so many rows, (rows, task.width).
    public func answers(rows: Int) -> Matrix {
        Matrix(rows: rows, columns: answer.count, elements: (0..<rows).flatMap { _ in answer })
    }
}
