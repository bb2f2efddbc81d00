/// A model that is trained without a teacher, on labels or, where it finds clusters, on rows alone, and measured on rows that it has not seen: what `attar train` makes.
public struct TrainedTeacher: Sendable {
    /// The model, ready to be written.
    public let artifact: Artifact
    /// Its figures on the test rows, in the place of the student's.
    public let evaluation: ModelEvaluation
    /// What a reader has to know of the columns: those that are not read, and those that only number the rows. Whole sentences.
    public let notes: [String]

    /// Trains a model.
    ///
    /// - Parameters:
    ///   - specification: the family with its options.
    ///   - rows: labelled rows.
    ///   - test: labelled rows to test on; nil splits `recipe.testFraction` off.
    ///   - recipe: target, weights, augmentation, seed, threads and test fraction; the rest is not used.
    ///   - progress: told how far the fit is; may stop it.
    ///   - checkpoints: where the fit keeps how far it is; nil for nowhere.
    /// - Throws: `AttarError`: `invalidSetting`, `invalidTarget`, `diverged`, `stopped`.
    public init(
        _ specification: Specification, on rows: Dataset, test: Dataset? = nil, recipe: Recipe,
        progress: @escaping ProgressHandler = { _ in .more }, checkpoints: CheckpointFolder? = nil
    ) async throws {
        let settings = try DistillationSettings(recipe)
        try settings.validate()
        let estimator = try Family.named(specification.name).estimator(specification)
        var (training, held) = (rows, test ?? rows)
        if test == nil {
            let parts = try Splits.split(rows, testFraction: recipe.testFraction, seed: recipe.seed)
            (training, held) = (rows.selecting(parts.training), rows.selecting(parts.test))
        }
        let problem = try Self.problem(training, for: estimator, named: specification, as: settings.task)
        let task = problem.task
        let text = try settings.textFeatures(for: training, families: [type(of: estimator).family])
        let encoder = try FeatureEncoder(fittedTo: training, text: text)
        let read = Set(encoder.columns.map(\.name))
        notes =
            text.unreadColumns(of: training).compactMap(\.note)
            + training.identifierColumns.filter { read.contains($0.name) }.map { Leak($0).text }
        try estimator.validate(for: encoder)
        let set = TransferSet(
            task: task, encoder: encoder, features: try encoder.encoded(training),
            truth: estimator.ownTask == nil ? problem.truth : .none,
            weights: training.weights,
            views: try settings.augmentation.map {
                TransferViews(
                    try $0.views(of: training, encoder: encoder, seed: recipe.seed), mixing: $0.mixing)
            })
        let model = try estimator.fitted(
            to: set, validation: nil,
            context: FittingContext(
                loss: .labelsOnly(task.form), seed: recipe.seed, threads: recipe.threads ?? availableThreads(),
                progress: progress, checkpoints: checkpoints))
        var record = ModelEvaluation.Record()
        record.baseline = try Catalogue.standard.task(task.kind).judging.baseline(
            problem.truth, of: task, weights: training.weights)
        evaluation = try await ModelEvaluation(of: model, on: held, seed: recipe.seed, record: record)
        var used = recipe
        used.teacher = specification.description
        artifact = Artifact(
            model: model,
            metadata: ArtifactMetadata(
                target: training.target?.name, recipe: try JSONValue(encoding: used), seed: recipe.seed,
                dataFingerprint: rows.fingerprint, learnedRows: LearnedRows(training, readBy: encoder),
                certificate: try JSONValue(encoding: evaluation)))
    }
    /// What a model is to learn from rows: their target, or what it finds by itself.
    ///
    /// - Parameter kind: the kind of task that is asked for.
    private static func problem(
        _ rows: Dataset, for estimator: any Estimator, named specification: Specification, as kind: LearningTask.Kind?
    ) throws -> Problem {
        if let own = estimator.ownTask {
            if let target = rows.target,
                try target.task.kind != own.kind || Catalogue.standard.task(own.kind).posing.targetHoldsAnswers
            {
                throw AttarError(
                    .invalidSetting,
                    "'\(specification)' finds what it answers without labels, and '\(target.name)' is named as the target",
                    remedy: "Leave the target out")
            }
            return try Catalogue.standard.task(own.kind).posing.problem(rows, answeredAs: own)
        }
        if let kind = rows.target?.task.kind ?? kind, try !Catalogue.standard.task(kind).posing.needsTarget {
            throw AttarError(
                .invalidSetting, "'\(specification)' learns from labels, and a task of \(kind) has none",
                remedy:
                    "Train one of \((Family.clusterers + Family.detectors).map(\.name).joined(separator: ", ")), or distil a teacher"
            )
        }
        guard let target = rows.target else {
            throw AttarError(.invalidTarget, "\(rows.source) has no target", remedy: "Name one with --target")
        }
        return Problem(task: target.task, rows: rows, truth: target.truth)
    }
}
