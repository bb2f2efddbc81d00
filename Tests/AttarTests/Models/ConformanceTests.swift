import Attar
import Compute
import Testing

/// What every family must do. A new family is held against all of it by its line in `Family.all`.
struct ConformanceTests {
    /// Each family at a small size, so that the suite takes seconds, and networks in bytes.
    static let specifications =
        Family.all.map { family in
            switch family.name {
            case "cnn": "cnn[6,epochs=60,batch=16,learningRate=0.02]"
            case "resnet": "resnet[8,width=4,epochs=60,batch=16,learningRate=0.02]"
            case "text-cnn": "text-cnn[1,2,filters=8,width=8,dropout=0,epochs=60,batch=16,learningRate=0.02]"
            case "gru": "gru[8,width=8,epochs=60,batch=16,learningRate=0.02]"
            case "bag": "bag[8,8,epochs=60,batch=16,learningRate=0.02]"
            case "transformer": "transformer[width=8,layers=1,heads=2,inner=16,epochs=60,batch=16,learningRate=0.01]"
            case "forest": "forest[trees=20]"
            case "boost": "boost[rounds=20]"
            case "mlp": "mlp[16]"
            case "ensemble": "ensemble[boost[rounds=20],linear]"
            default: family.name
            }
        } + [
            "mlp[16,precision=int8]", "cnn[6,epochs=60,batch=16,learningRate=0.02,precision=int8]",
            "resnet[8,width=4,epochs=60,batch=16,learningRate=0.02,precision=int8]",
            "ensemble[mlp[16,precision=int8],linear]",
            "text-cnn[1,2,filters=8,width=8,dropout=0,epochs=60,batch=16,learningRate=0.02,precision=int8]",
            "gru[8,width=8,epochs=60,batch=16,learningRate=0.02,precision=int8]",
            "transformer[width=8,layers=1,heads=2,inner=16,epochs=60,batch=16,learningRate=0.01,precision=int8]",
        ]

    /// Classification of two and of more classes, regression of one and of more outputs.
    enum Sample: CaseIterable {
        case twoClasses, threeClasses, oneValue, twoValues

        /// Rows of this sample as a family reads them.
        func rows(
            _ count: Int, for text: String = "mlp", seed: UInt64 = 1, weights: [Float]? = nil
        ) throws -> TransferSet {
            try rows(count, seed: seed, weights: weights).asRead(by: text)
        }

        private func rows(_ count: Int, seed: UInt64, weights: [Float]?) throws -> TransferSet {
            switch self {
            case .twoClasses: try SampleRows.clouds(count, classes: 2, seed: seed, weights: weights)
            case .threeClasses: try SampleRows.clouds(count, classes: 3, seed: seed, weights: weights)
            case .oneValue: try SampleRows.surface(count, seed: seed, weights: weights)
            case .twoValues: try SampleRows.surface(count, outputs: 2, seed: seed, weights: weights)
            }
        }
    }

    private func fitted(
        _ text: String, _ rows: TransferSet, validation: TransferSet? = nil, context: FittingContext? = nil
    ) throws -> any Model {
        let specification = try Specification(text)
        return try Family.named(specification.name).estimator(specification)
            .fitted(to: rows, validation: validation, context: context ?? .labels(rows.task))
    }

    @Test(arguments: specifications, Sample.allCases)
    func `The same seed gives the same bits, and the description the same model`(text: String, sample: Sample) throws {
        let rows = try sample.rows(90, for: text)
        let validation = try sample.rows(30, for: text, seed: 2)
        let model = try fitted(text, rows, validation: validation)
        let again = try fitted(text, rows, validation: validation)
        #expect(model.description == again.description)
        let family = try Family.named(model.description.family)
        let loaded = try family.part.model(model.description, task: model.task, encoder: model.encoder)
        #expect(loaded.description == model.description)
        #expect(loaded.outputs(for: rows.features) == model.outputs(for: rows.features))
        #expect(loaded.fingerprint == model.fingerprint)
    }

