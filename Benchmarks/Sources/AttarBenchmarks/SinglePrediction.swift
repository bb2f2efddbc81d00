import Attar
import Compute

/// One row through a trained `mlp[64,32]` with 64 features and 10 classes, softmax included, in process.
enum SinglePrediction {
    static func rows() throws -> [Row] {
        var generator = SeededGenerator(seed: 1)
        let columns = (0..<64).map { index in
            Column("x\(index)", .numeric((0..<200).map { _ in generator.uniform() }))
        }
        let rows = Dataset(source: "noise", columns: columns)
        let encoder = try FeatureEncoder(fittedTo: rows)
        let transferSet = TransferSet(
            task: .classification((0..<10).map { "\($0)" }), encoder: encoder, features: try encoder.encoded(rows),
            labels: (0..<200).map { Int32($0 % 10) })
        let estimator = try Family.mlp.estimator(Specification("mlp[64,32,epochs=1]"))
        let loss = DistillationLoss.labelsOnly(.classification)
        let model = try estimator.fitted(to: transferSet, validation: nil, context: FittingContext(loss: loss))
        let session = model.session()
        let features = Array(transferSet.features.row(0))
        var outputs = [Float](repeating: 0, count: 10)
        let peer = Peer("single_row")
        var (ours, peers): ([Double], [[Double]]) = ([], [])
        for _ in 0..<10 {
            let times = (0..<200).map { _ in
                microseconds {
                    for _ in 0..<10 {
                        var span = outputs.mutableSpan
                        session.predict(features.span, into: &span)
                    }
                } / 10
            }
            ours.append(median(times))
            if let figures = peer?.measure() { peers.append(figures) }
        }
        blackHole(outputs)
        var row = Row(
            name: "Prediction of one row, mlp[64,32], 64 features, 10 classes", value: median(ours), unit: "µs",
            goal: .atMost(3))
        if !peers.isEmpty {
            row.references.append(("scikit-learn's predict_proba", median(peers.map { $0[0] })))
            row.references.append(("PyTorch", median(peers.map { $0[1] })))
        }
        return [row]
    }
}
