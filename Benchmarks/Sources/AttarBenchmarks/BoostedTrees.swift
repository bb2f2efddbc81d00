import Attar
import Compute

/// Boosted trees on the bundled digits: training through Attar, and scoring many rows with the trees, on one thread.
enum BoostedTrees {
    private static let rounds = 100
    /// How often the digits are repeated for scoring.
    private static let copies = 10

    /// Ours and XGBoost's Python package in turn.
    static var group: RowGroup { RowGroup(name: "boost", rows: rows) }

    private static func rows() throws -> [Row] {
        let path = "../Datasets/digits.csv"
        let digits = try Dataset.read(path).taking(target: "digit")
        let encoder = try FeatureEncoder(fittedTo: digits)
        let transferSet = try TransferSet(digits, encoder: encoder)
        var estimator = BoostEstimator()
        estimator.rounds = rounds
        let context = FittingContext(loss: .labelsOnly(.probabilities))
        let model = try estimator.fitted(to: transferSet, validation: nil, context: context)
        let many = transferSet.features.selecting(rows: (0..<copies).flatMap { _ in 0..<transferSet.count })

        let peer = Contestant.peer("XGBoost in Python", "boosted_trees", [path, String(rounds), String(copies)])
        var (training, scoring, peers): ([Double], [Double], [[Double]]) = ([], [], [])
        for _ in 0..<5 {
            training.append(
                try microseconds {
                    blackHole(try estimator.fitted(to: transferSet, validation: nil, context: context))
                } / 1e3)
            scoring.append(Double(many.rows) / microseconds { blackHole(model.outputs(for: many)) } * 1e3)
            if let figures = peer?.measure() { peers.append(figures) }
        }
        var trained = Row(
            work: "training boost on digits, \(rounds) rounds, depth 5", value: median(training), unit: "ms")
        var scored = Row(
            work: "scoring with these \(10 * rounds) trees", value: median(scoring), unit: "rows/ms")
        if !peers.isEmpty {
            trained.compare(withTime: median(peers.map { $0[0] }), of: "XGBoost in Python")
            scored.compare(withRate: median(peers.map { $0[1] }), of: "XGBoost in Python")
        }
        return [trained, scored]
    }
}
