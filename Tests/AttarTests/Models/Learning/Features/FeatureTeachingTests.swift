import Attar
import CAllocationCounter
import Compute
import Testing

/// Students that imitate hidden tensors, through the estimators.
struct FeatureTeachingTests {
    private static let rows = SampleTable.clouds(120)

    /// A fit on labels and, if given, on a teacher's hidden tensors.
    private func fitted(
        _ student: String, _ terms: [FeatureTerm], teacher: (any Model)? = nil, seed: UInt64 = 1,
        on rows: Dataset = rows, threads: Int = 1
    ) throws -> any TappableModel {
        var set = try rows.transferSet()
        if !terms.isEmpty {
            let teacher = try #require(teacher as? any TappableModel)
            set.hidden = FeatureTeaching(terms, teacher: teacher)
        }
        let model = try estimator(student).fitted(
            to: set, validation: nil,
            context: FittingContext(loss: .labelsOnly(.probabilities), seed: seed, threads: threads))
        return try #require(model as? any TappableModel)
    }

    @Test(arguments: FeatureLoss.all.filter { $0 != .attention })
    func `A student comes nearer to its teacher's hidden tensor`(_ loss: FeatureLoss) throws {
        let teacher = try fitted("mlp[12,8,epochs=20]", [], seed: 7)
        let features = try Self.rows.transferSet().features
        func distance(_ student: any TappableModel) throws -> Double {
            let own = try student.values(of: "activation0", for: features)
            let other = try teacher.values(of: "activation1", for: features)
            return loss == .hint
                ? other.leftover(after: own) : loss.evaluated(student: own, teacher: other).value
        }
        // Behind a projection, which takes its time, a wide student could say all that the teacher does without having been taught.
        let student = loss == .hint ? "mlp[2,epochs=200]" : "mlp[6,epochs=20]"
        var (near, far) = (0.0, 0.0)
        for seed in UInt64(1)...3 {
            far += try distance(fitted(student, [], seed: seed))
            near += try distance(fitted(student, [FeatureTerm(loss)], teacher: teacher, seed: seed))
        }
        #expect(near < 0.9 * far, "\(near) is not below \(far)")
    }

    @Test func `A student of pictures attends to what its teacher attends to`() throws {
        let pictures = SampleTable.pictures(64, classes: 4)
        let teacher = try fitted("cnn[6,6,epochs=6]", [], seed: 5, on: pictures)
        let features = try pictures.transferSet().features
        func distance(_ student: any TappableModel) throws -> Double {
            FeatureLoss.attention.evaluated(
                student: try student.values(of: "conv0", for: features), dimensions: [6, 6, 4],
                teacher: try teacher.values(of: "conv0", for: features), teacherDimensions: [6, 6, 6]
            ).value
        }
        let plain = try fitted("cnn[4,epochs=20,batch=16]", [], on: pictures)
        let taught = try fitted(
            "cnn[4,epochs=20,batch=16]", [FeatureTerm(.attention, teacher: "conv0", student: "conv0")],
            teacher: teacher,
            on: pictures)
        let (near, far) = (try distance(taught), try distance(plain))
        #expect(near < 0.9 * far, "\(near) is not below \(far)")
    }

    @Test(arguments: ["hint:conv1>conv0", "hint:conv0>conv1", "attention:conv1>conv0"])
    func `Pictures of whole multiples are pooled to the smaller`(_ term: String) throws {
        let pictures = SampleTable.pictures(32)
        let teacher = try fitted("cnn[4,6,epochs=1]", [], on: pictures)
        _ = try fitted("cnn[3,3,epochs=1]", [FeatureTerm(term)], teacher: teacher, on: pictures)
    }

    @Test func `The student's file holds nothing of what it was compared through`() throws {
        let teacher = try fitted("mlp[12,8,epochs=2]", [])
        let plain = try fitted("mlp[6,epochs=2]", [])
        let taught = try fitted("mlp[6,epochs=2]", [FeatureTerm(.hint)], teacher: teacher)
        #expect(taught.description.tensors.keys.sorted() == plain.description.tensors.keys.sorted())
        #expect(taught.description.settings == plain.description.settings)
        #expect(taught.description != plain.description)
    }

