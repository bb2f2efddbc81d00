package import Compute

/// Training rows with their encoder and the teacher's answers to them: what every transfer set of a run is cut from.
package struct TaughtRows {
    /// The training rows, and what they ask.
    let problem: Problem
    /// What encodes them; fitted on them and on nothing else.
    let encoder: FeatureEncoder
    /// The encoded rows, (rows, width).
    let features: Matrix
    /// The teacher's answers, out of fold where Attar trained it; probabilities or values, (rows, task.width).
    let answers: Matrix
    /// For each fold the answers that may be learned from when that fold is held out for validation: by teachers that have
    /// seen neither the row nor the fold.
    let answersHolding: [Matrix]
    /// Positions of the rows that are held out together.
    let folds: [[Int]]
    /// For each fold the teacher that has not seen it; a loaded teacher stands for all.
    let foldTeachers: [TeacherAnswers]
    /// The teacher itself.
    let teacher: TeacherAnswers
    /// Rows without labels, if given.
    let unlabeled: Dataset?
    /// The views in which networks see the rows, if they do, and the answers to them.
    let views: ViewAnswers?
    /// What students imitate of the teacher's hidden tensors.
    var hiddenTerms: [FeatureTerm] = []

    /// Training rows with the answers to them.
    ///
    /// - Precondition: everything is in the rows' order.
    package init(
        problem: Problem, encoder: FeatureEncoder, features: Matrix, answers: Matrix, answersHolding: [Matrix],
        folds: [[Int]],
        foldTeachers: [TeacherAnswers], teacher: TeacherAnswers, unlabeled: Dataset?,
        views: ViewAnswers? = nil
    ) {
        self.problem = problem
        self.encoder = encoder
        self.features = features
        self.answers = answers
        self.answersHolding = answersHolding
        self.folds = folds
        self.foldTeachers = foldTeachers
        self.teacher = teacher
        self.unlabeled = unlabeled
        self.views = views
    }

    /// What is to be answered.
    var task: LearningTask { teacher.task }
    /// What kind of task that is.
    var kind: TaskKind { teacher.kind }
    /// The training rows.
    var rows: Dataset { problem.rows }

    /// The transfer set that a plan makes of the training rows.
    ///
    /// - Parameters:
    ///   - fold: a fold that is held out, and that nobody who answers has seen; nil for all rows.
    ///   - seed: synthesised rows follow from it.
    package func transferSet(_ plan: TransferPlan, holdingOut fold: Int?, seed: UInt64) async throws -> TransferSet {
        let positions = fold.map(rowsOutside) ?? Array(0..<rows.count)
        let asked = fold.map { foldTeachers[$0] } ?? teacher
        var set = labelled(
            positions, answers: plan.isLabelsOnly ? nil : fold.map { answersHolding[$0] } ?? answers,
            views: try views?.transferViews(
                at: positions, holdingOut: fold, teacher: plan.isLabelsOnly ? nil : asked, encoder: encoder))
        let makers = plan.strategies.filter(\.synthesises)
        if !makers.isEmpty {
            let tokens = encoder.columns.filter { $0.vocabulary > 0 }.map { ($0.name, $0.vocabulary) }
            let synthesiser = RowSynthesiser(
                rows: rows.selecting(positions).with(target: .some(nil)), features: features.selecting(rows: positions),
                vocabularies: Dictionary(tokens) { first, _ in first })
            let count = Int((plan.synthesised * Double(positions.count)).rounded(.up))
            for maker in makers {
                let made = synthesiser.made(count, by: maker, seed: seed)
                set = set.appending(try await answered(made, by: asked, origin: .synthesised, like: set))
            }
        }
        if plan.strategies.contains(.unlabeled), let unlabeled {
            set = set.appending(try await answered(unlabeled, by: asked, origin: .unlabeled, like: set))
        }
        if !hiddenTerms.isEmpty, !plan.isLabelsOnly {
            set.hidden = try FeatureTeaching(hiddenTerms, of: asked.teacher)
        }
        return set
    }

    /// The rows of every fold but one, in order.
    private func rowsOutside(fold: Int) -> [Int] {
        let inside = Set(folds[fold])
        return (0..<rows.count).filter { !inside.contains($0) }
    }

    /// Training rows with their labels and, if given, the teacher's answers to all training rows.
    private func labelled(_ positions: [Int], answers: Matrix?, views: TransferViews?) -> TransferSet {
        let softTargets = answers.map { TeacherAnswers.softTargets($0.selecting(rows: positions), for: task) }
        return TransferSet(
            task: task, encoder: encoder, features: features.selecting(rows: positions), softTargets: softTargets,
            truth: problem.truth.selecting(positions),
            weights: rows.weights.map { weights in positions.map { weights[$0] } }, views: views)
    }

    /// Rows without labels with the teacher's answers; each weighs as much as a training row does on average.
    private func answered(
        _ unlabelled: Dataset, by teacher: TeacherAnswers, origin: RowOrigin, like set: TransferSet
    ) async throws -> TransferSet {
        let count = unlabelled.count
        let mean = set.weights.reduce(0, +) / Float(max(1, set.count))
        let outputs = try await teacher.outputs(for: unlabelled)
        return TransferSet(
            task: task, encoder: encoder, features: try encoder.encoded(unlabelled),
            softTargets: TeacherAnswers.softTargets(outputs, for: task),
            truth: set.truth.unknown(count),
            weights: [Float](repeating: mean, count: count), origins: [RowOrigin](repeating: origin, count: count))
    }
}

extension TransferSet {
    /// These rows with others of the same task and encoder after them.
    ///
    /// - Precondition: both have soft targets, or neither.
    func appending(_ other: TransferSet) -> TransferSet {
        let taught: Matrix? =
            switch (softTargets, other.softTargets) {
            case (let own?, let more?): own.appending(more)
            case (nil, nil): nil
            default: preconditionFailure("either both transfer sets have soft targets, or neither")
            }
        func allTrue(_ count: Int) -> [Bool] { [Bool](repeating: true, count: count) }
        return TransferSet(
            task: task, encoder: encoder, features: features.appending(other.features), softTargets: taught,
            known: known == nil && other.known == nil
                ? nil : (known ?? allTrue(count)) + (other.known ?? allTrue(other.count)),
            truth: truth.appending(other.truth),
            weights: weights + other.weights, origins: origins + other.origins)
    }
}
