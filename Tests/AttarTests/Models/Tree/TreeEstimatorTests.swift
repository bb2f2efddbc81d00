import Attar
import Compute
import Testing

/// Trees against scikit-learn, on soft targets and weights, and what their rules say.
struct TreeEstimatorTests {
    private func fitted(
        _ text: String, _ rows: TransferSet, _ context: FittingContext? = nil
    ) throws -> TreeModel {
        let model = try TreeEstimator(Specification(text)).fitted(
            to: rows, validation: nil, context: context ?? .labels(rows.task))
        return try #require(model as? TreeModel)
    }

    @Test func `A tree on weighted soft targets is scikit-learn's`() throws {
        let golden = try SmallModelsGolden.loaded()
        let rows = try golden.classes(soft: true)
        // Weights have mean 1 inside, so that this least weight lets any row be a leaf.
        let model = try fitted(
            "tree[leaves=8,minimumLeafWeight=0.01]", rows,
            FittingContext(loss: DistillationLoss([.init(.kullbackLeibler)])))
        let answers = model.outputs(for: rows.features).matrix
        #expect(model.leafCount == 8)
        #expect(largestDifference(answers.elements, golden.tree.flatMap { $0 }) < 1e-5)
    }

    @Test func `A tree without limits repeats its labels`() throws {
        let clouds = try SampleRows.clouds(300)
        #expect(clouds.accuracy(of: try fitted("tree[leaves=300]", clouds)) == 1)
        let surface = try SampleRows.surface(300)
        #expect(surface.determination(of: try fitted("tree[leaves=300]", surface)) > 0.9999)
    }

    @Test func `Leaves, depth and the least weight of a leaf are limits`() throws {
        let rows = try SampleRows.clouds(300)
        #expect(try fitted("tree[leaves=1]", rows).leafCount == 1)
        #expect(try fitted("tree[leaves=5]", rows).leafCount == 5)
        #expect(try fitted("tree[depth=2]", rows).depth == 2)
        #expect(try fitted("tree[minimumLeafWeight=100]", rows).leafCount <= 3)
        let probabilities = try fitted("tree[leaves=1]", rows).outputs(for: rows.features).matrix.row(0)
        #expect(probabilities.allSatisfy { abs($0 - 1 / 3) < 1e-6 })
    }

    @Test func `Probabilities sum to 1`() throws {
        let rows = try SampleRows.clouds(200)
        let soft = Matrix(rows: 200, columns: 3, elements: (0..<600).map { Float($0 % 7) / 3 })
        let model = try fitted("tree", rows.with(softTargets: soft), FittingContext(loss: .hinton()))
        let answers = model.outputs(for: rows.features).matrix
        for row in 0..<200 { #expect(abs(answers.row(row).reduce(0, +) - 1) < 1e-5) }
    }

    @Test func `A row of weight 0 has no effect, and a weight of 2 that of two rows`() throws {
        let rows = try SampleRows.clouds(90)
        let doubled = rows.with(weights: (0..<90).map { $0 < 30 ? 2 : $0 < 60 ? 1 : 0 })
        let repeated = rows.selecting(Array(0..<30) + Array(0..<60))
        let one = try fitted("tree[leaves=6,minimumLeafWeight=0.01]", doubled).outputs(for: rows.features).matrix
        let other = try fitted("tree[leaves=6,minimumLeafWeight=0.01]", repeated).outputs(for: rows.features).matrix
        #expect(largestDifference(one.elements, other.elements) < 1e-5)
    }

    @Test func `No output of a regression outweighs another by its unit`() throws {
        let rows = try SampleRows.surface(200, outputs: 2)
        var values = rows.values
        for row in 0..<200 { values[row, 1] *= 1e4 }
        let scaled = TransferSet(task: rows.task, encoder: rows.encoder, features: rows.features, values: values)
        let one = rows.determination(of: try fitted("tree[leaves=8]", rows))
        let other = scaled.determination(of: try fitted("tree[leaves=8]", scaled))
        #expect(abs(one - other) < 1e-5)
    }

    @Test func `Rules ask about columns in their own units and name classes`() throws {
        let x = (0..<20).map { 10 * Float($0) }
        let classes = ["low", "high"]
        let byHeight = try SampleRows.set(
            [x], Target(name: "y", classes: classes, labels: x.map { $0 < 80 ? 0 : 1 }))
        let text = try fitted("tree", byHeight).rules()
        #expect(
            text
                == """
                if x0 <= 75:
                  then low (100 %)
                  else high (100 %)
                """)
        let codes = (0..<20).map { Int32($0 % 2) }
        let rows = Dataset(
            source: "colours", columns: [Column("colour", .categorical(codes: codes, categories: ["red", "blue"]))],
            target: Target(name: "y", classes: classes, labels: codes))
        let encoder = try FeatureEncoder(fittedTo: rows)
        let byColour = TransferSet(
            task: .classification(classes), encoder: encoder, features: try encoder.encoded(rows), labels: codes)
        let question = try fitted("tree", byColour).rules()
        #expect(question.hasPrefix("if not colour="))
    }

    @Test func `A session answers as a batch does, and a description makes the same model`() throws {
        let rows = try SampleRows.clouds(60)
        let model = try fitted("tree", rows)
        let batch = model.outputs(for: rows.features).matrix
        let session = model.session()
        for row in 0..<5 {
            var answer = [Float](repeating: 0, count: 3)
            var place = answer.mutableSpan
            session.predict(rows.features.row(row).span, into: &place)
            #expect(answer == Array(batch.row(row)))
        }
        let again = try TreeModel(model.description, task: rows.task, encoder: rows.encoder)
        #expect(again.outputs(for: rows.features).matrix == batch)
    }

    @Test func `A description that points outside is refused`() throws {
        let rows = try SampleRows.clouds(60)
        let description = try fitted("tree[leaves=3]", rows).description
        for (name, values) in [("features", [Int32(99), -1, 0, -1, -1]), ("features", [0, 0, 0, -1, -1])] {
            var broken = description
            broken.tensors[name] = Tensor(values, shape: [values.count])
            #expect(throws: AttarError.self) { try TreeModel(broken, task: rows.task, encoder: rows.encoder) }
        }
        var loop = description
        loop.tensors["children"] = Tensor([Int32](repeating: 0, count: 10), shape: [5, 2])
        #expect(throws: AttarError.self) { try TreeModel(loop, task: rows.task, encoder: rows.encoder) }
    }
}
