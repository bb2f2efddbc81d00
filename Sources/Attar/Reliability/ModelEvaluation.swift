internal import Compute

/// A model's figures on labelled rows, beside a teacher's where there is one. What `attar evaluate` prints.
public struct ModelEvaluation: Hashable, Codable, Sendable {
    /// The kind of task.
    public let task: LearningTask.Kind
    /// Rows that the figures stand on.
    public let testRows: Int
    /// The model's figures.
    public let student: Certificate.Figures
    /// Always empty: an artifact does not hold its label-only twin. Kept so that readers of `distill --json` find the key.
    public let labelsOnly: Certificate.Figures
    /// The teacher's figures; empty without a teacher.
    public let teacher: Certificate.Figures
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
    ///   - thresholds: what the decision goes by.
    ///   - isFull: whether all evidence is collected, for which the teacher is asked about changed rows, too.
    ///   - progress: told how far it is; may stop it.
    /// - Throws: `AttarError`: `invalidTarget` where the rows have no target, `schemaMismatch`, `unusableTeacher`.
    public init(
        of model: any Model, against teacher: (any Teacher)? = nil, on rows: Dataset, verdict: Verdict? = nil,
        seed: UInt64 = 1, sets: PredictionSets? = nil, thresholds: Thresholds = Thresholds(), isFull: Bool = false,
        progress: @escaping ProgressHandler = { _ in .more }
    ) async throws {
        guard let target = rows.target, rows.count > 0 else {
            throw AttarError(
                .invalidTarget, "\(rows.source) has no labelled rows", remedy: "Name the target with --target")
        }
        let outputs = try await TeacherAnswers(model, for: target.task).outputs(for: rows)
        let asked = try teacher.map { try TeacherAnswers($0, for: target.task) }
        var teacherOutputs: Matrix?
        if let asked { teacherOutputs = try await asked.outputs(for: rows) }
        let judged = JudgedRows(
            rows, target: target, answers: SideBySide(student: outputs, teacher: teacherOutputs), seed: seed)
        var statistics = [
            RowStatistics(outputs: outputs, target: target, teacher: teacherOutputs, weights: judged.weights)
        ]
        if let teacherOutputs {
            statistics.append(
                RowStatistics(outputs: teacherOutputs, target: target, teacher: nil, weights: judged.weights))
        }
        let evaluations = Evaluation.paired(statistics, weights: judged.weights, seed: seed)
        let difference = evaluations.count > 1 ? evaluations[0].minus(evaluations[1]) : nil
        differenceToTeacher = difference?.figures ?? [:]
        var student = evaluations[0].figures
        let probe = try LatencyProbe(rows: rows, encoder: model.encoder)
        student[Metric.latencyMicroseconds.rawValue] = probe.microseconds(of: model)
        student[Metric.bytes.rawValue] = Estimate(
            exactly: Double(try Artifact(model: model, metadata: ArtifactMetadata()).encoded().count))
        task = target.task.kind
        testRows = rows.count
        self.student = student
        if isFull {
            var evidence = try await EvidenceCollector(
                judged, models: SideBySide(student: model), teacher: asked, training: nil,
                reliability: StudentReliability(sets: sets?.method ?? .none, tree: sets?.tree), progress: progress
            ).collected()
            evidence.nonInferiority = difference.flatMap { NonInferiority(difference: $0, judged) }
            decision = Decision(
                thresholds, kind: target.task.kind, figures: student, difference: nil, evidence: evidence,
                hasTeacher: teacher != nil, testRows: rows.count)
            self.evidence = evidence
        } else {
            (evidence, decision) = (nil, nil)
        }
        labelsOnly = [:]
        self.teacher = evaluations.count > 1 ? evaluations[1].figures : [:]
        self.verdict = verdict
    }
}
