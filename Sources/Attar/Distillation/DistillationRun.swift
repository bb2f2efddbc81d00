internal import Compute

/// One run: the split of the rows, and the way from the teacher's answers to the certificate.
struct DistillationRun {
    let recipe: Recipe
    /// The training rows with their target.
    let training: Dataset
    /// The test rows with their target; asked once, at the end.
    let test: Dataset
    /// Fitted to the training rows.
    let encoder: FeatureEncoder
    /// Positions of training rows that are held out together.
    let folds: [[Int]]
    /// Worker threads.
    let threads: Int
    /// What kind of task it is.
    let kind: TaskKind
    /// What the training rows ask.
    let problem: Problem
    private let testProblem: Problem
    private let loss: DistillationLoss
    private let dataFingerprint: Fingerprint
    private let progress: ProgressHandler
    private let checkpoints: CheckpointFolder?
    private let start = ContinuousClock.now

    /// Checks the recipe and splits the rows.
    init(
        _ recipe: Recipe, dataset: Dataset, test: Dataset?, unlabeled: Dataset?, checkpoints: CheckpointFolder?,
        progress: @escaping ProgressHandler
    ) throws {
        try recipe.validate()
        try recipe.validateStudent()
        guard unlabeled != nil || !recipe.asks(.unlabeled) else {
            throw AttarError(
                .invalidSetting, "the strategy '\(recipe.strategy)' needs unlabelled rows, and none are given",
                remedy: "Give them with --unlabeled DATA, or use another strategy")
        }
        self.recipe = recipe
        self.progress = progress
        self.checkpoints = checkpoints
        if let test {
            (training, self.test) = (dataset, test)
        } else {
            (training, self.test) = try dataset.split(testFraction: recipe.testFraction, seed: recipe.seed)
        }
        kind = try Catalogue.standard.task(try training.knownTarget.task.kind)
        problem = try kind.posing.problem(training, answeredAs: nil)
        testProblem = try kind.posing.problem(self.test, answeredAs: problem.task)
        guard problem.task == testProblem.task else {
            throw AttarError(.invalidTarget, "the test rows have another target than the training rows")
        }
        if let sets = recipe.sets, sets != SetMethod.none { try sets.check(for: problem.task) }
        folds = try Splits.folds(of: training, count: recipe.folds, seed: recipe.seed)
        encoder = try FeatureEncoder(
            fittedTo: training, text: recipe.textFeatures(for: training, families: recipe.familiesInRun))
        // What cannot be encoded shows now, and not after the teacher has been trained.
        try encoder.check(self.test)
        try unlabeled.map(encoder.check)
        try recipe.validate(for: encoder)
        threads = recipe.threads ?? availableThreads()
        loss = try DistillationLoss(recipe: recipe, for: problem.task, of: kind)
        dataFingerprint = dataset.fingerprint
        if let require = recipe.require { try Requirement(require).validate(for: kind) }
        if recipe.peer != nil, problem.task.form != .probabilities {
            throw AttarError(
                .invalidSetting,
                "mutual learning compares probabilities of classes, but the task is \(kind.name)",
                remedy: "Leave peer out")
        }
    }

    /// What is to be answered.
    var task: LearningTask { problem.task }

    /// The training rows with labels and without a teacher.
    func labelledTrainingRows() throws -> TransferSet {
        TransferSet(
            task: task, encoder: encoder, features: try encoder.encoded(training), truth: problem.truth,
            weights: training.weights,
            views: try pictureViews().map { TransferViews($0, mixing: try recipe.augmentation()?.mixing) })
    }

    /// The views in which networks see the training rows, if the recipe asks for them.
    func pictureViews() throws -> PictureViews? {
        try recipe.augmentation()?.views(of: training, encoder: encoder, seed: recipe.seed)
    }

    /// Refuses features that student and teacher cannot have, before anything is trained.
    ///
    /// - Parameter teacher: the teacher's graph, nil where it has none, and its name.
    /// - Throws: `AttarError`: `invalidSetting`, `unusableTeacher`.
    func checkFeatures(_ teacher: Graph?, named name: String) throws {
        guard !recipe.features.isEmpty, let text = recipe.student else { return }
        var (teacher, name) = (teacher, name)
        if let last = recipe.stages.last?.name {
            let specification = try Specification(last)
            name = last
            teacher = try (Family.named(specification.name).estimator(specification) as? any NetworkFitting)?
                .graph(for: encoder, outputs: task.width, isTraining: false)
        }
        guard let teacher else {
            throw AttarError(
                .unusableTeacher,
                "features compare hidden tensors, which the teacher '\(name)' does not have or show",
                remedy: "Give a network, such as --teacher mlp or an .attar file of one, or leave features out")
        }
        let specification = try Specification(text)
        guard let network = try Family.named(specification.name).estimator(specification) as? any NetworkFitting
        else { return }
        let student = try network.graph(for: encoder, outputs: task.width, isTraining: true)
        _ = try FeatureConnection(
            recipe.features, student: student, named: text, teacher: teacher, named: name)
    }

