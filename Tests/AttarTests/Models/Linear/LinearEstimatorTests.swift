import Attar
import Compute
import Testing

/// Linear models against scikit-learn, under every loss, and on awkward rows.
struct LinearEstimatorTests {
    /// Both stop where further steps gain less than this.
    static let tolerance: Float = 1e-3

    private func estimator(_ text: String = "linear") throws -> LinearEstimator {
        try LinearEstimator(Specification(text))
    }

    @Test func `Softmax regression is scikit-learn's`() throws {
        let golden = try SmallModelsGolden.loaded()
        let set = try golden.classes(soft: false)
        let model = try estimator("linear[l2=\(golden.l2)]").fitted(
            to: set, validation: nil, context: .labels(set.task))
        let answers = model.outputs(for: set.features).matrix
        #expect(largestDifference(answers.elements, golden.logistic.flatMap { $0 }) < Self.tolerance)
    }

    @Test func `Ridge regression is scikit-learn's, in closed form and by descent`() throws {
        let golden = try SmallModelsGolden.loaded()
        let set = try golden.regression()
        let estimator = try estimator("linear[l2=\(golden.l2)]")
        // A Huber threshold beyond every error makes half the squared error; twice its weight is the same loss.
        let huber = DistillationLoss([.init(.huber, weight: 2, parameter: 1e3)])
        for loss in [.labelsOnly(.values), huber] {
            let model = try estimator.fitted(to: set, validation: nil, context: FittingContext(loss: loss))
            let answers = model.outputs(for: set.features).matrix.elements
            #expect(largestDifference(answers, golden.ridge) < Self.tolerance)
        }
    }

    @Test(arguments: DistillationLoss.presets.indices)
    func `Every loss trains`(index: Int) throws {
        let preset = DistillationLoss.presets[index]
        let context = FittingContext(loss: preset.loss)
        if preset.form == .probabilities {
            let rows = try SampleRows.clouds(300)
            let soft = Matrix(
                rows: 300, columns: 3, elements: rows.labels.flatMap { label in (0..<3).map { $0 == label ? 4 : -2 } })
            let model = try estimator().fitted(to: rows.with(softTargets: soft), validation: nil, context: context)
            #expect(rows.accuracy(of: model) > 0.93, "\(preset.name)")
        } else {
            let rows = try SampleRows.surface(300)
            let model = try estimator().fitted(
                to: rows.with(softTargets: rows.values), validation: nil, context: context)
            #expect(rows.determination(of: model) > 0.35, "\(preset.name)")
        }
    }

    @Test(arguments: [0, 1e-3])
    func `Collinear and constant columns, with and without a penalty, give finite answers`(l2: Double) throws {
        let x = (0..<40).map { Float($0) / 10 }
        let columns = [x, x, x.map { 2 * $0 }, [Float](repeating: 3, count: 40)]
        let values = Matrix(rows: 40, columns: 1, elements: x.map { 5 * $0 - 2 })
        let line = try SampleRows.set(columns, Target(name: "y", outputs: ["y"], values: values))
        let fitted = try estimator("linear[l2=\(l2)]").fitted(to: line, validation: nil, context: .labels(line.task))
        #expect(line.determination(of: fitted) > 0.999)
        let labels = x.map { Int32($0 < 2 ? 0 : 1) }
        let halves = try SampleRows.set(columns, Target(name: "y", classes: ["low", "high"], labels: labels))
        let model = try estimator("linear[l2=\(l2)]").fitted(
            to: halves, validation: nil, context: .labels(halves.task))
        #expect(halves.accuracy(of: model) > 0.95)
        let isFinite = model.outputs(for: halves.features).matrix.elements.allSatisfy { $0.isFinite }
        #expect(isFinite)
    }

    @Test func `A single row is answered by what it says`() throws {
        let rows = try SampleRows.surface(30)
        let one = rows.selecting([4])
        let model = try estimator().fitted(to: one, validation: nil, context: .labels(one.task))
        #expect(abs(model.outputs(for: one.features).matrix[0, 0] - one.values[0, 0]) < 1e-4)
        let classes = try SampleRows.clouds(30).selecting([4])
        let sure = try estimator().fitted(to: classes, validation: nil, context: .labels(classes.task))
        #expect(classes.accuracy(of: sure) == 1)
    }

    @Test func `The unit of the values does not matter`() throws {
        let rows = try SampleRows.surface(100)
        let thousands = TransferSet(
            task: rows.task, encoder: rows.encoder, features: rows.features,
            values: Matrix(rows: 100, columns: 1, elements: rows.values.elements.map { 1000 * $0 }))
        for name in ["labels", "huber"] {
            let context = FittingContext(loss: try DistillationLoss(named: name, for: .values))
            let small = try estimator().fitted(to: rows, validation: nil, context: context)
            let large = try estimator().fitted(to: thousands, validation: nil, context: context)
            #expect(abs(rows.determination(of: small) - thousands.determination(of: large)) < 1e-4)
        }
    }

    @Test func `A session answers as a batch does, and a description makes the same model`() throws {
        let rows = try SampleRows.clouds(60)
        let model = try estimator().fitted(to: rows, validation: nil, context: .labels(rows.task))
        let batch = model.outputs(for: rows.features).matrix
        let session = model.session()
        for row in 0..<5 {
            var answer = [Float](repeating: 0, count: 3)
            var place = answer.mutableSpan
            session.predict(rows.features.row(row).span, into: &place)
            #expect(largestDifference(answer, Array(batch.row(row))) < 1e-6)
        }
        let again = try LinearModel(model.description, task: rows.task, encoder: rows.encoder)
        #expect(again.outputs(for: rows.features).matrix == batch)
    }

    @Test func `A negative penalty and a loss of another task are refused`() throws {
        let rows = try SampleRows.clouds(30)
        #expect(throws: AttarError.self) {
            try estimator("linear[l2=-1]").fitted(to: rows, validation: nil, context: .labels(rows.task))
        }
        #expect(throws: AttarError.self) {
            try estimator().fitted(to: rows, validation: nil, context: FittingContext(loss: .blended()))
        }
    }

    @Test func `Rows that are there forty times, more than are summed up at a time, give the same solution`() throws {
        let rows = try SampleRows.surface(300)
        let many = rows.selecting((0..<12_000).map { $0 % 300 })
        let models = try [rows, many].map {
            try LinearEstimator().fitted(to: $0, validation: nil, context: .labels(rows.task)).outputs(
                for: rows.features)
        }
        #expect(largestDifference(models[0].matrix.elements, models[1].matrix.elements) < 1e-4)
    }
}
