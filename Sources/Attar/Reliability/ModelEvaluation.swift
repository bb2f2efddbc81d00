internal import Compute

/// A model's figures on labelled rows, beside a teacher's where there is one. What `attar evaluate` prints.
public struct ModelEvaluation: Hashable, Codable, Sendable {
    /// The kind of task.
    public let task: LearningTask.Kind
    /// The figure that models are compared by; nil, in earlier versions' files, for the task's own.
    public let metric: String?
    /// Which class the model answers; nil for the likeliest.
    public let answerRule: AnswerRule?
    /// Rows that the figures stand on.
    public let testRows: Int
    /// The model's figures.
    public let student: Certificate.Figures
    /// Always empty: an artifact does not hold its label-only twin. Kept so that readers of `distill --json` find the key.
    public let labelsOnly: Certificate.Figures
    /// The teacher's figures; empty without a teacher.
    public let teacher: Certificate.Figures
    /// Who knows nothing of a row and gives all the same answer; empty where the task has no such answer.
    @NullWhereEmpty public private(set) var baseline: Certificate.Figures
    /// What that answer is; nil where there is none.
    public let baselineAnswer: Baseline?
    /// The verdict of the model's own certificate, on the test rows of its distillation; nil where it has none.
    public let verdict: Verdict?
    /// Model minus teacher; empty without a teacher.
    public let differenceToTeacher: Certificate.Figures
    /// What the rows say besides; nil where that was not asked for.
    public let evidence: Evidence?
    /// What to do with the model, by thresholds; nil without evidence.
    public let decision: Decision?

    /// Asks a model, and a teacher if given, about labelled rows and measures both.
    ///
    /// - Parameters:
    ///   - model: the model.
    ///   - teacher: whom it is compared with.
    ///   - rows: labelled rows that neither has learned from.
    ///   - verdict: the verdict of the model's certificate.
    ///   - seed: bootstrap replicates follow from it.
    ///   - sets: the sets or intervals that the model's artifact keeps; nil for none.
    ///   - record: what is known of the model's distillation; nothing by default.
    ///   - thresholds: what the decision goes by.
    ///   - isFull: whether all evidence is collected, for which the teacher is asked about changed rows, too.
    ///   - catalogue: the tasks and evidence parts that there are.
    ///   - progress: told how far it is; may stop it.
    /// - Throws: `AttarError`: `invalidTarget` where the rows have no target, `schemaMismatch`, `unusableTeacher`.
    public init(
        of model: any Model, against teacher: (any Teacher)? = nil, on rows: Dataset, verdict: Verdict? = nil,
        seed: UInt64 = 1, sets: PredictionSets? = nil, record: Record = Record(), thresholds: Thresholds = Thresholds(),
        isFull: Bool = false,
        catalogue: Catalogue = .standard, progress: @escaping ProgressHandler = { _ in .more }
    ) async throws {
        guard rows.count > 0 else {
            throw AttarError(.invalidTarget, "\(rows.source) has no rows", remedy: "Give rows to measure on")
        }
        let usual = try catalogue.task(model.task.kind)
        let kind = try (record.metric.map { try usual.judged(byMetric: $0, in: catalogue.metrics) } ?? usual)
            .deciding(by: model.answerRule)
        let problem = try kind.posing.problem(rows, answeredAs: model.task)
        // Both have to answer what the rows ask, before time is spent on asking.
        _ = try TeacherAnswers(ModelTeacher(model), for: problem.task, of: kind)
        let asked = try teacher.map { try TeacherAnswers($0, for: problem.task, of: kind) }
        var background = Measurement.Background()
        background.baseline = record.baseline
        background.reliability = StudentReliability(sets: sets?.method ?? .none, tree: sets?.tree)
        background.reliability.allowsEmpty = sets?.allowsEmpty ?? false
        background.leaks = LeakEvidence(
            student: record.learned?.seen(in: rows, readBy: model.encoder), teacher: teacher?.seen(in: rows),
            rows: rows.count)
        let measurement = try await Measurement(
            of: Measurement.Subjects(students: [model], teacher: asked), on: problem, of: kind, background: background,
            seed: seed, catalogue: catalogue, progress: progress)
        if let bad = measurement.answers.elements.firstIndex(where: { !$0.isFinite }) {
            throw AttarError(
                .unusableTeacher,
                "\(rows.place(bad / measurement.answers.columns)): the model's answer is not a finite number")
        }
        task = kind.kind
        (metric, answerRule) = (kind.metrics.main.name, model.answerRule)
        testRows = rows.count
        var student = measurement.students[0].figures
        student[Metric.latencyMicroseconds.name] = try measurement.latency(of: model)
        student[Metric.bytes.name] = try Measurement.bytes(of: model)
        self.student = student
        differenceToTeacher = measurement.differenceToTeacher?.figures ?? [:]
        labelsOnly = [:]
        self.teacher = measurement.teacher?.figures ?? [:]
        baseline = measurement.baseline?.evaluation.figures ?? [:]
        baselineAnswer = measurement.baseline?.answer
        self.verdict = verdict
        evidence = isFull ? try await measurement.evidence() : nil
        decision = evidence.map {
            Decision(
                thresholds, of: kind,
                Decision.Grounds(
                    figures: student, difference: record.difference(on: rows, of: kind), evidence: $0,
                    hasTeacher: teacher != nil, testRows: rows.count))
        }
    }
}
