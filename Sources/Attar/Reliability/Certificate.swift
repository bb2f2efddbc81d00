/// The evidence on a student: what it keeps of the teacher, what it loses, and how sure that is.
///
/// All figures stand on test rows that nothing was fitted to or chosen on by whoever answered them. Intervals are 95 % percentile intervals of paired
/// bootstrap replicates of the test rows.
public struct Certificate: Hashable, Codable, Sendable {
    /// The figures of one model, by the metric's name.
    public typealias Figures = [String: Estimate]

    /// The kind of task.
    public var task: LearningTask.Kind
    /// The classes or outputs.
    public var names: [String]
    /// Rows that students and teacher were trained on.
    public var trainingRows: Int
    /// Rows that the figures stand on.
    public var testRows: Int
    /// The student in the artifact, trained from the teacher.
    public var student: Figures
    /// The same student trained on labels alone; empty, and null in JSON, where the task has no labels.
    @NullWhereEmpty public var labelsOnly: Figures
    /// The same student before it learned from rows; nil where its task has labels, or its family nothing of the kind.
    public var untrained: Figures?
    /// The teacher.
    public var teacher: Figures
    /// Who knows nothing of a row and gives all the same answer; empty, and null in JSON, where the task has no such answer.
    @NullWhereEmpty public var baseline: Figures
    /// What that answer is, by the training rows; nil where there is none.
    public var baselineAnswer: Baseline?
    /// Student minus labels only, the mean over the seeds; its interval holds the spread of rows and of seeds. Empty, and null in JSON, where the task has no labels.
    @NullWhereEmpty public var difference: Figures
    /// Student minus teacher, the mean over the seeds.
    public var differenceToTeacher: Figures
    /// How much of the gap in accuracy or R² between labels alone and the teacher the student closes, the mean over the seeds: 0 for nothing, 1
    /// for all of it. Nil where the teacher is not measurably better than labels alone.
    public var gapClosed: Estimate?
    /// How the figures vary with the seed.
    public var seeds: Seeds
    /// What was chosen on validation rows, and what it was chosen from.
    public var choice: Choice
    /// Whether distilling helped, in words.
    public var verdict: Verdict
    /// The figure that models are compared by; nil, in earlier versions' certificates, for the task's own.
    public var metric: String?
    /// Which class is answered; nil for the likeliest.
    public var answerRule: AnswerRule?
    /// True where rows of a task that has labels had none: all figures are then about the teacher. Nil otherwise.
    public var withoutLabels: Bool?
    /// What a reader has to know besides: answers that may be in-sample, rows that were dropped, budgets that bound.
    public var notes: [String]
    /// What the test rows say besides. Not kept in the artifact: it would outweigh a small student.
    public var evidence: Evidence?
    /// Where all of this comes from.
    public var provenance: Provenance?
    /// Where every row is a test row once, and the figures are those of students of the other parts; nil where the student in the artifact was measured itself.
    public var crossFitted: CrossFitting?

    /// The rows that the run did without; nil where it took all.
    public var leftOut: LeftOutRows?

    /// Rows that were each answered by a student that learned from the other parts of them.
    public struct CrossFitting: Hashable, Codable, Sendable {
        /// How many parts there are.
        public var parts: Int
        /// How many rows.
        public var rows: Int

        /// Rows in so many parts.
        public init(parts: Int, rows: Int) { (self.parts, self.rows) = (parts, rows) }
    }

    /// Each seed's figures on the test rows, students and label-only students paired by seed.
    public struct Seeds: Hashable, Codable, Sendable {
        /// The seeds.
        public var seeds: [UInt64]
        /// The seed whose student is in the artifact: the run's first. The others show how much the seed matters.
        public var shipped: UInt64
        /// For each metric the distilled students' figures, in the order of the seeds.
        public var student: [String: [Double]]
        /// For each metric the label-only students' figures.
        public var labelsOnly: [String: [Double]]
    }

    /// What was chosen on validation rows.
    public struct Choice: Hashable, Codable, Sendable {
        /// The student's specification.
        public var student: String
        /// The teacher, as given.
        public var teacher: String
        /// The strategies of its transfer set.
        public var strategy: String
        /// The loss's name or formula.
        public var loss: String
        /// What the student imitates of the teacher's hidden tensors, as in the recipe; nil for nothing.
        public var features: [String]?
        /// Where the student was taught in stages, the teacher, the assistants or earlier generations, and the student; else nil.
        public var stages: [Stage]?
        /// The network that learned at the same time as the student; nil for none.
        public var peer: String?
        /// The strategies that were compared on validation rows; empty where the recipe leaves no choice.
        public var trials: [Trial]
        /// The students that were compared; one where the student was given, none where its strategy was given too.
        public var candidates: [Candidate]
        /// What the choice promised beside what came of it; nil where nothing was chosen.
        public var optimism: Optimism?
    }

    /// What validation rows said of a choice, beside what fresh rows say: what was chosen for doing best on some rows does a little worse on others.
    public struct Optimism: Hashable, Codable, Sendable {
        /// The metric's name: the task's main one.
        public var metric: String
        /// The chosen student's figure on validation rows, the mean over the folds, by fits on the rows outside them.
        public var validation: Double
        /// The figure of the students on the test rows, the mean over the seeds.
        public var test: Double
        /// How far it lay above labels alone on validation rows; nil where there are none.
        public var validationGain: Double?
        /// How far it lies above them on the test rows.
        public var testGain: Double?
    }

    /// One model of a chain in which each teaches the next.
    public struct Stage: Hashable, Codable, Sendable {
        /// The model's specification, or the teacher as given.
        public var model: String
        /// What it is: teacher, assistant, or generation with its number.
        public var role: String
        /// Its accuracy, or R², on training rows that the copies which answered them had not seen; of a teacher that was asked directly, on rows
        /// that it may have seen.
        public var quality: Double
    }
}
