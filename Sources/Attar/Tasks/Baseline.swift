public import Compute
internal import Foundation

/// The answer of someone who knows nothing of a row, or the simplest one that looks at it, and in which figure a model has to be better: what students and teachers are held
/// against to see whether they know anything.
public struct Baseline: Hashable, Codable, Sendable {
    /// What is answered to every row, (task.width).
    public var answer: [Float]
    /// What that is, in words: "the classes' shares", "the mean".
    public var name: String
    /// The name of the metric in which a model has to beat it: log loss, squared error.
    public var metric: String
    /// The name of a figure with a bound that tells as well, for where a few rows make up most of the other: the Brier score beside log loss. Nil for none.
    public var bounded: String?
    /// What the simplest answer that looks at a row is made from; nil where the same is answered to every row.
    public var centroids: Centroids?
    /// Whether it answers with how far a row lies from the mean of the training rows, in standard deviations; nil for no.
    public var distance: Bool?

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

    /// Whether it looks at the rows: it is then no measure of knowing nothing, but of what takes no student.
    public var looksAtRows: Bool { centroids != nil || distance == true }

    /// How it answers, in words: "always answers the mean".
    public var answersInWords: String { "\(looksAtRows ? "answers with" : "always answers") \(name)" }

    /// The same as a gerund: "always answering the mean".
    var answeringInWords: String { "\(looksAtRows ? "answering with" : "always answering") \(name)" }

    /// The answers to rows of the given features, by which rows are near or far; (rows, task.width).
    public func answers(to features: Matrix) -> Matrix {
        if distance == true {
            // Features are scaled to the training rows' mean and deviation.
            return Matrix(
                rows: features.rows, columns: 1,
                elements: features.squaredLengths().map { $0.squareRoot() })
        }
        return centroids?.answers(to: features) ?? answers(rows: features.rows)
    }

    /// The same answer to so many rows, (rows, task.width).
    public func answers(rows: Int) -> Matrix {
        Matrix(rows: rows, columns: answer.count, elements: (0..<rows).flatMap { _ in answer })
    }
}