    // MARK: The students

    /// A student, its label-only twin and the seed that both come from.
    private struct Pair {
        let seed: UInt64
        let distilled: any Model
        let labelsOnly: any Model
    }

    /// Chooses and trains the students, then asks the test rows.
    func distilled(_ taught: TaughtRows, notes: [String]) async throws -> Distillation {
        var search = StudentSearch(
            taught: taught, loss: loss, recipe: recipe, threads: threads, progress: progress, checkpoints: checkpoints)
        var stages: [Certificate.Stage] = []
        if !recipe.stages.isEmpty,
            let plan = try TransferPlan.parsed(recipe.strategy, synthesised: recipe.synthesised)
        {
            let chain = try await TeachingChain(recipe, from: taught, plan: plan, search: search)
            (stages, search.taught) = (chain.stages, chain.taught)
        }
        search.taught.hiddenTerms = recipe.features
        search.peer = try recipe.peer.map {
            let specification = try Specification($0)
            return try Family.named(specification.name).estimator(specification)
        }
        let seeds = (0..<UInt64(recipe.seeds)).map { recipe.seed &+ $0 }
        let chosen = try await search.student(among: recipe.student.map { [$0] }, test: test)
        if !stages.isEmpty { stages.append(try await search.lastStage(chosen)) }
        let beforeRefit = ContinuousClock.now
        let models = try await search.refitted(chosen, seeds: seeds)
        let isLabelsOnly = chosen.choice.plan.isLabelsOnly
        let calibration = search.calibration(chosen.choice.fits)
        let twins = isLabelsOnly ? calibration : search.calibration(chosen.choice.labelsOnly)
        let partial = try await partialStudents(
            search, chosen, refitting: StudentSearch.seconds(beforeRefit.duration(to: .now)),
            elapsed: StudentSearch.seconds(start.duration(to: .now)))
        let pairs = seeds.indices.map { index in
            Pair(
                seed: seeds[index], distilled: models[index].distilled.calibrated(by: calibration.scaling),
                labelsOnly: models[index].labelsOnly.calibrated(by: twins.scaling))
        }
        return try await certified(
            pairs, chosen, taught.teacher, stages, partial, tree: try search.residualTree(chosen.choice.fits),
            calibration,
            notes: notes + chosen.notes)
    }

    // MARK: The evidence