    @Test(arguments: specifications, Sample.allCases)
    func `Answers have the task's shape, are finite, and probabilities sum to 1`(text: String, sample: Sample) throws {
        let rows = try sample.rows(90, for: text)
        let model = try fitted(text, rows)
        let outputs = model.outputs(for: rows.features)
        #expect(outputs.kind == (rows.task.form == .probabilities ? .probabilities : .values))
        #expect(outputs.matrix.rows == 90 && outputs.matrix.columns == rows.task.width)
        #expect(outputs.matrix.elements.allSatisfy { $0.isFinite })
        if rows.task.form == .probabilities {
            for row in 0..<90 {
                #expect(abs(outputs.matrix.row(row).reduce(0, +) - 1) < 1e-5)
                #expect(outputs.matrix.row(row).allSatisfy { $0 >= 0 })
            }
        }
        let none = model.outputs(for: Matrix(rows: 0, columns: rows.features.columns)).matrix
        #expect(none.rows == 0 && none.columns == rows.task.width)
    }

    @Test(arguments: specifications, Sample.allCases)
    func `A session answers as a batch does`(text: String, sample: Sample) throws {
        let rows = try sample.rows(60, for: text)
        let model = try fitted(text, rows)
        let batch = model.outputs(for: rows.features).matrix
        let session = model.session()
        for row in 0..<rows.count {
            var alone = [Float](repeating: .nan, count: rows.task.width)
            var place = alone.mutableSpan
            session.predict(Array(rows.features.row(row)).span, into: &place)
            for column in alone.indices {
                // Matrix products of one row and of many may round differently.
                #expect(abs(alone[column] - batch[row, column]) <= 1e-4 * max(1, abs(batch[row, column])))
            }
        }
    }

    @Test(arguments: specifications)
    func `One row a class, one row alone and one class alone are learned without a trap`(text: String) throws {
        for rows in [
            try SampleRows.clouds(3), try SampleRows.clouds(1), try SampleRows.surface(1), try SampleRows.surface(2),
            try SampleRows.clouds(9).with(labels: [Int32](repeating: 1, count: 9)),
        ] {
            let rows = try rows.asRead(by: text)
            let model = try fitted(text, rows)
            #expect(model.outputs(for: rows.features).matrix.elements.allSatisfy { $0.isFinite })
        }
        let alone = try SampleRows.clouds(30).with(labels: [Int32](repeating: 1, count: 30)).asRead(by: text)
        #expect(alone.accuracy(of: try fitted(text, alone)) == 1)
    }

    @Test(arguments: specifications, [Sample.twoClasses, .threeClasses, .oneValue])
    func `Rows of weight 0 have no effect`(text: String, sample: Sample) throws {
        let rows = try sample.rows(80, for: text)
        let kept = Array(0..<60)
        let weights = (0..<80).map { $0 < 60 ? Float(1) : 0 }
        let weighted = try fitted(text, rows.with(weights: weights)).outputs(for: rows.features).matrix
        let without = try fitted(text, rows.selecting(kept)).outputs(for: rows.features).matrix
        // Families that draw batches draw others from fewer rows: they must agree closely, the rest to the rounding.
        let difference = zip(weighted.elements, without.elements).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
        #expect(difference < 1e-3)
    }

    @Test(arguments: specifications)
    func `A row of weight 2 counts as two`(text: String) throws {
        // No model can tell equal rows apart, so that none can learn the labels by heart: doubling a class must move the answers.
        let rows = try SampleRows.disputed().asRead(by: text)
        let own = Array(0..<rows.count)
        let doubled = rows.selecting(own + own.filter { rows.labels[$0] == 1 })
        let weighted = rows.with(weights: rows.labels.map { $0 == 1 ? 2 : 1 })
        func mean(_ learned: TransferSet) throws -> Float {
            let answers = try fitted(text, learned).outputs(for: rows.features).matrix
            return own.reduce(Float(0)) { $0 + answers[$1, 1] } / Float(rows.count)
        }
        let (plain, twice, heavy) = (try mean(rows), try mean(doubled), try mean(weighted))
        // From a half to (1/3 + 4/7 + 3/4 + 8/9) / 4 = 0.64 where probabilities are learned well.
        #expect(twice > plain + 0.08, "\(plain), doubled \(twice)")
        #expect(abs(heavy - twice) < 0.04, "doubled \(twice), of weight 2 \(heavy)")
    }

