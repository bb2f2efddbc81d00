import Attar
import Compute
import Testing

/// What every family must do that finds clusters of its own. A new one is held against all of it by its line in `Family.clusterers`.
struct ClustererConformanceTests {
    static let specifications = Family.clusterers.map { "\($0.name)[3]" } + ["gmm[3,covariance=diagonal]"]

    /// Rows of three clouds, without what they are.
    private static func rows(_ count: Int, weights: [Float]? = nil) throws -> TransferSet {
        let clouds = try SampleRows.clouds(count)
        return TransferSet(
            task: .clustering(3), encoder: clouds.encoder, features: clouds.features, truth: .none, weights: weights)
    }

    private static func fitted(
        _ text: String, _ rows: TransferSet, _ change: (inout FittingContext) -> Void = { _ in }
    ) throws -> any Model {
        var context = FittingContext(loss: .labelsOnly(.probabilities))
        change(&context)
        let specification = try Specification(text)
        return try Family.named(specification.name).estimator(specification)
            .fitted(to: rows, validation: nil, context: context)
    }

    @Test(arguments: specifications)
    func `The clouds are found, and each has its probabilities`(text: String) throws {
        let clouds = try SampleRows.clouds(120)
        let model = try Self.fitted(text, Self.rows(120))
        #expect(model.task == .clustering(3))
        let found = model.outputs(for: clouds.features)
        #expect(Contingency(clouds.labels, found.matrix.argmax(), clusters: 3).adjustedRandIndex > 0.9)
        for row in 0..<120 { #expect(abs(found.matrix.row(row).reduce(0, +) - 1) < 1e-5) }
        #expect(model.outputs(for: Matrix(rows: 0, columns: clouds.features.columns)).matrix.rows == 0)
    }

    @Test(arguments: specifications)
    func `The same seed gives the same bits on any number of threads, and the description the same model`(
        text: String
    ) throws {
        let rows = try Self.rows(90)
        let model = try Self.fitted(text, rows)
        #expect(try Self.fitted(text, rows) { $0.threads = 3 }.description == model.description)
        let family = try Family.named(model.description.family)
        let loaded = try family.part.model(model.description, task: model.task, encoder: model.encoder)
        #expect(loaded.outputs(for: rows.features) == model.outputs(for: rows.features))
        for name in model.description.tensors.keys {
            var description = model.description
            description.tensors[name] = nil
            let error = #expect(throws: AttarError.self, "\(name)") {
                try family.part.model(description, task: model.task, encoder: model.encoder)
            }
            #expect(error?.code == .malformedArtifact)
        }
    }

    @Test(arguments: specifications)
    func `A session answers as a batch does`(text: String) throws {
        let rows = try Self.rows(60)
        let model = try Self.fitted(text, rows)
        let (batch, session) = (model.outputs(for: rows.features).matrix, model.session())
        for row in 0..<60 {
            var alone = [Float](repeating: .nan, count: 3)
            var place = alone.mutableSpan
            session.predict(Array(rows.features.row(row)).span, into: &place)
            for column in 0..<3 { #expect(abs(alone[column] - batch[row, column]) <= 1e-4) }
        }
    }

    @Test(arguments: specifications)
    func `Rows of weight 0 have no effect, and one of weight 2 counts as two`(text: String) throws {
        let rows = try Self.rows(90)
        let kept = Array(0..<60)
        let weighted = try Self.fitted(text, Self.rows(90, weights: (0..<90).map { $0 < 60 ? 1 : 0 }))
        let without = try Self.fitted(text, rows.selecting(kept))
        #expect(weighted.outputs(for: rows.features) == without.outputs(for: rows.features))
        // A heavy part draws the clusters to it as its copies do.
        let heavy = try Self.fitted(text, Self.rows(90, weights: (0..<90).map { $0 < 45 ? 2 : 1 }))
        let doubled = try Self.fitted(text, rows.selecting(Array(0..<90) + Array(0..<45)))
        let plain = try Self.fitted(text, rows)
        func sizes(_ model: any Model) -> [Float] {
            let answers = model.outputs(for: rows.features).matrix
            return (0..<3).map { one in (0..<90).reduce(Float(0)) { $0 + answers[$1, one] } }.sorted()
        }
        let off = zip(sizes(heavy), sizes(doubled)).map { abs($0 - $1) }.max() ?? 1
        #expect(off < 0.05 && heavy.description != plain.description, "off \(off)")
    }

    @Test(arguments: specifications)
    func `Labels and teachers are refused, and a request to stop is answered by stopping`(text: String) throws {
        let labelled = #expect(throws: AttarError.self) { try Self.fitted(text, try SampleRows.clouds(30)) }
        #expect(labelled?.problem.contains("learns neither from labels nor from a teacher") == true)
        let rows = try Self.rows(30)
        let taught = TransferSet(
            task: rows.task, encoder: rows.encoder, features: rows.features,
            softTargets: Matrix(rows: 30, columns: 3), truth: .none)
        #expect(throws: AttarError.self) { try Self.fitted(text, taught) }
        let stopped = #expect(throws: AttarError.self) {
            try Self.fitted(text, rows) { $0.progress = { _ in .stop } }
        }
        #expect(stopped?.code == .stopped)
    }

    @Test(arguments: specifications)
    func `Nobody teaches it`(text: String) async throws {
        var recipe = Recipe()
        (recipe.student, recipe.teacher, recipe.task) = (text, "kmeans[3]", .clustering)
        let error = #expect(throws: AttarError.self) { try Distiller(recipe) }
        #expect(error?.problem.contains("finds what it answers by itself, and cannot be taught") == true)
    }
}
