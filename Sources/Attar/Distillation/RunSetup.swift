internal import Compute

/// What a run starts from: rows become problems, split and checked, and an encoder that is fitted to the training rows and to nothing else.
struct RunSetup {
    /// Who learns, from whom and how.
    let distiller: Distiller
    /// What kind of task it is.
    let kind: TaskKind
    /// The training rows, and what they ask.
    let training: Problem
    /// The test rows, and what they ask; asked once, at the end.
    let test: Problem
    /// More rows, without labels; nil where there are none.
    let unlabeled: Dataset?
    /// Fitted to the training rows.
    let encoder: FeatureEncoder
    /// Columns that nobody learns from.
    let unread: [UnreadColumn]
    /// Why models are compared by another figure than usual; nil where they are not.
    let metricNote: String?
    /// Positions of training rows that are held out together.
    let folds: [[Int]]
    /// Worker threads.
    let threads: Int
    /// What distilled students minimise.
    let loss: DistillationLoss
    /// The fingerprint of the data set, test rows included.
    var data: Fingerprint
    /// Rows and columns that give away what is to be found out.
    let leaks: LeakEvidence
    /// Told how far the run is; may stop it.
    let progress: ProgressHandler
    /// When the run began.
    var start = ContinuousClock.now
    /// What is left out to keep to limits.
    var limits = AskingLimits.none
    /// Rows of the data that the run does without; nil for none.
    var leftOut: LeftOutRows?

    /// Splits the rows, poses them as problems, and refuses what does not go with them.
    ///
    /// - Parameter distiller: who learns, from whom and how; its teacher is opened.
    /// - Throws: `AttarError`: `invalidSetting`, `invalidTarget`, `schemaMismatch`, `unusableTeacher`.
    init(
        _ distiller: Distiller, on dataset: Dataset, test: Dataset?, unlabeled: Dataset?,
        progress: @escaping ProgressHandler
    ) throws {
        let settings = distiller.settings
        guard unlabeled != nil || !settings.asks(.unlabeled) else {
            throw AttarError(
                .invalidSetting,
                "the strategy '\(settings.plan?.description ?? "")' needs unlabelled rows, and none are given",
                remedy: "Give them with --unlabeled DATA, or use another strategy")
        }
        (self.distiller, self.unlabeled, self.progress) = (distiller, unlabeled, progress)
        // The student of all rows is tested by others, which each leave a part of them out.
        let isCrossFitted = settings.evidence == .cross
        let parts =
            try (isCrossFitted ? dataset : test).map { (training: dataset, test: $0) }
            ?? dataset.split(testFraction: settings.testFraction, seed: settings.seed)
        let asked = try Self.kind(of: parts.training, distiller)
        let wanted = Self.task(of: asked, distiller)
        training = try asked.posing.problem(parts.training, answeredAs: wanted)
        guard settings.costs == nil || training.task.form == .probabilities else {
            throw AttarError(
                .invalidSetting, "costs are of classes, and the target of a \(asked.name) has none",
                remedy: "Leave costs out")
        }
        let costly = asked.of(training.task).deciding(by: try settings.costs?.rule(for: training.task.names))
        (kind, metricNote) = try Self.judged(costly, on: training, by: settings, distiller.catalogue)
        self.test = try kind.posing.problem(parts.test, answeredAs: training.task)
        guard training.task == self.test.task else {
            throw AttarError(.invalidTarget, "the test rows have another target than the training rows")
        }
        if isCrossFitted, kind.judging.followsTeacher {
            throw AttarError(
                .invalidSetting, "--evidence cross needs labels, and \(dataset.source) has no target",
                remedy: "Name a target with --target, or leave --evidence cross out")
        }
        if training.truth == .none, kind.judging.followsTeacher {
            try distiller.refuseLabelSettings(of: dataset)
        }
        if isCrossFitted, !kind.posing.needsTarget {
            throw AttarError(
                .invalidSetting,
                "--evidence cross joins the answers of several students, which a task of \(kind.name) gives in spaces of their own",
                remedy: "Leave --evidence cross out")
        }
        if let sets = settings.sets, sets != SetMethod.none {
            try sets.check(for: training.task, among: kind.judging.sets)
        }
        folds = try Splits.folds(
            of: training.rows, count: settings.folds, seed: settings.seed, catalogue: distiller.catalogue)
        let text = try distiller.textFeatures(for: training.rows)
        unread = text.unreadColumns(of: training.rows)
        encoder = try FeatureEncoder(fittedTo: training.rows, text: text, kinds: distiller.catalogue.dataKinds)
        // Said before time or money is spent.
        for note in unread.compactMap(\.note) {
            try report(
                RunProgress(
                    phase: "looking at the columns", completed: 0, total: nil, unit: "columns",
                    note: String(note.dropLast())), to: progress)
        }
        // What cannot be encoded shows now, and not after the teacher has been trained.
        try encoder.check(parts.test)
        try unlabeled.map(encoder.check)
        threads = settings.threads ?? availableThreads()
        loss = try settings.distillationLoss(
            for: training.task, of: kind, knownClasses: distiller.teacher.settings.topK)
        data = dataset.fingerprint
        leaks = LeakEvidence(
            dataset, training: training, test: self.test, parts: isCrossFitted ? folds : nil, unlabeled: unlabeled,
            unread: unread, teacher: distiller.teacher.teacher)
        try settings.requirement?.validate(for: kind)
        try distiller.validatePeer(for: training.task)
        try validatePlan()
        try distiller.student?.estimator.validate(for: encoder)
    }