    @Test(arguments: specifications, [Sample.twoClasses, .threeClasses])
    func `A student follows its teacher against the labels`(text: String, sample: Sample) throws {
        let rows = try sample.rows(120, for: text)
        let width = rows.task.width
        let turned = rows.labels.map { ($0 + 1) % Int32(width) }
        var soft = Matrix(rows: 120, columns: width, repeating: -1)
        for row in 0..<120 { soft[row, Int(turned[row])] = 4 }
        let taught = rows.with(softTargets: soft)
        var context = FittingContext.labels(rows.task)
        context.loss = context.loss.with(labelShare: 0, for: .probabilities)
        let student = try fitted(text, taught, context: context)
        #expect(rows.with(labels: turned).accuracy(of: student) > 0.9)
    }

    @Test(arguments: specifications)
    func `A student follows its teacher's values`(text: String) throws {
        // A teacher that every family can follow, and whose values say something else than the labels.
        let table = try SampleRows.surface(200)
        let soft = Matrix(
            rows: 200, columns: 1,
            elements: (0..<200).map { 10 - 2 * table.features[$0, 0] - table.features[$0, 1] })
        let rows = try table.asRead(by: text)
        var context = FittingContext.labels(rows.task)
        context.loss = context.loss.with(labelShare: 0, for: .values)
        let answers = try fitted(text, rows.with(softTargets: soft), context: context).outputs(for: rows.features)
        let mean = soft.elements.reduce(0, +) / 200
        let total = soft.elements.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let residual = zip(answers.matrix.elements, soft.elements).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(1 - residual / total > 0.8, "R² to the teacher is \(1 - residual / total)")
    }

    @Test(arguments: specifications, [Sample.threeClasses, .oneValue])
    func `A request to stop is answered by stopping`(text: String, sample: Sample) throws {
        let rows = try sample.rows(40, for: text)
        var context = FittingContext.labels(rows.task)
        context.progress = { _ in .stop }
        let error = #expect(throws: AttarError.self) { try fitted(text, rows, context: context) }
        #expect(error?.code == .stopped)
    }

    @Test(arguments: [
        "forest[trees=0]", "boost[rounds=-1]", "svm[c=0]", "tree[leaves=0]", "linear[l2=-1]", "mlp[0]",
        "ensemble[boost[rounds=0]]",
    ])
    func `A setting out of range is refused`(text: String) throws {
        let rows = try SampleRows.clouds(12)
        let error = #expect(throws: AttarError.self) { try fitted(text, rows) }
        #expect(error?.code == .invalidSetting)
    }

    @Test(arguments: specifications)
    func `An option that a family does not have is refused`(text: String) {
        let name = String(text.prefix { $0 != "[" })
        let error = #expect(throws: AttarError.self) { try fitted("\(name)[nonsense=1]", SampleRows.clouds(12)) }
        #expect(error?.code == .invalidSetting)
    }

    @Test(arguments: specifications)
    func `A student can teach, also rows with missing cells`(text: String) async throws {
        let rows = try SampleRows.clouds(90).asRead(by: text)
        let teacher = ModelTeacher(try fitted(text, rows))
        let own = rows.encoder.columns[0]
        let array = [2, 0, 1, 7].map { Float($0) } + [Float](repeating: .nan, count: 4) + [-1, 1.7, 100, 7]
        let asked = Dataset(
            source: "asked",
            columns: own.kind == .tensor
                ? [Column(own.name, .tensor(array, shape: own.shape))]
                : [
                    Column("x0", .numeric([2, .nan, -1])), Column("x1", .numeric([0, .nan, 1.7])),
                    Column("x2", .numeric([7, 7, 100])),
                ])
        let answers = try await teacher.predict(asked).matrix
        #expect(answers.rows == 3 && answers.columns == 3)
        #expect(answers.elements.allSatisfy { $0.isFinite })
        #expect(teacher.task == rows.task)
    }

    @Test(arguments: specifications, [Sample.threeClasses, .oneValue])
    func `A description that lacks a tensor is refused`(text: String, sample: Sample) throws {
        let rows = try sample.rows(40, for: text)
        let model = try fitted(text, rows)
        let family = try Family.named(model.description.family)
        for name in model.description.tensors.keys {
            var description = model.description
            description.tensors[name] = nil
            let error = #expect(throws: AttarError.self, "\(name)") {
                try family.part.model(description, task: model.task, encoder: model.encoder)
            }
            #expect(error?.code == .malformedArtifact)
        }
    }
}
