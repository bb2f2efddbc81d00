public import Compute

/// What turns answers into sets of classes or intervals of values that hold the truth as often as is asked: scores of rows that the model has
/// not learned from, in order, from which a threshold for any coverage is read.
public struct PredictionSets: Hashable, Sendable {
    /// How sets are made.
    public let method: SetMethod
    /// What is answered.
    public let task: LearningTask
    /// Rows that the thresholds stand on.
    public let rows: Int
    /// Random draws follow from it.
    public let seed: UInt64
    /// For classes one, or one a class; of intervals one an output, or with a tree one a pair of its levels.
    package let quantiles: [ScoreQuantiles]
    /// Where intervals are as wide as a row needs.
    package let tree: ResidualTree?
    /// Whether a set of classes can be empty; else it holds the likeliest class at least.
    public let allowsEmpty: Bool

    package init(
        _ method: SetMethod, task: LearningTask, rows: Int, seed: UInt64, quantiles: [ScoreQuantiles],
        tree: ResidualTree?, allowsEmpty: Bool
    ) {
        self.allowsEmpty = allowsEmpty
        (self.method, self.task, self.rows, self.seed) = (method, task, rows, seed)
        (self.quantiles, self.tree) = (quantiles, tree)
    }

    /// The thresholds of one coverage: for classes one a class, of intervals one an output.
    package func thresholds(coverage: Double) -> [Double] {
        if task.form == .probabilities, !method.isByClass {
            return [Double](repeating: quantiles[0].threshold(coverage: coverage), count: task.width)
        }
        if tree != nil { return [quantiles[ResidualTree.pair(for: coverage)].threshold(coverage: coverage)] }
        return quantiles.map { $0.threshold(coverage: coverage) }
    }

    /// The share of rows like those that thresholds stand on with a score as high or higher, the row itself among them: (1 + rows with such a score) / (1 + rows). A further row,
    /// drawn like them, has one of at most p with a probability of at most p.
    ///
    /// - Precondition: the method is `tail`.
    public func pValue(of score: Float) -> Double {
        precondition(method == .tail, "scores by themselves")
        return quantiles[0].shareAtLeast(Double(score))
    }

    /// What cannot be promised at a coverage on so few rows, as a sentence with the rows that it takes; nil where all can.
    public func shortage(coverage: Double) -> String? {
        let infinite = thresholds(coverage: coverage).enumerated().filter { $0.element == .infinity }.map(\.offset)
        guard !infinite.isEmpty else { return nil }
        let needed = ScoreQuantiles.rowsNeeded(coverage: coverage)
        let percent = Self.percent(coverage)
        if method.isByClass {
            let names = infinite.prefix(6).map { "'\(task.names[$0])' (\(quantiles[$0].rows))" }
            return
                "at a coverage of \(percent) each class needs \(needed) calibration rows, and these have fewer: "
                + names.joined(separator: ", ") + (infinite.count > 6 ? ", …" : "") + "; every set holds them"
        }
        return "a coverage of \(percent) needs \(needed) calibration rows, and there are \(rows)"
            + (task.form == .probabilities ? "; every set holds all classes" : "")
    }

    /// A share in percent, with as many digits as it has.
    package static func percent(_ share: Double) -> String {
        let rounded = (share * 1e6).rounded() / 1e4
        return (rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)") + " %"
    }

    /// For each row the classes that are likely enough, in the order of the task's.
    ///
    /// - Parameters:
    ///   - probabilities: (rows, classes).
    ///   - identifiers: a number a row, from which the row's draw follows.
    public func sets(of probabilities: Answers, identifiers: [Int], coverage: Double) -> [[Int]] {
        sets(
            of: probabilities, identifiers: identifiers, coverage: coverage, draws: RowDraws(seed: seed, stream: "sets")
        )
    }

    /// The same with given draws.
    package func sets(of probabilities: Answers, identifiers: [Int], coverage: Double, draws: RowDraws) -> [[Int]] {
        let matrix = probabilities.matrix
        let limits = thresholds(coverage: coverage)
        let scores = ClassScores(method, allowsEmpty: allowsEmpty)
        return (0..<matrix.rows).map { row in
            let own = scores.scores(of: matrix.row(row), draw: draws[identifiers[row]])
            return own.indices.filter { own[$0] <= limits[$0] }
        }
    }

    /// The ends of each row's interval, (rows, outputs) each, rounded outwards to 32-bit floats.
    ///
    /// - Parameters:
    ///   - values: predictions, (rows, outputs).
    ///   - features: the encoded rows, (rows, width).
    public func intervals(around values: Answers, features: Matrix, coverage: Double) -> (low: Matrix, high: Matrix) {
        let limits = thresholds(coverage: coverage)
        let pair = ResidualTree.pair(for: coverage)
        var (low, high) = (values.matrix, values.matrix)
        for row in 0..<low.rows {
            let frame = tree?.frame(of: features.row(row), pair: pair) ?? (low: 0, high: 0)
            for output in 0..<low.columns {
                let value = Double(values.matrix[row, output])
                let ends = (value + frame.low - limits[output], value + frame.high + limits[output])
                // A negative threshold may turn a narrow frame inside out.
                low[row, output] = Self.below(min(ends.0, ends.1))
                high[row, output] = -Self.below(-max(ends.0, ends.1))
            }
        }
        return (low, high)
    }

    private static func below(_ value: Double) -> Float {
        let nearest = Float(value)
        return Double(nearest) > value ? nearest.nextDown : nearest
    }
}
