import Attar
import Compute
import Testing

struct MLPEstimatorTests {
    /// Two numeric features, and what the tests learn from them.
    struct Sample {
        let encoder: FeatureEncoder
        let x: [Float]
        let y: [Float]

        init(rows: Int, seed: UInt64, encoder: FeatureEncoder? = nil) throws {
            var generator = SeededGenerator(seed: seed)
            let (x, y) = (
                (0..<rows).map { _ in 2 * generator.uniform() - 1 }, (0..<rows).map { _ in 2 * generator.uniform() - 1 }
            )
            let columns = Dataset(source: "sample", columns: [Column("x", .numeric(x)), Column("y", .numeric(y))])
            self.encoder = try encoder ?? FeatureEncoder(fittedTo: columns)
            (self.x, self.y) = (x, y)
            features = try self.encoder.encoded(columns)
        }

        let features: Matrix

        /// Whether a row lies inside a circle, which no line separates from its outside.
        func classification(softTargets: Matrix? = nil) -> TransferSet {
            TransferSet(
                task: .classification(["out", "in"]), encoder: encoder, features: features, softTargets: softTargets,
                labels: zip(x, y).map { $0 * $0 + $1 * $1 < 0.5 ? 1 : 0 })
        }

        /// A curved surface far from 0 and on a large scale, and a second output that is constant.
        func regression(known: Bool = true) -> TransferSet {
            let values = zip(x, y).flatMap { x, y -> [Float] in [5000 + 1000 * x * y, 7] }
            let matrix = Matrix(rows: x.count, columns: 2, elements: values)
            return TransferSet(
                task: .regression(["surface", "constant"]), encoder: encoder, features: features,
                softTargets: known ? nil : matrix,
                values: known ? matrix : Matrix(rows: x.count, columns: 2, repeating: .nan))
        }
    }

    static func fitted(
        _ specification: String, to rows: TransferSet, validation: TransferSet? = nil, loss: DistillationLoss? = nil,
        seed: UInt64 = 1
    ) throws -> MLPModel {
        let estimator = try MLPEstimator(Specification(specification))
        let context = FittingContext(loss: loss ?? .labelsOnly(rows.task.form), seed: seed)
        return try #require(try estimator.fitted(to: rows, validation: validation, context: context) as? MLPModel)
    }