    @Test func `Several comparisons of one tensor add up`() throws {
        let teacher = try fitted("mlp[12,8,epochs=5]", [])
        let once = try fitted("mlp[6,epochs=5]", [FeatureTerm(.similarity, weight: 20)], teacher: teacher)
        let twice = try fitted(
            "mlp[6,epochs=5]", [FeatureTerm(.similarity, weight: 10), FeatureTerm(.similarity, weight: 10)],
            teacher: teacher)
        let features = try Self.rows.transferSet().features
        let (one, other) = (once.outputs(for: features).matrix, twice.outputs(for: features).matrix)
        for (a, b) in zip(one.elements, other.elements) { #expect(abs(a - b) < 1e-3) }
    }

    @Test func `The same seed and threads give the same bits`() throws {
        let teacher = try fitted("mlp[12,8,epochs=3]", [])
        for threads in [1, 2] {
            let models = try (0..<2).map { _ in
                try fitted(
                    "mlp[6,epochs=3]", FeatureLoss.all.filter { $0 != .attention }.map { FeatureTerm($0) },
                    teacher: teacher, threads: threads
                ).description
            }
            #expect(models[0] == models[1])
        }
    }

    @Test func `A teacher whose rows were scaled otherwise sees the same rows`() throws {
        // The teacher's encoder is fitted to other rows: other means and deviations.
        let teacher = try fitted("mlp[12,8,epochs=3]", [], on: SampleTable.clouds(60, seed: 9))
        let own = try Self.rows.transferSet()
        #expect(teacher.encoder != own.encoder)
        let same = try teacher.reading(own.encoder)
        let (one, other) = (
            try fitted("mlp[6,epochs=2]", [FeatureTerm(.hint)], teacher: teacher).outputs(for: own.features).matrix,
            try fitted("mlp[6,epochs=2]", [FeatureTerm(.hint)], teacher: same).outputs(for: own.features).matrix
        )
        for (a, b) in zip(one.elements, other.elements) { #expect(abs(a - b) < 1e-4) }
    }

    @Test(arguments: [
        ("mlp[6]", "hint:dens0>activation0", "has no hidden tensor 'dens0'. Did you mean 'dense0'?"),
        ("mlp[6]", "hint:dense0>activation9", "Did you mean 'activation0'?"),
        ("mlp[6]", "attention", "no hidden tensor with positions"),
        ("mlp[6]", "attention:dense0>dense0", "'dense0' of the student mlp[6] has no positions"),
        ("mlp[6,accumulate=2]", "similarity", "would change"),
    ])
    func `Tensors that cannot be compared are refused in words`(
        _ student: String, _ term: String, _ message: String
    ) throws {
        let teacher = try fitted("mlp[12,8,epochs=1]", [])
        let error = #expect(throws: AttarError.self) { try fitted(student, [FeatureTerm(term)], teacher: teacher) }
        #expect(error?.description.contains(message) == true, "\(error.map(\.description) ?? "")")
    }

    @Test(.enabled(if: attar_can_count_allocations() != 0))
    func `A training step that compares hidden tensors does not allocate`() throws {
        let set = try Self.rows.transferSet()
        let teacher = try fitted("mlp[12,8,epochs=1]", [])
        var graph = Graph()
        let input = graph.input("features", width: set.features.columns)
        var tensor = try graph.append(Dense(6), named: "dense0", to: input)
        tensor = try graph.append(Activation(.relu), named: "activation0", to: tensor)
        _ = try graph.append(Dense(3), named: "dense1", to: tensor)
        let terms = FeatureLoss.all.filter { $0 != .attention }.map { FeatureTerm($0) }
        let connected = try FeatureTeaching(terms, teacher: teacher).connected(
            to: graph, named: "student", reading: set.encoder, outputs: .labelsOnly(.probabilities))
        var examples = Examples(features: set.features, labels: set.labels)
        examples.hiddenTeacher = connected.teacher
        let run = TrainingRun(connected.graph, on: examples, loss: connected.loss, settings: Trainer())
        _ = try run.epoch()
        attar_start_counting_allocations()
        _ = try run.epoch()
        #expect(attar_stop_counting_allocations() == 0)
    }

    @Test func `A network without hidden layers is refused in words`() throws {
        var set = try Self.rows.transferSet()
        set.hidden = FeatureTeaching([FeatureTerm(.hint)], teacher: try fitted("mlp[12,8,epochs=1]", []))
        var student = MLPEstimator()
        student.hidden = []
        let error = #expect(throws: AttarError.self) {
            try student.fitted(
                to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.probabilities)))
        }
        #expect(error?.description.contains("the student mlp[] has no hidden tensors") == true)
    }

    @Test func `Hints may be worked off in parts`() throws {
        let teacher = try fitted("mlp[12,8,epochs=3]", [])
        let whole = try fitted("mlp[6,epochs=3]", [FeatureTerm(.hint)], teacher: teacher)
        let parts = try fitted("mlp[6,epochs=3,accumulate=4]", [FeatureTerm(.hint)], teacher: teacher)
        let features = try Self.rows.transferSet().features
        let (one, other) = (whole.outputs(for: features).matrix, parts.outputs(for: features).matrix)
        for (a, b) in zip(one.elements, other.elements) { #expect(abs(a - b) < 1e-3) }
    }
}

extension TappableModel {
    /// The same model for features of another encoder of the same columns: its first layer takes over the change of units.
    fileprivate func reading(_ other: FeatureEncoder) throws -> any TappableModel {
        var description = description
        let units = 12
        var weight = try description.floats("dense0.weight", shape: [encoder.width, units])
        var bias = try description.floats("dense0.bias", shape: [units])
        for (input, name) in encoder.features.enumerated() {
            guard let mine = encoder.columns.first(where: { $0.name == name && $0.kind == .numeric }),
                let theirs = other.columns.first(where: { $0.name == name })
            else { continue }
            for unit in 0..<units {
                bias[unit] += weight[input * units + unit] * (theirs.mean - mine.mean) / mine.deviation
                weight[input * units + unit] *= theirs.deviation / mine.deviation
            }
        }
        description.tensors["dense0.weight"] = Tensor(weight, shape: [encoder.width, units])
        description.tensors["dense0.bias"] = Tensor(bias, shape: [units])
        return try MLPModel(description, task: task, encoder: other)
    }
}

extension Matrix {
    /// The sum of squares of what no linear function of another matrix's rows tells about this one's.
    fileprivate func leftover(after other: Matrix) -> Double {
        var inputs = Matrix(rows: rows, columns: other.columns + 1, repeating: 1)
        for row in 0..<rows {
            for column in 0..<other.columns { inputs[row, column] = other[row, column] }
        }
        let across = inputs.transposed()
        let weights = across.timesTransposed(across).solvingSymmetric(
            across.timesTransposed(transposed()), penalty: 1e-3)
        return zip(elements, inputs.timesTransposed(weights.transposed()).elements).reduce(into: 0.0) {
            $0 += Double(($1.0 - $1.1) * ($1.0 - $1.1))
        }
    }
}
