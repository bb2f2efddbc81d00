public import Compute

/// How answers are judged: what is measured, and what evidence there can be.
public protocol Judging: Sendable {
    /// The figures of the task.
    var metrics: MetricSet { get }

    /// Whether what is right is what the teacher answers, for want of labels: its answers then stand where labels would.
    var followsTeacher: Bool { get }

    /// The names of the evidence parts that apply, in the order in which a report shows them.
    var evidence: [String] { get }

    /// The same for the outputs of a task, for figures that look at what one of them is called.
    func of(_ task: LearningTask) -> any Judging

    /// What a file can promise of answers; nil for what suits their form: sets of classes, intervals of values.
    var sets: [SetMethod]? { get }

    /// The rows that such promises stand on; nil for all.
    func calibrationRows(_ truth: Truth) -> [Int]?

    /// One model's answers as row-wise numbers whose weighted sums give every metric.
    ///
    /// - Parameters:
    ///   - answers: probabilities or values, (rows, task.width).
    ///   - truth: what is right.
    ///   - teacher: the teacher's answers; nil where there is none, or this is the teacher.
    ///   - weights: how much each row counts, for metrics that stand on ranks; nil leaves those out.
    func statistics(_ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?) -> RowStatistics

    /// The same for figures that look at the rows' features; nil where there are none, as in most tasks.
    ///
    /// - Parameter features: those by which rows are near or far, (rows, some).
    func statistics(_ answers: Matrix, features: Matrix, teacher: Matrix?, weights: [Float]) -> RowStatistics?

    /// The output that each row is answered with: the likeliest class, or the one that a rule says. Nil where answers are no classes.
    func answers(_ answers: Matrix) -> [Int32]?

    /// The same where classes are answered by a rule; nil for the likeliest ones.
    func deciding(by rule: AnswerRule?) -> any Judging

    /// What rows' losses are.
    var lossKind: RowLosses.Kind { get }

    /// Each row's loss, which slices, selection and bounds stand on.
    ///
    /// - Parameter teacher: the teacher's answers, for tasks that have no other truth.
    func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses

    /// Each row's part in a figure that is a mean over rows, or follows from one, as squared errors decide R²; a smaller one is better. Nil for any other figure.
    ///
    /// - Parameter teacher: the teacher's answers, for figures about it.
    func parts(of metric: Metric, _ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> [Double]?

    /// How well a candidate does on validation rows, from its figures; higher is better. What is maximised when a student is chosen.
    func score(_ figures: [Metric: Double]) -> Double

    /// The answer of someone who knows nothing of a row: the classes' shares, the mean. Nil where there is no such answer.
    ///
    /// - Parameters:
    ///   - truth: of the training rows.
    ///   - weights: of the training rows; nil where all count the same.
    func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline?

    /// What students are held against where a simpler answer than a student looks at rows, too; the same as without features where there is none.
    ///
    /// - Parameter features: of the training rows, those by which rows are near or far.
    func baseline(_ truth: Truth, features: Matrix, of task: LearningTask, weights: [Float]?) -> Baseline?

    /// A teacher's answers in the place of labels, where it is followed.
    ///
    /// - Parameter teacher: its answers, (rows, task.width).
    func followed(_ teacher: Matrix) -> Truth

    /// What tells whether answers put rows in order.
    var ranking: Ranking { get }

    /// Each row's loss by a proper score, which the best probabilities have the least of and on which thresholds have no say; nil where `losses` is one already.
    func properLosses(_ answers: Matrix, _ truth: Truth) -> [Float]?

    /// The figure that models of such rows are compared by where nobody names one; nil for the main one.
    ///
    /// - Parameter baseline: what someone who knows nothing of a row answers.
    func usualMetric(_ baseline: Baseline) -> Metric?
}

extension Judging {
    /// Most tasks have labels, or answers that cannot be compared one by one.
    public var followsTeacher: Bool { false }

    /// What suits the form of answers.
    public var sets: [SetMethod]? { nil }

    /// All of them.
    public func calibrationRows(_ truth: Truth) -> [Int]? { nil }

    /// The same: figures look at numbers alone.
    public func of(_ task: LearningTask) -> any Judging { self }

    /// Nil: figures look at answers alone.
    public func statistics(_ answers: Matrix, features: Matrix, teacher: Matrix?, weights: [Float]) -> RowStatistics? {
        nil
    }

    /// The answer of someone who knows nothing of a row.
    public func baseline(_ truth: Truth, features: Matrix, of task: LearningTask, weights: [Float]?) -> Baseline? {
        baseline(truth, of: task, weights: weights)
    }

    /// Nothing: the teacher may be wrong.
    public func followed(_ teacher: Matrix) -> Truth { .none }

    /// Nil: answers are no classes.
    public func answers(_ answers: Matrix) -> [Int32]? { nil }

    /// The same: no rule says which output is answered.
    public func deciding(by rule: AnswerRule?) -> any Judging { self }

    /// Nil: the rows' losses are proper.
    public func properLosses(_ answers: Matrix, _ truth: Truth) -> [Float]? { nil }

    /// Nil: what rows' losses make up is not known.
    public func parts(of metric: Metric, _ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> [Double]? { nil }

    /// The main one.
    public func usualMetric(_ baseline: Baseline) -> Metric? { nil }

    /// The main figure, which has to be measurably above 0.
    public var ranking: Ranking { Ranking(metrics.main, floor: 0) }
}
