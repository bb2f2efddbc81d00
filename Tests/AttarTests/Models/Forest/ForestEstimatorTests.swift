import Attar
import Compute
import Testing

struct ForestEstimatorTests {
    private func small(_ trees: Int = 40) -> ForestEstimator {
        var estimator = ForestEstimator()
        estimator.trees = trees
        return estimator
    }

    @Test(arguments: [2, 3])
    func `Classes are learned`(classes: Int) throws {
        let rows = try SampleRows.clouds(300, classes: classes)
        let fresh = try SampleRows.clouds(300, classes: classes, seed: 2)
        let model = try small().fitted(to: rows, validation: nil, context: .labels(rows.task))
        #expect(fresh.accuracy(of: model) > 0.95)
    }

    @Test func `Values are learned around their mean, of every output`() throws {
        let rows = try SampleRows.surface(500, outputs: 2)
        let model = try small().fitted(to: rows, validation: nil, context: .labels(rows.task))
        #expect(rows.determination(of: model) > 0.95)
    }

    @Test func `Trees with too few rows for a leaf answer the mean target`() throws {
        // Leaves of 40 of 40 rows, of which a tree sees about 25, cannot be filled.
        var estimator = small(10)
        estimator.minimumLeaf = 40
        let rows = try SampleRows.clouds(40, classes: 2)
        let third = rows.with(labels: (0..<40).map { $0 % 4 == 0 ? 1 : 0 })
        let model = try estimator.fitted(to: third, validation: nil, context: .labels(rows.task))
        let answers = model.outputs(for: rows.features).matrix
        #expect((0..<40).allSatisfy { abs(answers[$0, 1] - 0.25) < 1e-6 })
    }

    @Test func `A leaf holds the blend of label and teacher`() throws {
        let rows = try SampleRows.clouds(60, classes: 3)
        let soft = Matrix(rows: 60, columns: 3, elements: (0..<60).flatMap { _ in [1, 0, -1] as [Float] })
        var context = FittingContext.labels(rows.task)
        context.loss.terms = [.init(.kullbackLeibler)]
        let model = try small(5).fitted(to: rows.with(softTargets: soft), validation: nil, context: context)
        let expected = Matrix(rows: 1, columns: 3, elements: [1, 0, -1]).softmax().elements
        let answers = model.outputs(for: rows.features).matrix
        for row in 0..<60 {
            for column in 0..<3 { #expect(abs(answers[row, column] - expected[column]) < 1e-5) }
        }
    }

    @Test(arguments: [
        "forest[trees=0]", "forest[depth=0]", "forest[depth=40]", "forest[columns=0]", "forest[columns=2]",
        "forest[minimumLeaf=0]",
    ])
    func `Settings out of range are refused when fitting`(_ text: String) throws {
        let rows = try SampleRows.clouds(12)
        let error = #expect(throws: AttarError.self) {
            try ForestEstimator(Specification(text)).fitted(to: rows, validation: nil, context: .labels(rows.task))
        }
        #expect(error?.code == .invalidSetting)
    }

    @Test func `Depth and number of trees bound the size`() throws {
        let rows = try SampleRows.clouds(200)
        let estimator = try ForestEstimator(Specification("forest[trees=4,depth=2,columns=1,minimumLeaf=2]"))
        let model = try estimator.fitted(to: rows, validation: nil, context: .labels(rows.task))
        #expect(model.description.settings["trees"] == .number(12))
        guard case .number(let nodes) = model.description.settings["nodes"] else {
            Issue.record("the settings name the nodes")
            return
        }
        #expect(nodes > 12 && nodes <= 12 * 7)
    }

    @Test(arguments: [0x1p-100, 0x1p-30, 0x1p100] as [Float])
    func `Values are learned the same in any unit`(unit: Float) throws {
        let rows = try SampleRows.surface(200)
        let model = try small().fitted(to: rows, validation: nil, context: .labels(rows.task))
        let scaled = try small().fitted(to: rows.inUnit(unit), validation: nil, context: .labels(rows.task))
        let answers = scaled.outputs(for: rows.features).matrix.elements.map { $0 / unit }
        #expect(answers == model.outputs(for: rows.features).matrix.elements)
    }

    @Test func `A forest is the same on any number of threads`() throws {
        let rows = try SampleRows.clouds(150)
        let models = try [1, 3].map { threads in
            var context = FittingContext.labels(rows.task)
            context.threads = threads
            return try small(6).fitted(to: rows, validation: nil, context: context)
        }
        #expect(models[0].fingerprint == models[1].fingerprint)
    }

    @Test func `Rows in ten times the number take no more memory than their number`() {
        let one = RowsExtent(rows: 100_000, features: 28, outputs: 1)
        let ten = RowsExtent(rows: 1_000_000, features: 28, outputs: 1)
        #expect(small(50).memoryEstimate(ten) <= 10 * small(50).memoryEstimate(one))
        #expect(small(50).memoryEstimate(ten) < 4 << 30)
    }
}