    /// How the run is made.
    var settings: DistillationSettings { distiller.settings }
    /// What is to be answered.
    var task: LearningTask { training.task }
    /// What someone who knows nothing of a row answers, by the training rows.
    var baseline: Baseline? { kind.judging.baseline(training.truth, of: task, weights: training.rows.weights) }
    /// The fits of the run.
    var queue: FitQueue { FitQueue(threads: threads, progress: progress) }

    /// The kind of task of some rows: their target's, else the one that is asked for, else the teacher's. Without a target the teacher alone is learned from.
    private static func kind(of rows: Dataset, _ distiller: Distiller) throws -> TaskKind {
        try refuseForeignTargets(of: rows, distiller)
        if let kind = rows.target?.task.kind { return try distiller.catalogue.task(kind) }
        guard let wanted = distiller.task ?? distiller.teacher.teacher?.task.kind else {
            throw untaught(rows, distiller)
        }
        let kind = try distiller.catalogue.task(wanted)
        guard kind.posing.needsTarget, distiller.teacher.teacher == nil else { return kind.taughtAlone }
        throw untaught(rows, distiller)
    }

    /// Refuses a target where the teacher finds what it teaches by itself, and one that is another teacher's.
    private static func refuseForeignTargets(of rows: Dataset, _ distiller: Distiller) throws {
        let (reference, target) = (distiller.teacher, rows.target)
        if let own = reference.estimator?.ownTask {
            let kind = try distiller.catalogue.task(own.kind)
            if let target, target.task.kind != own.kind || kind.posing.targetHoldsAnswers {
                throw AttarError(
                    .invalidSetting,
                    "'\(reference.name)' finds \(kind.words.outputs) without labels, and '\(target.name)' is named as the target",
                    remedy: kind.posing.targetHoldsAnswers
                        ? "Leave the target out; \(kind.words.outputs) that stand in a column are taught by --teacher column:\(target.name)"
                        : "Give --task \(own.kind), where a target says what is known, or leave the target out")
            }
            guard let asked = target?.task.kind ?? distiller.task, asked != own.kind else { return }
            throw AttarError(
                .invalidSetting, "'\(reference.name)' finds \(kind.words.outputs), which is no \(asked)",
                remedy: "Give --task \(own.kind), or a teacher that learns from labels")
        }
        guard let target, try distiller.catalogue.task(target.task.kind).posing.targetHoldsAnswers,
            !(reference.teacher is ColumnTeacher)
        else { return }
        throw AttarError(
            .invalidSetting,
            "'\(target.name)' holds the clusters of a teacher that cannot be asked, but the teacher is '\(reference.name)'",
            remedy: "Leave the target out, or give --teacher column:\(target.name)")
    }

