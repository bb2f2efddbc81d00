/// The rows that a network learns from, or is validated on. Where a part is absent it is nil, and the loss goes without it.
public struct Examples: Sendable {
    /// The inputs, (rows, features).
    public let features: Matrix
    /// Answers a row: 1, or the length of the sequence where each position has one, as in a language model. A network's output is then
    /// (rows, positions, outputs), and each of the following has rows·positions entries, the positions of a row side by side.
    public let positions: Int
    /// The teacher's logits or values, (rows, outputs); where there are views, one view of all rows after the other.
    public let softTargets: Matrix?
    /// Each row's class, −1 where unknown; nil for regression.
    public let labels: [Int32]?
    /// Each row's values, NaN where unknown, (rows, outputs); nil for classification.
    public let values: Matrix?
    /// How much each row counts, 0 or more; each answer, where a row has several.
    public let weights: [Float]
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
    /// - Precondition: all parts have the same number of rows, times `positions` but for the features; soft targets as many for each view.
    public init(
        features: Matrix, positions: Int = 1, softTargets: Matrix? = nil, labels: [Int32]? = nil, values: Matrix? = nil,
        weights: [Float]? = nil, views: PictureViews? = nil
    ) {
        precondition(
            positions > 0 && (positions == 1 || views == nil), "sequences have an answer or more, and no views")
        let rows = features.rows * positions
        precondition(
            softTargets.map { $0.rows == rows * (views?.count ?? 1) } ?? true, "soft targets for each row and view")
        precondition(views.map { $0.keys.count == features.rows } ?? true, "a key for each picture")
        precondition(softTargets == nil || views == nil || views?.count != nil, "answers belong to numbered views")
        precondition(labels.map { $0.count == rows } ?? true, "a label for each row")
        precondition(values.map { $0.rows == rows } ?? true, "values for each row")
        precondition(weights.map { $0.count == rows } ?? true, "a weight for each row")
        self.features = features
        self.positions = positions
        self.softTargets = softTargets
        self.labels = labels
        self.values = values
        self.weights = weights ?? [Float](repeating: 1, count: rows)
        self.views = views
    }

    /// Number of rows.
    public var count: Int { features.rows }

    /// The sum of the weights.
    var totalWeight: Double { weights.reduce(0) { $0 + Double($1) } }
}
