import Attar
import Compute

extension Target {
    /// What kind of task the target is of.
    var kind: TaskKind { task.form == .probabilities ? .classification : .regression }
}

extension RowStatistics {
    /// The statistics of answers against a target.
    init(outputs: Matrix, target: Target, teacher: Matrix?, weights: [Float]? = nil) {
        self = target.kind.judging.statistics(outputs, target.truth, teacher: teacher, weights: weights)
    }
}

extension JudgedRows {
    /// Rows whose target says what they ask.
    init(_ rows: Dataset, target: Target, answers: SideBySide<Matrix>, seed: UInt64) {
        self.init(
            Problem(task: target.task, rows: rows, truth: target.truth), of: target.kind, answers: answers, seed: seed)
    }
}

extension ScoredRows {
    /// Rows scored against a target.
    init(
        _ method: SetMethod, _ answers: Matrix, target: Target, weights: [Float]? = nil, features: Matrix? = nil,
        tree: ResidualTree? = nil, allowsEmpty: Bool = false, seed: UInt64
    ) throws {
        try self.init(
            method, answers, target.truth, of: target.task, weights: weights, features: features, tree: tree,
            allowsEmpty: allowsEmpty, seed: seed)
    }
}

extension Dataset {
    /// What rows with a target ask.
    func problem() throws -> Problem {
        guard let target else { throw AttarError(.invalidTarget, "\(source) has no target") }
        return try target.kind.posing.problem(self, answeredAs: nil)
    }
}
