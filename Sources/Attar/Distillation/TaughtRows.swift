package import Compute

/// Training rows with their encoder and the teacher's answers to them: what every transfer set of a run is cut from.
///
/// From here on it is the only place that asks the teacher. What was made up or asked once is remembered, so that a search that fits a hundred students makes and asks
/// about each set of rows once.
package struct TaughtRows: Sendable {
    /// The training rows, and what they ask.
    let problem: Problem
    /// What encodes them; fitted on them and on nothing else.
    let encoder: FeatureEncoder
    /// The encoded rows, (rows, width).
    let features: Matrix
    /// The teacher's answers, out of fold where Attar trained it: probabilities or values in the task's order.
    let answers: Answers
    /// For each fold the answers that may be learned from when that fold is held out for validation: by teachers that have
    /// seen neither the row nor the fold. Empty where these are the answers above.
    let answersHolding: [Matrix]
    /// Positions of the rows that are held out together.
    let folds: [[Int]]
    /// For each fold the teacher that has not seen it; empty where the teacher stands for all.
    let foldTeachers: [TeacherAnswers]
    /// The teacher itself.
    let teacher: TeacherAnswers
    /// Rows without labels, if given.
    let unlabeled: Dataset?
    /// The views in which networks see the rows, if they do, and the answers to them.
    let views: ViewAnswers?
    /// The kinds of data, which know how their columns are made up.
    let dataKinds: Registry<DataKind>
    /// What students imitate of the teacher's hidden tensors.
    var hiddenTerms: [FeatureTerm] = []
    /// The teacher as it turned out on samples of the rows, where it was run again.
    var reruns: [any Model] = []
    /// What was made up and asked already.
    private let memory = AnswerMemory()

    /// Training rows with the answers to them.
    ///
    /// - Precondition: everything is in the rows' order.
    package init(
        problem: Problem, encoder: FeatureEncoder, features: Matrix, answers: Answers, answersHolding: [Matrix],
        folds: [[Int]], foldTeachers: [TeacherAnswers], teacher: TeacherAnswers, unlabeled: Dataset?,
        views: ViewAnswers? = nil, dataKinds: Registry<DataKind> = Catalogue.standard.dataKinds
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
        self.dataKinds = dataKinds
    }

    /// What is to be answered.
    var task: LearningTask { teacher.task }
    /// What kind of task that is.
    var kind: TaskKind { teacher.kind }
    /// The training rows.
    var rows: Dataset { problem.rows }

    /// Who answers where a fold is held out.
    func teacher(holdingOut fold: Int?) -> TeacherAnswers {
        fold.flatMap { foldTeachers.indices.contains($0) ? foldTeachers[$0] : nil } ?? teacher
    }

    /// Where fits ask while they learn.
    ///
    /// - Parameter fold: the fold that is held out of the fit, and that nobody who answers has seen.
    package func desk(holdingOut fold: Int?) -> any Desk { TeacherDesk(self, holdingOut: fold, memory) }

    /// The transfer set that a plan makes of the training rows.
    ///
    /// - Parameters:
    ///   - fold: a fold that is held out, and that nobody who answers has seen; nil for all rows.
    ///   - seed: synthesised rows follow from it.
    package func transferSet(_ plan: TransferPlan, holdingOut fold: Int?, seed: UInt64) async throws -> TransferSet {
        let positions = fold.map(rowsOutside) ?? Array(0..<rows.count)
        let asked = teacher(holdingOut: fold)
        let known = fold.flatMap { answersHolding.indices.contains($0) ? Answers(answersHolding[$0], to: task) : nil }
        var set = labelled(
            positions, answers: plan.isLabelsOnly ? nil : known ?? answers,
            views: try views?.transferViews(
                at: positions, holdingOut: fold, teacher: plan.isLabelsOnly ? nil : asked, encoder: encoder))
        let makers = plan.strategies.filter(\.synthesises)
        let count = Int((plan.synthesised * Double(positions.count)).rounded(.up))
        let synthesiser = makers.isEmpty ? nil : synthesiser(positions)
        for maker in makers {
            let made = try await memory.rows(.made(by: maker, count: count, fold: fold, seed: seed)) {
                guard let synthesiser else { preconditionFailure("there are makers") }
                return try await answered(synthesiser.made(count, by: maker, seed: seed), by: asked)
            }
            set = set.appending(made, as: .synthesised)
        }
        if plan.strategies.contains(.unlabeled), let unlabeled {
            let key = AnswerMemory.Key.unlabeled(fold: foldTeachers.isEmpty ? nil : fold)
            set = set.appending(
                try await memory.rows(key) { try await answered(unlabeled, by: asked) }, as: .unlabeled)
        }
        if !hiddenTerms.isEmpty, !plan.isLabelsOnly {
            set.hidden = try FeatureTeaching(hiddenTerms, of: asked.teacher)
        }
        return set
    }

    /// Makes up rows out of some of the training rows.
    private func synthesiser(_ positions: [Int]) -> RowSynthesiser {
        let tokens = encoder.columns.filter { $0.vocabulary > 0 }.map { ($0.name, $0.vocabulary) }
        return RowSynthesiser(
            rows: rows.selecting(positions).with(target: .some(nil)),
            features: encoder.distanceFeatures(features.selecting(rows: positions)),
            vocabularies: Dictionary(tokens) { first, _ in first }, kinds: dataKinds)
    }

    /// The rows of every fold but one, in order.
    private func rowsOutside(fold: Int) -> [Int] {
        let inside = Set(folds[fold])
        return (0..<rows.count).filter { !inside.contains($0) }
    }

    /// Training rows with their labels and, if given, the teacher's answers to all training rows.
    private func labelled(_ positions: [Int], answers: Answers?, views: TransferViews?) -> TransferSet {
        let asked = answers?.selecting(rows: positions)
        return TransferSet(
            task: task, encoder: encoder, features: features.selecting(rows: positions),
            teaching: asked.map { TeacherAnswers.softTargets($0, for: task) }, known: asked?.known,
            truth: problem.truth.selecting(positions),
            weights: rows.weights.map { weights in positions.map { weights[$0] } }, views: views)
    }

    /// Rows without labels with the teacher's answers.
    private func answered(_ unlabelled: Dataset, by teacher: TeacherAnswers) async throws -> AnswerMemory.Rows {
        let (features, answers) = (try encoder.encoded(unlabelled), try await teacher.answers(to: unlabelled))
        // A row with neither label nor answer says nothing.
        let known = answers.knownRows
        let isWhole = known.count == answers.count
        return AnswerMemory.Rows(
            features: isWhole ? features : features.selecting(rows: known),
            teaching: TeacherAnswers.softTargets(isWhole ? answers : answers.selecting(rows: known), for: task))
    }
}

extension TransferSet {
    /// These rows with others after them that have no label; each of those weighs as much as one of these does on average.
    ///
    /// - Precondition: these have soft targets.
    fileprivate func appending(_ rows: AnswerMemory.Rows, as origin: RowOrigin) -> TransferSet {
        guard let teaching else { preconditionFailure("either all rows have soft targets, or none") }
        let count = rows.features.rows
        let mean = weights.reduce(0, +) / Float(max(1, self.count))
        return TransferSet(
            task: task, encoder: encoder, features: features.appending(rows.features),
            teaching: teaching.appending(rows.teaching, width: task.width),
            known: known.map { $0 + [Bool](repeating: true, count: count) },
            truth: truth.appending(truth.unknown(count)),
            weights: weights + [Float](repeating: mean, count: count),
            origins: origins + [RowOrigin](repeating: origin, count: count))
    }
}