    @Test(arguments: [
        "mlp[16]", "mlp[16,norm=batch]", "mlp[16,norm=layer,activation=silu]",
        "mlp[16,8,optimizer=adamw,dropout=0.05]",
        "mlp[16,optimizer=nesterov,learningRate=0.05,schedule=step,warmup=0.1]",
    ])
    func `It learns a circle from labels`(specification: String) throws {
        let train = try Sample(rows: 600, seed: 1)
        let test = try Sample(rows: 300, seed: 2, encoder: train.encoder)
        let model = try Self.fitted(specification, to: train.classification())
        let outputs = model.outputs(for: test.features)
        #expect(outputs.kind == .probabilities)
        let labels = test.classification().labels
        let right = labels.indices.count { (outputs.matrix[$0, 1] > 0.5 ? 1 : 0) == labels[$0] }
        #expect(Double(right) / 300 > 0.94)
        for row in 0..<300 { #expect(abs(outputs.matrix.row(row).reduce(0, +) - 1) < 1e-5) }
    }

    @Test(arguments: [true, false])
    func `It answers a regression in the target's own units`(known: Bool) throws {
        let train = try Sample(rows: 600, seed: 1)
        let test = try Sample(rows: 200, seed: 2, encoder: train.encoder)
        let model = try Self.fitted(
            "mlp[32]", to: train.regression(known: known), loss: known ? nil : .blended(labelShare: 0))
        let outputs = model.outputs(for: test.features)
        #expect(outputs.kind == .values)
        let expected = test.regression().values
        for row in 0..<200 {
            // The surface has a deviation of 333.
            #expect(abs(outputs.matrix[row, 0] - expected[row, 0]) < 100)
            #expect(abs(outputs.matrix[row, 1] - 7) < 0.2)
        }
    }

    @Test func `It learns from soft targets where labels are unknown`() throws {
        let train = try Sample(rows: 600, seed: 1)
        let logits = zip(train.x, train.y).flatMap { x, y -> [Float] in
            let inside: Float = 8 * (0.5 - x * x - y * y)
            return [-inside, inside]
        }
        let known = train.classification()
        let rows = TransferSet(
            task: known.task, encoder: known.encoder, features: known.features,
            softTargets: Matrix(rows: 600, columns: 2, elements: logits), labels: [Int32](repeating: -1, count: 600))
        let model = try Self.fitted("mlp[16]", to: rows, loss: .hinton(temperature: 2))
        let outputs = model.outputs(for: train.features).matrix
        let right = known.labels.indices.count { (outputs[$0, 1] > 0.5 ? 1 : 0) == known.labels[$0] }
        #expect(Double(right) / 600 > 0.95)
    }

    @Test func `Validation rows choose the epoch, and a refit trains for as many with the same rates`() throws {
        let train = try Sample(rows: 60, seed: 1)
        let validation = try Sample(rows: 60, seed: 2, encoder: train.encoder)
        let estimator = try MLPEstimator(Specification("mlp[32,epochs=300,patience=10,learningRate=0.02]"))
        let context = FittingContext(loss: .labelsOnly(.probabilities))
        let first = try estimator.fitted(
            to: train.classification(), validation: validation.classification(), context: context)
        let model = try #require(first as? MLPModel)
        let losses = model.history.compactMap(\.validationLoss)
        #expect(losses.count == model.epochs)
        #expect(losses[model.bestEpoch - 1] == losses.min())
        let refitting = try #require(estimator.refitting(after: model) as? MLPEstimator)
        #expect(refitting.epochs == model.bestEpoch && refitting.scheduledEpochs == 300)
        let again = try refitting.fitted(to: train.classification(), validation: nil, context: context)
        #expect(again.description.tensors == model.description.tensors)
    }

    @Test func `The same seed gives the same model, another seed another one`() throws {
        let rows = try Sample(rows: 100, seed: 1).classification()
        func tensors(_ seed: UInt64) throws -> [String: Attar.Tensor] {
            try Self.fitted("mlp[8,epochs=3,dropout=0.1]", to: rows, seed: seed).description.tensors
        }
        let (first, again, other) = (try tensors(1), try tensors(1), try tensors(2))
        #expect(first == again)
        #expect(first != other)
    }

    @Test(arguments: [
        ("mlp[0]", "layer width is 0"), ("mlp[8,dropout=1]", "dropout is 1.0"), ("mlp[8,epochs=0]", "epochs is 0"),
        ("mlp[8,activation=rleu]", "Did you mean 'relu'"), ("mlp[8,norm=btach]", "Did you mean 'batch'"),
        ("mlp[8,optimizer=adm]", "Did you mean 'adam'"), ("mlp[8,schedule=cosin]", "Did you mean 'cosine'"),
        ("mlp[8,learningRate=0]", "learningRate is 0.0"), ("mlp[8,layers=2]", "no option 'layers'"),
        ("mlp[wide]", "not a whole number"), ("mlp[8,warmup=1]", "warmup is 1.0"), ("mlp[8,batch=0]", "batch is 0"),
        ("mlp[8,patience=0]", "patience is 0"), ("mlp[8,weightDecay=-1]", "weightDecay is -1.0"),
    ])
    func `A setting out of range is refused by name`(specification: String, problem: String) throws {
        let parsed = try Specification(specification)
        #expect {
            try MLPEstimator(parsed)
        } throws: { error in
            (error as? AttarError)?.code == .invalidSetting && "\(error)".contains(problem)
        }
    }

    @Test func `A run that diverges says at which step, and one that is stopped ends`() throws {
        let rows = try Sample(rows: 64, seed: 1).regression()
        #expect {
            try Self.fitted("mlp[8,optimizer=sgd,learningRate=1e30]", to: rows)
        } throws: { error in
            (error as? AttarError)?.code == .diverged && "\(error)".contains("step")
        }
        var context = FittingContext(loss: .labelsOnly(.values))
        context.progress = { _ in .stop }
        #expect {
            try MLPEstimator().fitted(to: rows, validation: nil, context: context)
        } throws: { error in
            (error as? AttarError)?.code == .stopped
        }
    }
}
