/// The rows that a network learns from, or is validated on. Where a part is absent it is nil, and the loss goes without it.
public struct Examples: Sendable {
    /// The inputs, (rows, features).
    public let features: Matrix
    /// The teacher's logits or values, (rows, outputs); where there are views, one view of all rows after the other.
    public let softTargets: Matrix?
    /// Each row's class, −1 where unknown; nil for regression.
    public let labels: [Int32]?
    /// Each row's values, NaN where unknown, (rows, outputs); nil for classification.
    public let values: Matrix?
    /// How much each row counts, 0 or more.
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
    /// - Precondition: all parts have the same number of rows; soft targets as many for each view.
    public init(
        features: Matrix, softTargets: Matrix? = nil, labels: [Int32]? = nil, values: Matrix? = nil,
        weights: [Float]? = nil, views: PictureViews? = nil
    ) {
        let rows = features.rows
        precondition(
            softTargets.map { $0.rows == rows * (views?.count ?? 1) } ?? true, "soft targets for each row and view")
        precondition(views.map { $0.keys.count == rows } ?? true, "a key for each picture")
        precondition(softTargets == nil || views == nil || views?.count != nil, "answers belong to numbered views")
        precondition(labels.map { $0.count == rows } ?? true, "a label for each row")
        precondition(values.map { $0.rows == rows } ?? true, "values for each row")
        precondition(weights.map { $0.count == rows } ?? true, "a weight for each row")
        self.features = features
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
