package import Compute

/// Rows with their truth, scored by how badly their answers fit it.
package struct ScoredRows: Sendable {
    /// Where the draws of scored rows come from.
    static let stream = "calibration"

    let method: SetMethod
    let task: LearningTask
    /// Of classes, each row's.
    let labels: [Int32]
    /// One a row.
    let weights: [Float]
    /// One list for classes; of values one an output, or with a tree one a pair of its levels.
    let scores: [[Double]]
    let tree: ResidualTree?
    /// Whether sets of classes can be empty.
    let allowsEmpty: Bool

    /// Scores answers by a method.
    ///
    /// - Parameters:
    ///   - answers: probabilities or values, (rows, task.width).
    ///   - weights: one a row; nil weighs all the same.
    ///   - features: the encoded rows, needed with a tree.
    ///   - tree: for `cqr`.
    ///   - allowsEmpty: whether sets of classes can be without the likeliest class, and empty.
    ///   - seed: draws follow from it.
    /// - Throws: `AttarError` (`invalidSetting`) where the method does not suit the task.
    package init(
        _ method: SetMethod, _ answers: Matrix, _ truth: Truth, of task: LearningTask, weights: [Float]? = nil,
        features: Matrix? = nil,
        tree: ResidualTree? = nil, allowsEmpty: Bool = false, seed: UInt64
    ) throws {
        try method.check(for: task, among: method == .tail && answers.columns == 1 ? [.tail] : nil)
        self.method = method
        self.allowsEmpty = allowsEmpty
        self.task = task
        labels = truth.labels
        self.weights = weights ?? [Float](repeating: 1, count: answers.rows)
        if task.form == .probabilities {
            self.tree = nil
            scores = [
                ClassScores(method, allowsEmpty: allowsEmpty).trueScores(
                    of: answers, labels: labels, draws: RowDraws(seed: seed, stream: Self.stream))
            ]
            return
        }
        guard method != .tail else {
            self.tree = nil
            scores = [answers.elements.map(Double.init)]
            return
        }
        let values = truth.values
        func residual(_ row: Int, _ output: Int) -> Double {
            Double(values[row, output]) - Double(answers[row, output])
        }
        guard method == .cqr else {
            self.tree = nil
            scores = (0..<answers.columns).map { output in (0..<answers.rows).map { abs(residual($0, output)) } }
            return
        }
        guard let tree, let features, answers.columns == 1 else {
            throw AttarError(
                .invalidSetting,
                "cqr needs out-of-fold residuals of at least \(ResidualTree.fewestRows) rows and a single value a row",
                remedy: "Use residual")
        }
        self.tree = tree
        scores = ResidualTree.coverages.indices.map { pair in
            (0..<answers.rows).map { row in
                let frame = tree.frame(of: features.row(row), pair: pair)
                let residual = residual(row, 0)
                return max(frame.low - residual, residual - frame.high)
            }
        }
    }
}