    /// What is said of rows without a target that nobody can answer.
    private static func untaught(_ rows: Dataset, _ distiller: Distiller) -> AttarError {
        AttarError(
            .invalidTarget,
            "\(rows.source) has no target, and a teacher that is still to be trained ('\(distiller.teacher.name)') learns from one",
            remedy: "Name it with --target, or a trained teacher with --teacher, whose answers are then learned")
    }

    /// The kind of task with the figure that its models are compared by, and a sentence where that is not the usual one though nobody asked for another.
    private static func judged(
        _ kind: TaskKind, on training: Problem, by settings: DistillationSettings, _ catalogue: Catalogue
    ) throws -> (kind: TaskKind, note: String?) {
        if let name = settings.metric { return (try kind.judged(byMetric: name, in: catalogue.metrics), nil) }
        let weights = training.rows.weights
        guard let baseline = kind.judging.baseline(training.truth, of: training.task, weights: weights),
            let metric = kind.judging.usualMetric(baseline)
        else { return (kind, nil) }
        let main = kind.metrics.main
        let share = main.figure(Double(baseline.answer.max() ?? 0))
        return (
            kind.judged(by: metric),
            "Models are compared by \(metric.label): always giving the same answer has \(main.label) \(share) already (metric names another figure)."
        )
    }

    /// The teacher's answers as answers of a kind of task; nil where no teacher says them.
    private static func task(of kind: TaskKind, _ distiller: Distiller) -> LearningTask? {
        distiller.teacher.teacher.map { LearningTask(kind: kind.kind, names: $0.task.names, form: $0.task.form) }
            ?? distiller.teacher.estimator?.ownTask
    }

    /// Refuses a strategy that would only copy the rows, one that needs labels where there are none, and one that asks about rows that the teacher does not know.
    private func validatePlan() throws {
        guard let plan = settings.plan else { return }
        if let idle = plan.strategies.first(where: {
            $0.synthesises && !encoder.isChanged(by: $0, kinds: distiller.catalogue.dataKinds)
        }) {
            throw AttarError(
                .invalidSetting, "the strategy '\(idle.rawValue)' would only copy rows that are \(encoder.layout) each",
                remedy: encoder.isChanged(by: .noise, kinds: distiller.catalogue.dataKinds)
                    ? "Use spunge, mixup or noise" : "Use --strategy teacher, for pictures with --augment")
        }
        if plan.isLabelsOnly, !kind.teaching.hasTwin {
            throw AttarError(
                .invalidSetting,
                "the strategy 'labels' needs labels, which \(kind.judging.followsTeacher ? training.rows.source : "a task of \(kind.name)") does not have",
                remedy: "Use --strategy teacher")
        }
        if distiller.teacher.teacher?.answersKnownRowsOnly == true,
            let maker = plan.strategies.first(where: \.synthesises)
        {
            throw AttarError(
                .unusableTeacher,
                "'\(distiller.teacher.name)' cannot answer the rows that the strategy '\(maker.rawValue)' makes up",
                remedy: "Use a strategy without made-up rows, such as --strategy teacher")
        }
    }

    /// The views in which networks see the training rows, if they do.
    func pictureViews() throws -> PictureViews? {
        try settings.augmentation?.views(of: training.rows, encoder: encoder, seed: settings.seed)
    }
}

extension Distiller {
    /// What decides how texts become features: those that learn from them are the student, its peer and assistants, and a teacher that Attar trains.
    func textFeatures(for rows: Dataset) throws -> TextFeatures {
        let models = [student, settings.peer].compactMap { $0?.family } + settings.assistants.map(\.family)
        let families = models + (teacher.estimator.map { [type(of: $0).family] } ?? [])
        var features = try settings.textFeatures(for: rows, families: families, tokenizer: teacher.settings.tokenizer)
        features.isSearched = student == nil
        return features
    }
}
