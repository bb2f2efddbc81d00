import Attar
import Compute
import Testing

/// A booster with some rounds of trees towards the values of a sample, and those rows.
func sampleBooster(
    _ rows: TransferSet, outputs: Int, rounds: Int
) throws -> (XGBoostBooster, XGBoostData) {
    let data = try XGBoostData(rows.features, threads: 1)
    let booster = try XGBoostBooster(
        for: [data], outputs: outputs, columns: 1, settings: ["max_depth": "4", "eta": "0.4"],
        seed: 1)
    for _ in 0..<rounds {
        let margins = try booster.margins(ofDataAt: 0)
        var gradient = margins.indices.map { margins[$0] - rows.values.elements[$0] }
        var curvature = [Float](repeating: 1, count: gradient.count)
        try booster.grow(gradient: &gradient, curvature: &curvature)
    }
    return (booster, data)
}

struct TreeEnsembleXGBoostTests {
    @Test(arguments: [1, 2])
    func `Own trees give XGBoost's own margins`(outputs: Int) throws {
        let rows = try SampleRows.surface(300, outputs: outputs)
        let (booster, _) = try sampleBooster(rows, outputs: outputs, rounds: 20)
        let bases = [Float](repeating: 0, count: outputs)
        let margins = try booster.ensemble(width: 3, baseScores: bases).margins(for: rows.features)
        // Sums of 20 floats near 10 in another order of rounding.
        for (own, theirs) in zip(margins.elements, try booster.margins(ofDataAt: 0)) {
            #expect(abs(own - theirs) <= 1e-5 * max(1, abs(theirs)))
        }
        #expect(Set(margins.elements).count > 100)
    }

    @Test func `Keeping the first rounds keeps what they gave`() throws {
        let rows = try SampleRows.surface(100, outputs: 2)
        let (short, _) = try sampleBooster(rows, outputs: 2, rounds: 4)
        let (long, _) = try sampleBooster(rows, outputs: 2, rounds: 9)
        #expect(
            try long.ensemble(width: 3, baseScores: [0, 0], rounds: 4).tensors
                == short.ensemble(width: 3, baseScores: [0, 0]).tensors)
    }

    @Test func `XGBoost's complaints become errors`() throws {
        let data = try XGBoostData(Matrix(rows: 2, columns: 1), threads: 1)
        let booster = try XGBoostBooster(
            for: [data], outputs: 1, columns: 1, settings: ["max_depth": "deep"], seed: 1)
        var (gradient, curvature): ([Float], [Float]) = ([1, 2], [1, 1])
        let error = #expect(throws: AttarError.self) {
            try booster.grow(gradient: &gradient, curvature: &curvature)
        }
        #expect(error?.code == .invalidSetting)
    }

    @Test func `A document without trees, or with trees that hang together wrongly, is refused`() throws {
        func model(_ left: [Int64], _ right: [Int64]) -> PackedJSON {
            let count = left.count
            let tree = PackedJSON.object([
                "left_children": .integers(left), "right_children": .integers(right),
                "split_indices": .integers([Int64](repeating: 0, count: count)),
                "split_conditions": .floats([Float](repeating: 1, count: count)),
            ])
            let trees = PackedJSON.object(["trees": .array([tree]), "tree_info": .array([.integer(0)])])
            return .object(["learner": .object(["gradient_booster": .object(["model": trees])])])
        }
        #expect(
            try TreeEnsemble(xgboost: model([1, -1, -1], [2, -1, -1]), width: 1, baseScores: [0]).nodeCount == 3)
        for (left, right) in [
            ([0, -1, -1], [2, -1, -1]), ([1, 0, -1], [2, 0, -1]), ([1, -1, -1], [9, -1, -1]), ([], []),
        ]
            as [([Int64], [Int64])]
        {
            #expect(throws: AttarError.self) {
                try TreeEnsemble(xgboost: model(left, right), width: 1, baseScores: [0])
            }
        }
        #expect(throws: AttarError.self) { try TreeEnsemble(xgboost: .null, width: 1, baseScores: [0]) }
    }
}
