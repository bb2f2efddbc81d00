package import Compute

/// Test rows with the answers of all models to them: what evidence is measured on. Each model has been asked once.
package struct JudgedRows: Sendable {
    /// What kind of task it is.
    package let kind: TaskKind
    /// What the rows ask; no model has learned from them.
    package let problem: Problem
    /// How much each row counts.
    package let weights: [Float]
    /// Probabilities or values, (rows, task.width).
    package let answers: SideBySide<Matrix>
    /// Resampling, splits and draws follow from it.
    package let seed: UInt64
    /// How much further figures of the rows may be off than independent rows tell.
    package let dependence: FoldDependence
    /// The kinds of data, which know how columns are corrupted, parted and shown.
    package let dataKinds: Registry<DataKind>

    /// - Precondition: all answers have a row for each of the rows.
    package init(
        _ problem: Problem, of kind: TaskKind, answers: SideBySide<Matrix>, seed: UInt64,
        dependence: FoldDependence = .none, dataKinds: Registry<DataKind> = Catalogue.standard.dataKinds
    ) {
        precondition(answers.all.allSatisfy { $0.rows == problem.rows.count }, "an answer a row")
        self.kind = kind
        self.problem = problem
        weights = problem.rows.weights ?? [Float](repeating: 1, count: problem.rows.count)
        self.answers = answers
        self.seed = seed
        self.dependence = dependence
        self.dataKinds = dataKinds
    }

    /// Whether each row was answered by a student that learned from the other parts of the rows.
    package var isCrossFitted: Bool { dependence != .none }
    /// The rows.
    package var rows: Dataset { problem.rows }
    /// What is right, one a row.
    package var truth: Truth { problem.truth }
    /// What is right, or stands for it where nothing is known to be: the teacher's answers, where they are followed.
    package var followedTruth: Truth {
        guard truth == .none, kind.judging.followsTeacher, let teacher = answers.teacher else { return truth }
        return kind.judging.followed(teacher)
    }
    /// The kind of task and the classes or outputs.
    package var task: LearningTask { problem.task }

    /// One model's figure on some of the rows, as evidence shows it.
    ///
    /// - Parameters:
    ///   - metric: the figure.
    ///   - answers: its answers to these rows.
    ///   - positions: which rows; nil for all.
    ///   - teacher: the teacher's answers to the same rows, for figures about it.
    package func figure(
        _ metric: Metric, of answers: Matrix, at positions: [Int]? = nil, teacher: Matrix? = nil
    ) -> Double {
        let own = positions.map { rows in rows.map { weights[$0] } } ?? weights
        let right = positions.map { truth.selecting($0) } ?? truth
        let plain = kind.judging.statistics(answers, right, teacher: teacher, weights: nil)
        // Figures that stand on ranks take longer, and most are none.
        return plain.metrics.contains(metric)
            ? plain.shown(metric, weights: own)
            : kind.judging.statistics(answers, right, teacher: teacher, weights: own).shown(metric, weights: own)
    }

    /// Each row's loss.
    package func losses(_ answers: Matrix) -> RowLosses {
        kind.judging.losses(answers, truth, teacher: self.answers.teacher)
    }
}
