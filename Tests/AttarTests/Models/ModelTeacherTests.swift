import Attar
import Testing

// Without Compute among its imports: what Attar's users need of it comes with Attar.
struct ModelTeacherTests {
    private func trained() throws -> (model: any Model, test: Dataset) {
        let (training, test) = try SampleTable.clouds(120).split(testFraction: 0.3, seed: 1)
        let encoder = try FeatureEncoder(fittedTo: training)
        let set = try TransferSet(training, encoder: encoder)
        let model = try LinearEstimator().fitted(
            to: set, validation: nil, context: FittingContext(loss: .labelsOnly(set.task.form)))
        return (model, test)
    }

    @Test func `A model answers under the names of its classes`() async throws {
        let (model, test) = try trained()
        var labels: [String] = []
        for answer in try await model.answers(to: test) {
            #expect(answer.probability > 0.3)
            labels.append(answer.label)
        }
        let expected = model.outputs(for: try model.encoder.encoded(test)).matrix.argmax()
        #expect(labels == expected.map { model.task.names[Int($0)] })
    }

    @Test func `A model teaches, and a teacher knows whether a model answers`() async throws {
        let (model, test) = try trained()
        let teacher: any Teacher = ModelTeacher(model)
        #expect(teacher.task == model.task && teacher.fingerprint == model.fingerprint)
        #expect(teacher.model?.description == model.description)
        #expect(try await teacher.answers(to: test).matrix == model.outputs(for: model.encoder.encoded(test)).matrix)
        #expect(try Ensemble([teacher]).model == nil)
    }

    @Test func `What a family trains can be read without it, under the same name`() {
        #expect(Family.known.map(\.name) == ModelParts.standard.names)
    }
}
