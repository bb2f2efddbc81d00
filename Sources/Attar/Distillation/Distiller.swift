internal import Compute

/// Trains a student on a teacher's answers and the labels, and measures what that gained.
///
/// The test rows are split off first and asked once, at the end. Everything is chosen on folds of the training rows.
public struct Distiller: Sendable {
    /// The configuration of the run.
    public let recipe: Recipe
    /// Where fits keep how far they are, so that a run that was killed goes on; nil for nowhere.
    public let checkpoints: CheckpointFolder?

    /// A distiller that follows a recipe.
    public init(_ recipe: Recipe, checkpoints: CheckpointFolder? = nil) {
        self.recipe = recipe
        self.checkpoints = checkpoints
    }

    /// Trains the teacher on the training rows, then distils it: its answers to its own training rows are out of fold.
    ///
    /// - Parameters:
    ///   - teacher: the configuration of the teacher.
    ///   - dataset: labelled rows.
    ///   - test: labelled rows to test on; nil splits `recipe.testFraction` off the data set.
    ///   - unlabeled: more rows without labels, for the teacher to label.
    ///   - progress: told how far the run is; may stop it.
    /// - Throws: `AttarError`: `invalidSetting`, `invalidTarget`, `unusableTeacher`, `diverged`, `stopped`.
    public func distilled(
        training teacher: any Estimator, on dataset: Dataset, test: Dataset? = nil, unlabeled: Dataset? = nil,
        progress: @escaping ProgressHandler = { _ in .more }
    ) async throws -> Distillation {
        try recipe.validateFoldsForTraining()
        let run = try DistillationRun(
            recipe, dataset: dataset, test: test, unlabeled: unlabeled, checkpoints: checkpoints, progress: progress)
        try run.checkFeatures(
            (teacher as? any NetworkFitting)?.graph(for: run.encoder, outputs: run.task.width, isTraining: false),
            named: recipe.teacher)
        let rows = try run.labelledTrainingRows()
        let context = FittingContext(
            loss: .labelsOnly(run.task.form), seed: recipe.seed, threads: run.threads, progress: progress,
            checkpoints: checkpoints)
        let trained = try OutOfFold(
            teacher, on: rows, folds: run.folds, views: recipe.augment == nil || recipe.views == 0 ? nil : recipe.views,
            choosing: recipe.holdsPairsOut, context: context)
        return try await run.distilled(
            TaughtRows(
                problem: run.problem, encoder: run.encoder, features: rows.features, answers: trained.answers,
                answersHolding: recipe.holdsPairsOut ? trained.answersHolding : run.folds.map { _ in trained.answers },
                folds: run.folds,
                foldTeachers: try trained.foldTeachers.map {
                    try TeacherAnswers(ModelTeacher($0), for: run.task, of: run.kind)
                },
                teacher: try TeacherAnswers(ModelTeacher(trained.teacher), for: run.task, of: run.kind),
                unlabeled: unlabeled,
                views: recipe.views == 0
                    ? rows.views.map { ViewAnswers($0.pictures, mixing: $0.mixing) } : trained.views),
            notes: ["The teacher's answers to training rows are out of fold (\(recipe.folds) folds)."])
    }

    /// Distils a teacher that exists already. It is asked directly, so its answers may be in-sample.
    ///
    /// - Parameters:
    ///   - teacher: who is asked.
    ///   - dataset: labelled rows.
    ///   - test: labelled rows to test on; nil splits `recipe.testFraction` off the data set.
    ///   - unlabeled: more rows without labels, for the teacher to label.
    ///   - progress: told how far the run is; may stop it.
    /// - Throws: `AttarError`: `invalidSetting`, `invalidTarget`, `unusableTeacher`, `diverged`, `stopped`.
    public func distilled(
        from teacher: any Teacher, on dataset: Dataset, test: Dataset? = nil, unlabeled: Dataset? = nil,
        progress: @escaping ProgressHandler = { _ in .more }
    ) async throws -> Distillation {
        let run = try DistillationRun(
            recipe, dataset: dataset, test: test, unlabeled: unlabeled, checkpoints: checkpoints, progress: progress)
        _ = try TeacherAnswers(teacher, for: run.task, of: run.kind)
        try report(
            RunProgress(phase: "asking the teacher", completed: 0, total: run.training.count, unit: "rows"),
            to: progress)
        let teacher = try await teacher.readyToTeach(run.training)
        let asked = try TeacherAnswers(teacher, for: run.task, of: run.kind)
        let network = teacher.model?.uncalibrated as? any TappableModel
        try run.checkFeatures(network?.network.graph, named: recipe.teacherName)
        if !recipe.features.isEmpty, recipe.stages.isEmpty { _ = try network?.encoder.rescaling(from: run.encoder) }
        if let file = teacher as? PredictionsFile { try file.check(run, unlabeled: unlabeled) }
        let answers = try await asked.outputs(for: run.training)
        let mixing = try recipe.augmentation()?.mixing
        let views = try await run.pictureViews().asyncMap {
            recipe.views == 0
                ? ViewAnswers($0, mixing: mixing)
                : try await ViewAnswers(
                    $0.with(count: recipe.views), mixing: mixing, of: run.training, by: asked, progress: progress)
        }
        return try await run.distilled(
            TaughtRows(
                problem: run.problem, encoder: run.encoder, features: try run.labelledTrainingRows().features,
                answers: answers, answersHolding: run.folds.map { _ in answers }, folds: run.folds,
                foldTeachers: run.folds.map { _ in asked }, teacher: asked,
                unlabeled: unlabeled, views: views),
            notes: [
                "The teacher was asked directly: if it was trained on these rows, its answers to them are in-sample, and its "
                    + "figures on test rows that it has seen are too good."
            ] + teacher.answerNotes.map { "\($0)." })
    }
}

extension PredictionsFile {
    /// Refuses rows that the file has no answers for, before a student is trained on the others.
    fileprivate func check(_ run: DistillationRun, unlabeled: Dataset?) throws {
        for rows in [run.test] + (unlabeled.map { [$0] } ?? []) { _ = try outputs(for: rows) }
        let makers = TransferStrategy.all.filter(\.synthesises)
        if let maker = makers.first(where: run.recipe.asks) {
            throw AttarError(
                .unusableTeacher, "'\(path)' cannot answer the rows that the strategy '\(maker.rawValue)' makes up",
                remedy: "Use a strategy without made-up rows, such as --strategy teacher")
        }
    }
}
