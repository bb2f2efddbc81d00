import Attar
import Compute

/// `Golden/small-models.json`: reference values by scikit-learn and SciPy.
struct SmallModelsGolden: Decodable {
    let features: [[Float]]
    let labels: [Int32]
    let values: [Float]
    let weights: [Float]
    let l2: Double
    let soft: [[Float]]
    let logistic: [[Float]]
    let ridge: [Float]
    let tree: [[Float]]
    let logits: [[Float]]
    let logitLabels: [Int32]
    let temperature: Double

    static func loaded() throws -> SmallModelsGolden { try golden("small-models.json") }

    /// The rows as they are, past the encoder's standardising.
    func classes(soft: Bool) throws -> TransferSet {
        TransferSet(
            task: .classification(["a", "b", "c"]), encoder: try encoder(), features: Matrix(features),
            softTargets: soft ? Matrix(self.soft).centredLogits(lowest: 1e-9) : nil, labels: labels, weights: weights)
    }

    /// The rows with one value each.
    func regression() throws -> TransferSet {
        TransferSet(
            task: .regression(["y"]), encoder: try encoder(), features: Matrix(features),
            values: Matrix(rows: values.count, columns: 1, elements: values), weights: weights)
    }

    private func encoder() throws -> FeatureEncoder {
        let columns = features[0].indices.map { column in
            Column("x\(column)", .numeric(features.map { $0[column] }))
        }
        return try FeatureEncoder(fittedTo: Dataset(source: "golden", columns: columns))
    }
}

/// The largest distance between two lists of numbers.
func largestDifference(_ left: [Float], _ right: [Float]) -> Float {
    left.count == right.count ? zip(left, right).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}
