public import Compute

/// The rows on which a student learns: features, the teacher's soft targets, hard labels where known, weights, and origin.
public struct TransferSet: Sendable {
    /// What is to be answered.
    public let task: LearningTask
    /// What made the features, and will encode the student's inputs.
    public let encoder: FeatureEncoder
    /// The encoded rows, (rows, encoder.width), finite.
    public let features: Matrix
    /// What the teacher has said of each row, in full or as lists of classes. Nil where the student learns from labels alone.
    public let teaching: SoftTargets?
    /// Whether the teacher's answer to each row is known; nil where all are. A row that is not teaches by its label alone, and its soft targets are 0.
    public let known: [Bool]?
    /// What is right, where it is known; not so for synthesised and unlabelled rows.
    public let truth: Truth
    /// How much each row counts, 0 or more; one a row.
    public let weights: [Float]
    /// Where each row comes from; one a row.
    public let origins: [RowOrigin]
    /// Other views of the rows' pictures, which networks learn from instead of the rows as they are; nil for none. Families that do
    /// not learn in passes see the rows as they are.
    public let views: TransferViews?
    /// What networks imitate of the teacher's hidden tensors; nil for nothing. Families without hidden tensors do not look at it.
    public var hidden: FeatureTeaching?

    /// The teacher's answers in full, (rows, task.width): logits centred to mean 0 in each row for classification, values for
    /// regression. Classes that a list leaves out share the rest evenly. Nil where the student learns from labels alone.
    public var softTargets: Matrix? { teaching?.full(width: task.width) }
    /// Number of rows.
    public var count: Int { features.rows }
    /// Each row's class, −1 where unknown; empty where the truth is no class.
    public var labels: [Int32] { truth.labels }
    /// (rows, outputs), NaN where unknown; of no rows where the truth is no value.
    public var values: Matrix { truth.values }

    /// A transfer set of the given parts.
    ///
    /// - Parameter known: of which rows the teacher's answer is known; what stands in the others' soft targets is not looked at.
    /// - Precondition: all parts have the same number of rows, and widths fit the task and the encoder; answers to views are all known.
    public init(
        task: LearningTask, encoder: FeatureEncoder, features: Matrix, teaching: SoftTargets?,
        known: [Bool]? = nil, truth: Truth, weights: [Float]? = nil, origins: [RowOrigin]? = nil,
        views: TransferViews? = nil
    ) {
        let count = features.rows
        precondition(features.columns == encoder.width, "features have the encoder's width")
        precondition(
            teaching.map { $0.rows == count && $0.matrix?.columns ?? task.width == task.width } ?? true,
            "soft targets fit")
        precondition(
            known.map { $0.count == count && views == nil } ?? true, "known or not for each row, without views")
        precondition(truth.count.map { $0 == count } ?? true, "a truth for each row")
        precondition(weights.map { $0.count == count } ?? true, "a weight for each row")
        precondition(origins.map { $0.count == count } ?? true, "an origin for each row")
        precondition(views.map { $0.pictures.keys.count == count } ?? true, "views of each row")
        self.task = task
        self.encoder = encoder
        self.features = features
        let isPartial = teaching != nil && known?.contains(false) == true
        self.known = isPartial ? known : nil
        self.teaching = isPartial ? teaching?.cleared(where: known ?? []) : teaching
        self.truth = truth
        self.weights = weights ?? [Float](repeating: 1, count: count)
        self.origins = origins ?? [RowOrigin](repeating: .real, count: count)
        self.views = views
    }

    /// A transfer set of the given parts, with soft targets told in full, or without any.
    ///
    /// - Parameter softTargets: logits or values, (rows, task.width).
    public init(
        task: LearningTask, encoder: FeatureEncoder, features: Matrix, softTargets: Matrix? = nil,
        known: [Bool]? = nil, truth: Truth, weights: [Float]? = nil, origins: [RowOrigin]? = nil,
        views: TransferViews? = nil
    ) {
        self.init(
            task: task, encoder: encoder, features: features, teaching: softTargets.map { .dense($0) }, known: known,
            truth: truth, weights: weights, origins: origins, views: views)
    }

    /// A transfer set with labels of classes, or values.
    ///
    /// - Parameters:
    ///   - known: of which rows the teacher's answer is known; nil for all.
    ///   - labels: each row's class, −1 where unknown; empty for tasks whose answers are values.
    ///   - values: (rows, task.width), NaN where unknown; of no rows for tasks whose answers are probabilities.
    public init(
        task: LearningTask, encoder: FeatureEncoder, features: Matrix, softTargets: Matrix? = nil,
        known: [Bool]? = nil, labels: [Int32] = [], values: Matrix = Matrix(rows: 0, columns: 0),
        weights: [Float]? = nil, origins: [RowOrigin]? = nil,
        views: TransferViews? = nil
    ) {
        let truth: Truth =
            switch task.form {
            case .probabilities: .classes(labels)
            case .values: .values(values)
            }
        self.init(
            task: task, encoder: encoder, features: features, softTargets: softTargets, known: known, truth: truth,
            weights: weights, origins: origins, views: views)
    }

    /// Whether the teacher's answer to a row is known.
    public func isTaught(_ row: Int) -> Bool { teaching != nil && known?[row] ?? true }

    /// How much each row counts for what compares it with the teacher: its weight, or 0 where the answer is unknown. Nil where all are known.
    var taughtWeights: [Float]? {
        known.map { zip($0, weights).map { $0 ? $1 : 0 } }
    }

    /// The rows at the given positions, in that order.
    public func selecting(_ rows: [Int]) -> TransferSet {
        var selected = TransferSet(
            task: task, encoder: encoder, features: features.selecting(rows: rows),
            teaching: teaching?.selecting(rows), known: known.map { known in rows.map { known[$0] } },
            truth: truth.selecting(rows),
            weights: rows.map { weights[$0] }, origins: rows.map { origins[$0] }, views: views?.selecting(rows))
        selected.hidden = hidden
        return selected
    }
}

/// Where a row of the transfer set comes from.
public enum RowOrigin: UInt8, Hashable, Codable, Sendable {
    /// A labelled row of the training data.
    case real
    /// A row given without a label.
    case unlabeled
    /// A row that the planner made up and the teacher labelled.
    case synthesised
}
