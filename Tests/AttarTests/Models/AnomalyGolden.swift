import Attar
import Compute

/// Rows and what scikit-learn says of them; the script beside the file says how.
struct AnomalyGolden: Decodable {
    /// Rows that are learned from, and others.
    let rows, new: [[Float]]
    /// Neighbours that are looked at.
    let neighbours: Int
    /// Mean distances to the neighbours.
    let distances, newDistances: [Double]
    /// Local outlier factors.
    let factors, newFactors: [Double]
    /// Numbers of rows, and the depths expected of trees of so many.
    let counts: [Int]
    let depths: [Double]
    /// Scores with ties, with what is right and a teacher's, and figures of them.
    let labels: [Int]
    let scores, teacher: [Float]
    let auroc, averagePrecision, rankCorrelation: Double

    static func read() throws -> AnomalyGolden { try golden("anomalies.json") }

    static func matrix(_ rows: [[Float]]) -> Matrix {
        Matrix(rows: rows.count, columns: rows[0].count, elements: rows.flatMap(\.self))
    }

    /// The rows to learn from as they are, unscaled.
    func set(weights: [Float]? = nil) throws -> TransferSet {
        try .unanswered(Self.matrix(rows), weights: weights)
    }
}

extension TransferSet {
    /// Features that nobody has answered, for families that find by themselves how strange rows are.
    static func unanswered(_ features: Matrix, weights: [Float]? = nil) throws -> TransferSet {
        let rows = Dataset(
            source: "sample",
            columns: (0..<features.columns).map { column in
                Column("x\(column)", .numeric((0..<features.rows).map { features[$0, column] }))
            })
        return TransferSet(
            task: .anomaly, encoder: try FeatureEncoder(fittedTo: rows), features: features, truth: .none,
            weights: weights)
    }
}
