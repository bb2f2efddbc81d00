import AttarRuntime
import Compute

/// Models that are written down instead of fitted, over one column of each kind that a row in code can have.
enum SmallModels {
    /// age: numbers around 40 with a deviation of 10, missing in some rows; plan: gold or silver.
    static let encoder = FeatureEncoder(
        columns: [
            EncodedColumn("age", .numeric, means: [40], deviations: [10], hasIndicator: true),
            EncodedColumn("plan", .categorical, categories: ["gold", "silver"]),
        ], ignored: ["remark"])

    /// Stays with an age above 40 or a gold plan, leaves otherwise: the score of "stays" is (age − 40) / 10 + gold − silver.
    static func churn() throws -> LinearModel {
        let weights: [Float] = [0, 0, 0, 0, 0, 1, 0, 1, -1, 0]
        return try LinearModel(
            ModelDescription(
                family: "linear",
                tensors: [
                    "weights": Tensor(weights, shape: [2, 5]),
                    "bias": Tensor([Float](repeating: 0, count: 2), shape: [2]),
                ]),
            task: .classification(["leaves", "stays"]), encoder: encoder)
    }

    /// Two values: 3 + (age − 40) / 10, and 1 for gold plans.
    static func values() throws -> LinearModel {
        let weights: [Float] = [1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
        return try LinearModel(
            ModelDescription(
                family: "linear",
                tensors: ["weights": Tensor(weights, shape: [2, 5]), "bias": Tensor([Float(3), 0], shape: [2])]),
            task: .regression(["visits", "bonus"]), encoder: encoder)
    }

    /// The same rows as `SmallModels.rows` gives one by one.
    static let table = Dataset(
        source: "rows.csv",
        columns: [
            Column("plan", .categorical(codes: [0, 1, -1, 1], categories: ["gold", "silver"])),
            Column("age", .numeric([41, 20, .nan, 60])),
        ])

    /// The rows of `table`.
    static let rows: [[String: RowValue]] = [
        ["age": 41, "plan": "gold"], ["age": 20, "plan": "silver"], ["age": nil, "plan": nil],
        ["age": 60.0, "plan": "silver"],
    ]
}

/// The error's sentence; an empty text where nothing is thrown.
func sentence(of body: () throws -> some Any) -> String {
    do {
        _ = try body()
        return ""
    } catch {
        return "\(error)"
    }
}
