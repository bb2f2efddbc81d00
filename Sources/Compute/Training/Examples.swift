/// The rows that a network learns from, or is validated on. Where a part is absent it is nil, and the loss goes without it.
public struct Examples: Sendable {
    /// The inputs, (rows, features).
    public let features: Matrix
    /// Answers a row: 1, or the length of the sequence where each position has one, as in a language model. A network's output is then
    /// (rows, positions, outputs), and each of the following has rows·positions entries, the positions of a row side by side.
    public let positions: Int
    /// How many of each row's answers count, (rows): those of the sequence's first positions. What lies behind them weighs nothing. Nil where
    /// all count.
    public let lengths: [Int32]?
    /// What the teacher has said of each row; where there are views, of one view of all rows after the other.
    public let softTargets: SoftTargets?
    /// Each row's class, −1 where unknown; nil for regression.
    public let labels: [Int32]?
    /// Each row's values, NaN where unknown, (rows, outputs); nil for classification.
    public let values: Matrix?
    /// How much each row counts, 0 or more; each answer, where a row has several.
    public let weights: [Float]
    /// How much each row counts for what compares it with the teacher: its weight, or 0 where the teacher's answer is unknown. Nil where all
    /// answers are known.
    public let taughtWeights: [Float]?
    /// The views in which pictures are seen, another each epoch; nil where rows are seen as they are.
    public let views: PictureViews?
    /// How rows of a batch are mixed with each other; nil for not at all.
    public var mixing: Mixing?
    /// Who is asked about each batch instead of `softTargets`; nil for nobody.
    public var teacher: (any BatchTeacher)?
    /// The network whose hidden tensors the graph's taps are compared with; nil for none.
    public var hiddenTeacher: HiddenTeacher?

    /// Examples of the given parts; all rows count the same unless weighted.
    ///
    /// - Parameter known: whether the teacher's answer to each row is known; nil where all are. A row that is not has any soft targets, to
    ///   which it is not compared; its label counts as ever.
    /// - Precondition: all parts have the same number of rows, times `positions` but for the features and the lengths; soft targets as many for
    ///   each view. Sparse soft targets name the classes of a row in ascending order.
    public init(
        features: Matrix, positions: Int = 1, lengths: [Int32]? = nil, teaching softTargets: SoftTargets?,
        known: [Bool]? = nil, labels: [Int32]? = nil, values: Matrix? = nil, weights: [Float]? = nil,
        views: PictureViews? = nil
    ) {
        precondition(
            positions > 0 && (positions == 1 || views == nil), "sequences have an answer or more, and no views")
        let rows = features.rows * positions
        precondition(
            softTargets.map { $0.rows == rows * (views?.count ?? 1) } ?? true, "soft targets for each row and view")
        if case .sparse(let classes, let tail)? = softTargets {
            precondition(classes.ascends && tail.count == classes.rows, "classes in order, and a tail for each row")
        }
        precondition(known.map { $0.count == rows && views == nil } ?? true, "known or not for each row, without views")
        precondition(
            lengths.map { $0.count == features.rows && $0.allSatisfy { (0...positions).contains(Int($0)) } } ?? true,
            "a length for each sequence")
        precondition(views.map { $0.keys.count == features.rows } ?? true, "a key for each picture")
        precondition(softTargets == nil || views == nil || views?.count != nil, "answers belong to numbered views")
        precondition(labels.map { $0.count == rows } ?? true, "a label for each row")
        precondition(values.map { $0.rows == rows } ?? true, "values for each row")
        precondition(weights.map { $0.count == rows } ?? true, "a weight for each row")
        var all = weights ?? [Float](repeating: 1, count: rows)
        for (row, length) in (lengths ?? []).enumerated() {
            for position in Int(length)..<positions { all[row * positions + position] = 0 }
        }
        self.features = features
        self.positions = positions
        self.lengths = lengths
        self.softTargets = known.map { known in softTargets.map { $0.cleared(where: known) } } ?? softTargets
        self.labels = labels
        self.values = values
        self.weights = all
        taughtWeights = known.map { zip($0, all).map { $0 ? $1 : 0 } }
        self.views = views
    }

    /// Examples whose teacher has told all of its answers, or that have none.
    ///
    /// - Parameter softTargets: logits or values, (rows, outputs).
    public init(
        features: Matrix, positions: Int = 1, softTargets: Matrix? = nil, labels: [Int32]? = nil, values: Matrix? = nil,
        weights: [Float]? = nil, views: PictureViews? = nil
    ) {
        self.init(
            features: features, positions: positions, teaching: softTargets.map { .dense($0) }, labels: labels,
            values: values, weights: weights, views: views)
    }

    /// Number of rows.
    public var count: Int { features.rows }

    /// The sum of the weights.
    var totalWeight: Double { weights.reduce(0) { $0 + Double($1) } }
}
