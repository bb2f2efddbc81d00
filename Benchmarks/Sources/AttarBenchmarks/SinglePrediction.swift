import Attar
import Compute

/// One row through a trained `mlp[64,32]` with 64 features and 10 classes, softmax included, in process.
enum SinglePrediction {
    static func row() throws -> Row {
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
        var times: [Double] = []
        for _ in 0..<2000 {
            times.append(
                microseconds {
                    for _ in 0..<10 {
                        var span = outputs.mutableSpan
                        session.predict(features.span, into: &span)
                    }
                } / 10)
        }
        blackHole(outputs)
        return Row(
            name: "Prediction of one row, mlp[64,32], 64 features, 10 classes", value: median(times), unit: "µs",
            goal: 3)
    }
}
