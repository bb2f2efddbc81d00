public import Compute

/// Everything that is measured of models on test rows: figures first, then the parts of the evidence. The one way for distilling, evaluating and verifying.
///
/// The rows are encoded once, and every model is asked about them once. What several parts of the evidence need is made when the first of them asks for it. A measurement
/// belongs to one task at a time.
public final class Measurement {
    /// Who is measured.
    package struct Subjects {
        /// Students of the same making, one for each seed; the first is the one that is shipped.
        package var students: [any Model]
        /// The same students without the teacher, paired by seed; empty where there are none.
        package var twins: [any Model] = []
        /// Who taught, or whom the student is held against; nil for nobody.
        package var teacher: TeacherAnswers?
        /// What stands in the place of their own answers, where they learned from the very rows; nil where they did not.
        package var crossFitted: CrossFittedAnswers?

        package init(
            students: [any Model], twins: [any Model] = [], teacher: TeacherAnswers? = nil,
            crossFitted: CrossFittedAnswers? = nil
        ) {
            (self.students, self.twins, self.teacher) = (students, twins, teacher)
            self.crossFitted = crossFitted
        }
    }

    /// What is known of the students besides the test rows.
    package struct Background {
        /// What the rows ask that the students learned from; nil where those are not at hand.
        package var training: Problem?
        /// What gives away what is to be found out; nil where nobody looked.
        package var leaks: LeakEvidence?
        /// How the shipped student's answers are calibrated, and its intervals.
        package var reliability = StudentReliability()
        /// Students that learned from parts of the rows; nil where none were trained.
        package var partial: PartialStudents?
        /// What someone who knows nothing of a row answers, by the training rows; nil takes the test rows' own truth.
        package var baseline: Baseline?
        /// The teacher as it turned out on samples of the training rows; none where it was not run again.
        package var reruns: [any Model] = []
        /// The losses of the fits.
        package var curves: [TrainingCurve] = []
        /// Why the teacher is asked nothing beside the test rows, as a sentence; nil where it is.
        package var sparesTeacher: String?

        package init() {}
    }

    /// What kind of task it is, with the rule that answers go by.
    public let kind: TaskKind
    /// The test rows, and what they ask.
    public let problem: Problem
    /// The test rows as the shipped student's encoder reads them, (rows, width).
    public let features: Matrix
    /// The test rows with the answers of the shipped student, its twin and the teacher.
    package let judged: JudgedRows
    package let subjects: Subjects
    package var background: Background
    let progress: ProgressHandler
    let catalogue: Catalogue
    /// Each student's answers to the test rows, in the order of the seeds.
    package let studentAnswers: [Matrix]
    /// Those of the twins.
    package let twinAnswers: [Matrix]
    /// Each student's figures, in the order of the seeds, with those of the teacher in the place of `self`.
    package let students: [Evaluation]
    package let twins: [Evaluation]
    package let teacher: Evaluation?
    /// Who knows nothing of the rows; nil where a task has no such answer.
    package let baseline: (answer: Baseline, evaluation: Evaluation)?
    private var sampled: TrainingSample??
    private var shifted: (study: ShiftStudy, answers: [ShiftStudy.Asked], notes: [String])?