    /// Asks the test rows of everyone and writes the certificate.
    private func certified(
        _ pairs: [Pair], _ chosen: StudentSearch.Student, _ teacher: TeacherAnswers, _ stages: [Certificate.Stage],
        _ partial: PartialStudents, tree: ResidualTree?, _ calibration: Calibration, notes: [String]
    ) async throws -> Distillation {
        try report(
            RunProgress(phase: "asking the test rows", completed: 0, total: test.count, unit: "rows"), to: progress)
        let shipped = pairs[0]
        var background = Measurement.Background()
        background.training = problem
        background.partial = partial
        background.curves = [
            TrainingCurve("student", of: shipped.distilled, seed: shipped.seed),
            TrainingCurve("labelsOnly", of: shipped.labelsOnly, seed: shipped.seed),
        ].compactMap { $0 }
        background.reliability = StudentReliability(tree: tree, calibration: calibration)
        let measurement = try await Measurement(
            of: Measurement.Subjects(
                students: pairs.map(\.distilled), twins: pairs.map(\.labelsOnly), teacher: teacher),
            on: testProblem, of: kind, background: background, seed: recipe.seed, progress: progress)
        guard let teacherFigures = measurement.teacher else { preconditionFailure("there is a teacher") }
        let (distilled, labelsOnly) = (measurement.students, measurement.twins)
        let (meanDistilled, meanLabelsOnly) = (
            Evaluation.mean(of: distilled, seed: recipe.seed), Evaluation.mean(of: labelsOnly, seed: recipe.seed)
        )
        let difference = meanDistilled.minus(meanLabelsOnly)

        let teacherModel = teacher.teacher.model
        var certificate = Certificate(
            task: kind.kind, names: task.names, trainingRows: training.count, testRows: test.count,
            student: distilled[0].figures, labelsOnly: labelsOnly[0].figures, teacher: teacherFigures.figures,
            difference: difference.figures, differenceToTeacher: meanDistilled.minus(teacherFigures).figures,
            gapClosed: meanDistilled.shareOfGap(
                from: meanLabelsOnly, to: teacherFigures, in: kind.metrics.main),
            seeds: Certificate.Seeds(
                seeds: pairs.map(\.seed), shipped: shipped.seed, student: Evaluation.perMember(distilled),
                labelsOnly: Evaluation.perMember(labelsOnly)),
            choice: Certificate.Choice(
                student: chosen.name, teacher: recipe.teacherName, strategy: chosen.choice.plan.description,
                loss: DistillationLoss.name(in: recipe, for: kind),
                features: recipe.features.isEmpty ? nil : recipe.features.map(\.description),
                stages: stages.isEmpty ? nil : stages, peer: recipe.peer,
                trials: chosen.choice.trials,
                candidates: chosen.candidates),
            verdict: Verdict(
                kind, student: meanDistilled.estimates, labelsOnly: meanLabelsOnly.estimates,
                teacher: teacherFigures.estimates, difference: difference.estimates,
                isLabelsOnly: chosen.choice.plan.isLabelsOnly, wasCompared: !chosen.choice.trials.isEmpty,
                seeds: pairs.count, testRows: test.count),
            notes: notes + shipped.distilled.notes)
        let latency = Metric.latencyMicroseconds.name
        certificate.student[latency] = try measurement.latency(of: shipped.distilled)
        certificate.labelsOnly[latency] = try measurement.latency(of: shipped.labelsOnly)
        if let teacherModel, teacherModel.encoder == encoder {
            certificate.teacher[latency] = try measurement.latency(of: teacherModel)
        }
        let sets = try keptSets(
            measurement.judged, features: measurement.features, tree: tree, notes: &certificate.notes)
        measurement.background.reliability.sets = sets?.method ?? .none
        let evidence = try await measurement.evidence()
        certificate.verdict.decision = Decision(
            recipe.thresholds, of: kind, figures: certificate.student,
            difference: chosen.choice.plan.isLabelsOnly ? nil : difference.estimates[kind.metrics.main],
            evidence: evidence, hasTeacher: true, testRows: test.count)
        certificate.evidence = evidence
        let asked = (teacher.teacher as? StoredTeacher)?.teacher ?? teacher.teacher
        if let foreign = asked as? ONNXTeacher {
            certificate.teacher[latency] = try foreign.microsecondsARow(on: test)
        }
        return try distillation(
            of: shipped.distilled, plain: shipped.labelsOnly, teacher: teacher.teacher, sets, certificate)
    }

    /// Packs the artifact; its own size is one of the figures that it carries.
    private func distillation(
        of student: any Model, plain: any Model, teacher: any Teacher, _ sets: PredictionSets?,
        _ certificate: Certificate
    ) throws -> Distillation {
        var certificate = certificate
        let bytes = Metric.bytes.name
        let evidence = certificate.evidence
        certificate.evidence = nil
        let created = ArtifactMetadata().created
        certificate.provenance = Provenance(
            data: dataFingerprint, test: test.fingerprint, student: student.fingerprint,
            teacher: teacher.fingerprint, seed: recipe.seed, created: created)
        func artifact(_ model: any Model) throws -> Artifact {
            Artifact(
                model: model,
                metadata: ArtifactMetadata(
                    target: training.target?.name, recipe: try JSONValue(encoding: recipe),
                    seed: certificate.seeds.shipped,
                    dataFingerprint: dataFingerprint, teacherFingerprint: teacher.fingerprint,
                    // Seven digits are more than any figure is known to, and keep the file small.
                    certificate: try JSONValue(encoding: certificate).rounded(digits: 7), created: created),
                sets: sets)
        }
        if let teacher = teacher.model {
            let size = try Artifact(model: teacher, metadata: ArtifactMetadata(target: training.target?.name)).encoded()
                .count
            certificate.teacher[bytes] = Estimate(exactly: Double(size))
        }
        // The size stands in the file that it is the size of: a few rounds until the two are the same.
        var sizes = (student: 0, plain: 0)
        for _ in 0..<5 {
            certificate.student[bytes] = Estimate(exactly: Double(sizes.student))
            certificate.labelsOnly[bytes] = Estimate(exactly: Double(sizes.plain))
            let measured = (student: try artifact(student).encoded().count, plain: try artifact(plain).encoded().count)
            if measured == sizes { break }
            sizes = measured
        }
        let packed = try artifact(student)
        certificate.evidence = evidence
        return Distillation(
            student: student, teacher: teacher.model, artifact: packed, certificate: certificate)
    }
}

extension Evaluation {
    /// The figures under their names in JSON.
    var figures: Certificate.Figures {
        Dictionary(uniqueKeysWithValues: estimates.map { ($0.name, $1) })
    }

    /// For each metric the members' figures, in order.
    static func perMember(_ members: [Evaluation]) -> [String: [Double]] {
        var figures: [String: [Double]] = [:]
        for (index, metric) in members[0].metrics.enumerated() {
            figures[metric.name] = members.map { $0.values[index] }
        }
        return figures
    }
}
