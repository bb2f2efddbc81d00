public import Compute

/// How strange a row is by how much thinner rows lie around it than around its neighbours: the local outlier factor, about 1 where a row lies as its neighbours do.
///
/// With N the nearest rows, d_k(o) the distance of row o to its own k-th neighbour and reach(x, o) = max(d_k(o), |x − o|), the density of x is 1 / mean of reach(x, o)
/// over N(x), and its factor the mean density of N(x) over its own. Breunig, Kriegel, Ng and Sander, SIGMOD 2000.
public struct LocalOutlierModel: Model {
    public static let familyName = "lof"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    /// Neighbours that are looked at.
    package let neighbours: Int
    /// The distance of each row to the last of its neighbours.
    private let reaches: [Float]
    /// Each row's density.
    private let densities: [Float]
    private let search: NeighbourSearch

    /// Added to mean distances, so that rows of which there are many copies have a density.
    private static let leastReach = 1e-10

    /// A model that keeps the given rows.
    ///
    /// - Parameter answer: finds the neighbours of the rows among themselves.
    package init(task: LearningTask, encoder: FeatureEncoder, rows: Matrix, neighbours: Int) {
        let search = NeighbourSearch(rows)
        let found = search.nearest(neighbours, to: rows)
        let reaches = (0..<rows.rows).map { found.distances[($0 + 1) * neighbours - 1] }
        let densities = (0..<rows.rows).map { Float(Self.density(found, $0, reaches)) }
        self.init(task, encoder, search, neighbours, reaches, densities)
    }

    private init(
        _ task: LearningTask, _ encoder: FeatureEncoder, _ search: NeighbourSearch, _ neighbours: Int,
        _ reaches: [Float], _ densities: [Float]
    ) {
        (self.task, self.encoder, self.search, self.neighbours) = (task, encoder, search, neighbours)
        (self.reaches, self.densities) = (reaches, densities)
    }

    public func outputs(for features: Matrix) -> Answers {
        let found = search.nearest(neighbours, to: features)
        return Answers(
            .values,
            Matrix(
                rows: features.rows, columns: 1,
                elements: (0..<features.rows).map { row in
                    let places = row * neighbours..<(row + 1) * neighbours
                    let around = places.reduce(0.0) { $0 + Double(densities[Int(found.positions[$1])]) }
                    return Float(around / Double(neighbours) / Self.density(found, row, reaches))
                }))
    }

    /// How densely rows lie around one.
    private static func density(_ found: NeighbourSearch.Found, _ row: Int, _ reaches: [Float]) -> Double {
        let places = row * found.count..<(row + 1) * found.count
        let sum = places.reduce(0.0) { $0 + Double(max(found.distances[$1], reaches[Int(found.positions[$1])])) }
        return 1 / (sum / Double(found.count) + leastReach)
    }

    public var description: ModelDescription {
        let rows = search.rows
        return ModelDescription(
            family: Self.familyName, settings: .object(["neighbours": .number(Double(neighbours))]),
            tensors: [
                "rows": Tensor(rows.elements, shape: [rows.rows, rows.columns]),
                "reaches": Tensor(reaches, shape: [rows.rows]), "densities": Tensor(densities, shape: [rows.rows]),
            ])
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        let rows = try description.keptRows(width: encoder.width)
        let (reaches, densities) = (
            try description.floats("reaches", shape: [rows.rows]),
            try description.floats("densities", shape: [rows.rows])
        )
        guard reaches.allSatisfy({ $0.isFinite && $0 >= 0 }), densities.allSatisfy({ $0.isFinite && $0 > 0 }) else {
            throw AttarError(.malformedArtifact, "the lof model's densities are not above 0")
        }
        self.init(
            try task.ofScores(Self.familyName), encoder, NeighbourSearch(rows),
            try description.neighbours(among: rows), reaches, densities)
    }
}