    /// Asks everyone about the test rows.
    ///
    /// - Parameter seed: resampling follows from it.
    /// - Throws: `AttarError`: `schemaMismatch` where a model cannot read the rows, `unusableTeacher`, `stopped`.
    package init(
        of subjects: Subjects, on problem: Problem, of kind: TaskKind, background: Background = Background(),
        seed: UInt64,
        catalogue: Catalogue = .standard, progress: @escaping ProgressHandler = { _ in .more }
    ) async throws {
        let shipped = subjects.students[0]
        // Everyone is judged by the answers that the student's rule gives.
        let kind = kind.of(problem.task).deciding(by: shipped.answerRule)
        (self.subjects, self.problem, self.kind, self.background) = (subjects, problem, kind, background)
        (self.catalogue, self.progress) = (catalogue, progress)
        features = try shipped.encoder.encoded(problem.rows)
        let cross = subjects.crossFitted
        let dependence = cross.map { FoldDependence(parts: $0.parts) } ?? .none
        let asked = cross == nil ? try await subjects.teacher?.outputs(for: problem.rows) : cross?.teacher
        let (encoder, features) = (shipped.encoder, features)
        func answers(_ model: any Model) throws -> Matrix {
            model.outputs(for: model.encoder == encoder ? features : try model.encoder.encoded(problem.rows)).matrix
        }
        let own = try cross?.students ?? subjects.students.map(answers)
        let others = try cross?.twins ?? subjects.twins.map(answers)
        (studentAnswers, twinAnswers) = (own, others)
        judged = JudgedRows(
            problem, of: kind, answers: SideBySide(student: own[0], labelsOnly: others.first, teacher: asked),
            seed: seed, dependence: dependence, dataKinds: catalogue.dataKinds)
        let weights = judged.weights
        let distances = encoder.distanceFeatures(features)
        func statistics(_ answers: Matrix, teacher: Matrix?) -> RowStatistics {
            let own = kind.judging.statistics(answers, problem.truth, teacher: teacher, weights: weights)
            let further = kind.judging.statistics(answers, features: distances, teacher: teacher, weights: weights)
            return further.map(own.adding) ?? own
        }
        var everyone = (own + others).map { statistics($0, teacher: asked) }
        if let asked { everyone.append(statistics(asked, teacher: nil)) }
        let knowing = everyone.count
        let right =
            asked.map { kind.judging.followsTeacher ? kind.judging.followed($0) : problem.truth } ?? problem.truth
        let known =
            background.baseline
            ?? kind.judging.baseline(
                right, features: distances, of: problem.task, weights: problem.rows.weights)
        if let known {
            everyone.append(
                statistics(known.answers(to: distances), teacher: kind.judging.followsTeacher ? asked : nil))
        }
        let evaluations = Evaluation.paired(
            everyone, weights: weights, units: problem.units, dependence: dependence, seed: seed)
        students = Array(evaluations[..<own.count])
        twins = Array(evaluations[own.count..<own.count + others.count])
        teacher = asked == nil ? nil : evaluations[knowing - 1]
        baseline = known.map { ($0, evaluations[knowing]) }
    }

    /// The shipped student.
    public var student: any Model { subjects.students[0] }

    /// Whether each row was answered by a student that learned from the other parts of the rows: the shipped one has learned from all of them, and says nothing of new rows
    /// where it is asked about these, changed or not.
    public var isCrossFitted: Bool { judged.isCrossFitted }

    /// The answers to the test rows of the shipped student, or of those that stand for it.
    public var answers: Matrix { judged.answers.student }

    /// The teacher's answers to the test rows; nil without a teacher.
    public var teacherAnswers: Matrix? { judged.answers.teacher }

    /// The shipped student minus the teacher; nil without one.
    package var differenceToTeacher: Evaluation? { teacher.map { students[0].minus($0) } }

    /// The losses of the fits.
    var curves: [TrainingCurve] { background.curves }

    // MARK: What parts share

    /// The shipped models, where they can be asked about other rows.
    var models: SideBySide<any Model> { SideBySide(student: student, labelsOnly: subjects.twins.first) }

    /// Some of the training rows; nil where they are not at hand.
    func trainingSample() throws -> TrainingSample? {
        if let sampled { return sampled }
        let sample = try background.training.map {
            try TrainingSample(of: $0, encoder: student.encoder, seed: judged.seed)
        }
        sampled = .some(sample)
        return sample
    }

    /// Everyone's answers to changed rows.
    func changedRows() async throws -> (study: ShiftStudy, answers: [ShiftStudy.Asked], notes: [String]) {
        if let shifted { return shifted }
        // Units and ranges of the test rows themselves: a file's model is then judged as it was when it was distilled, where its training rows are not at hand.
        let study = ShiftStudy(
            judged, models: models, teacher: subjects.teacher, reference: problem.rows,
            sparing: background.sparesTeacher, threads: availableThreads())
        let (answers, notes) = try await study.asked(progress: progress)
        shifted = (study, answers, notes)
        return (study, answers, notes)
    }

    /// The parts of the evidence that the task names.
    package func evidence() async throws -> Evidence {
        try report(RunProgress(phase: "weighing the evidence", completed: 0, total: nil, unit: "parts"), to: progress)
        var evidence = Evidence()
        for name in kind.judging.evidence {
            guard let result = try await catalogue.evidence.named(name).measured(by: self) else { continue }
            evidence.add(result)
        }
        return evidence
    }
}
