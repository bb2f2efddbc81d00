import Attar
import Compute
import Synchronization
import Testing

/// Averages of models: what they answer, how members are named, and that nothing is lost in the description.
struct EnsembleTests {
    private func fitted(
        _ text: String, _ rows: TransferSet, validation: TransferSet? = nil
    ) throws -> EnsembleModel {
        let model = try EnsembleEstimator(Specification(text)).fitted(
            to: rows, validation: validation, context: .labels(rows.task))
        return try #require(model as? EnsembleModel)
    }

    @Test func `Values are the members' mean`() throws {
        let rows = try SampleRows.surface(120)
        let model = try fitted("ensemble[linear,tree[leaves=8]]", rows)
        let parts = model.models.map { $0.outputs(for: rows.features).matrix.elements }
        let answers = model.outputs(for: rows.features).matrix.elements
        let expected = zip(parts[0], parts[1]).map { ($0 + $1) / 2 }
        #expect(largestDifference(answers, expected) < 1e-4)
    }

    @Test(arguments: [false, true])
    func `Members are calibrated on rows that they have not seen`(withValidation: Bool) throws {
        // A tree that repeats its labels is always sure; on new rows it is often wrong.
        let rows = try SampleRows.clouds(200, seed: 1)
        let noisy = rows.with(labels: rows.labels.enumerated().map { $0 % 5 == 0 ? Int32($0 % 3) : $1 })
        let fresh = try SampleRows.clouds(200, seed: 2)
        let unseen = fresh.with(labels: fresh.labels.enumerated().map { $0 % 5 == 0 ? Int32($0 % 3) : $1 })
        let model = try fitted("ensemble[tree[leaves=200]]", noisy, validation: withValidation ? unseen : nil)
        #expect(model.temperatures[0] > 2)
        let answers = model.outputs(for: noisy.features).matrix
        for row in 0..<200 { #expect(abs(answers.row(row).reduce(0, +) - 1) < 1e-5) }
    }

    @Test func `Members may be ensembles, and a description makes the same model`() throws {
        let rows = try SampleRows.clouds(80)
        let model = try fitted("ensemble[tree[leaves=4],ensemble[linear,tree]]", rows)
        let batch = model.outputs(for: rows.features).matrix
        #expect(model.description.tensors.keys.contains("1.0.weights"))
        let again = try EnsembleModel(model.description, task: rows.task, encoder: rows.encoder)
        #expect(again.outputs(for: rows.features).matrix == batch)
        #expect(again.fingerprint == model.fingerprint)
        let session = again.session()
        for row in 0..<5 {
            var answer = [Float](repeating: 0, count: 3)
            var place = answer.mutableSpan
            session.predict(rows.features.row(row).span, into: &place)
            #expect(largestDifference(answer, Array(batch.row(row))) < 1e-6)
        }
    }

    @Test func `A member that does not exist is refused at once, with the nearest name`() throws {
        let error = #expect(throws: AttarError.self) {
            try EnsembleEstimator(Specification("ensemble[tree,linaer]"))
        }
        #expect(error?.description.contains("'linear'") == true)
    }

    @Test(arguments: [AnswerForm.probabilities, .values])
    func `Default members exist`(form: AnswerForm) throws {
        for member in EnsembleEstimator.defaultMembers(for: form, rows: 100) {
            _ = try Family.named(Specification(member).name)
        }
    }

    @Test func `A description without members or with an unknown family is refused`() throws {
        let rows = try SampleRows.clouds(60)
        let empty = ModelDescription(family: "ensemble")
        #expect(throws: AttarError.self) { try EnsembleModel(empty, task: rows.task, encoder: rows.encoder) }
        var strange = try fitted("ensemble[linear]", rows).description
        strange.settings = .object([
            "members": .array([.object(["family": .string("oracle"), "temperature": .number(1)])])
        ])
        #expect(throws: AttarError.self) { try EnsembleModel(strange, task: rows.task, encoder: rows.encoder) }
    }

    @Test func `Fitted models make one teacher, whatever their encoders`() async throws {
        let rows = try SampleRows.surface(100)
        let other = try SampleRows.surface(100, seed: 5)
        let context = FittingContext.labels(rows.task)
        let models = [
            try LinearEstimator().fitted(to: rows, validation: nil, context: context),
            try TreeEstimator().fitted(to: other, validation: nil, context: context),
        ]
        let teacher = try Ensemble(models)
        let data = Dataset(
            source: "new", columns: (0..<3).map { Column("x\($0)", .numeric([0.5, -1, Float($0)])) })
        let answers = try await teacher.predict(data).matrix
        let parts = [try await models[0].predict(data).matrix, try await models[1].predict(data).matrix]
        for row in 0..<3 { #expect(abs(answers[row, 0] - (parts[0][row, 0] + parts[1][row, 0]) / 2) < 1e-4) }
        let classes = try SampleRows.clouds(60)
        let stranger = try TreeEstimator().fitted(to: classes, validation: nil, context: .labels(classes.task))
        #expect(throws: AttarError.self) { try Ensemble([models[0], stranger]) }
        #expect(throws: AttarError.self) { try Ensemble([any Model]()) }
    }

    @Test func `On many rows the default members are those whose time grows with the rows, which is said`() throws {
        #expect(EnsembleEstimator.defaultMembers(for: .probabilities, rows: 10_000) == ["svm", "mlp", "boost"])
        #expect(EnsembleEstimator.defaultMembers(for: .probabilities, rows: 10_001) == ["mlp", "boost"])
        let rows = try SampleRows.clouds(10_002, classes: 2)
        let notes = Mutex<[String]>([])
        var context = FittingContext.labels(rows.task)
        context.progress = { progress in
            notes.withLock { $0 += progress.note.map { [$0] } ?? [] }
            return progress.note == nil ? .more : .stop
        }
        let error = #expect(throws: AttarError.self) {
            try EnsembleEstimator().fitted(to: rows, validation: nil, context: context)
        }
        #expect(error?.code == .stopped)
        #expect(notes.withLock { $0 }.first?.contains("ensemble[svm,mlp,boost]") == true)
    }

    @Test func `A copy on fewer rows has the members of the ensemble that it is a copy of`() throws {
        let model = try fitted("ensemble[linear,tree]", try SampleRows.clouds(60))
        let copy = try #require(EnsembleEstimator().refitting(after: model) as? EnsembleEstimator)
        #expect(copy.names(for: .probabilities, rows: 40) == ["linear", "tree"])
    }
}
