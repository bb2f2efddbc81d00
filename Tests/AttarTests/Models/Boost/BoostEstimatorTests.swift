import Attar
import Compute
import Synchronization
import Testing

struct BoostEstimatorTests {
    private func quick(_ rounds: Int = 30) -> BoostEstimator {
        var estimator = BoostEstimator()
        estimator.rounds = rounds
        return estimator
    }

    @Test(arguments: [2, 3])
    func `Classes are learned`(classes: Int) throws {
        let rows = try SampleRows.clouds(300, classes: classes)
        let model = try quick().fitted(to: rows, validation: nil, context: .labels(rows.task))
        #expect(rows.accuracy(of: model) > 0.97)
        #expect((model as? BoostModel)?.rounds == 30)
    }

    @Test func `Values are learned, of every output`() throws {
        let rows = try SampleRows.surface(400, outputs: 2)
        let model = try quick(60).fitted(to: rows, validation: nil, context: .labels(rows.task))
        #expect(rows.determination(of: model) > 0.97)
        let answers = model.outputs(for: rows.features).matrix
        let error = (0..<rows.count).reduce(Float(0)) { $0 + abs(answers[$1, 1] - rows.values[$1, 1]) }
        #expect(error / 400 < 0.15)
    }

    @Test func `Validation rows stop the rounds at their best, and a refit takes as many`() throws {
        let rows = try SampleRows.clouds(120)
        // Labels of the validation rows are turned round: no round makes them better.
        let turned = try SampleRows.clouds(60, seed: 9)
        let wrong = turned.with(labels: turned.labels.map { ($0 + 1) % 3 })
        var estimator = quick(50)
        estimator.patience = 3
        let seen = Mutex(0)
        var context = FittingContext.labels(rows.task)
        context.progress = { _ in
            seen.withLock { $0 += 1 }
            return .more
        }
        let model = try estimator.fitted(to: rows, validation: wrong, context: context)
        #expect((model as? BoostModel)?.rounds == 1)
        #expect(seen.withLock { $0 } < 10)
        let refitted = estimator.refitting(after: model) as? BoostEstimator
        #expect(refitted?.rounds == 1)
        let whole = try #require(try refitted?.fitted(to: rows, validation: nil, context: .labels(rows.task)))
        #expect(whole.description == model.description)
    }

    @Test(arguments: [
        "boost[rounds=0]", "boost[depth=0]", "boost[depth=31]", "boost[learningRate=0]", "boost[learningRate=2]",
        "boost[subsample=0]", "boost[columns=1.5]", "boost[lambda=-1]", "boost[minimumChildWeight=-1]",
        "boost[patience=0]",
    ])
    func `Settings out of range are refused when fitting`(_ text: String) throws {
        let rows = try SampleRows.clouds(12)
        let error = #expect(throws: AttarError.self) {
            try BoostEstimator(Specification(text)).fitted(to: rows, validation: nil, context: .labels(rows.task))
        }
        #expect(error?.code == .invalidSetting)
    }

    @Test func `Options of a specification arrive`() throws {
        let estimator = try BoostEstimator(
            Specification(
                "boost[rounds=7,depth=2,learningRate=0.3,subsample=1,columns=0.4,lambda=2,minimumChildWeight=3,patience=5]"
            ))
        var expected = BoostEstimator()
        (expected.rounds, expected.depth, expected.learningRate, expected.subsample) = (7, 2, 0.3, 1)
        (expected.columns, expected.lambda, expected.minimumChildWeight, expected.patience) = (0.4, 2, 3, 5)
        #expect(estimator == expected)
        #expect(throws: AttarError.self) { try BoostEstimator(Specification("boost[leaves=3]")) }
        #expect(throws: AttarError.self) { try BoostEstimator(Specification("boost[3]")) }
    }

    @Test(arguments: [0x1p-100, 0x1p-30, 0x1p100] as [Float])
    func `Values are learned the same in any unit`(unit: Float) throws {
        let rows = try SampleRows.surface(200)
        let model = try quick().fitted(to: rows, validation: nil, context: .labels(rows.task))
        let scaled = try quick().fitted(to: rows.inUnit(unit), validation: nil, context: .labels(rows.task))
        let answers = scaled.outputs(for: rows.features).matrix.elements.map { $0 / unit }
        #expect(answers == model.outputs(for: rows.features).matrix.elements)
    }
}
