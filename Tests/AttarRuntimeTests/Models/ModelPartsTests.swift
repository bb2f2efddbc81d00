import AttarRuntime
import Compute
import Testing

struct ModelPartsTests {
    /// A family that Attar does not come with: the same value for every row.
    private struct Constant: Model {
        static let familyName = "constant"
        let task: LearningTask
        let encoder: FeatureEncoder
        let value: Float

        init(_ value: Float, task: LearningTask, encoder: FeatureEncoder) {
            (self.value, self.task, self.encoder) = (value, task, encoder)
        }

        init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
            self.init(try description.floats("value", shape: [1])[0], task: task, encoder: encoder)
        }

        var description: ModelDescription {
            ModelDescription(family: Self.familyName, tensors: ["value": Tensor([value], shape: [1])])
        }

        func outputs(for features: Matrix) -> Answers {
            Answers(.values, Matrix(rows: features.rows, columns: task.width, repeating: value))
        }
    }

    private let constant = Constant(7, task: .regression(["y"]), encoder: SmallModels.encoder)

    @Test func `A family that was added is loaded again, alone and within an ensemble`() throws {
        let parts = try ModelParts.standard.adding(Constant.self)
        let mean = EnsembleModel(
            task: constant.task, encoder: constant.encoder,
            members: [EnsembleModel.Member(model: constant, scaling: .identity)])
        for model in [constant, mean] as [any Model] {
            let bytes = try Artifact(model: model, metadata: ArtifactMetadata()).encoded()
            let loaded = try Artifact(bytes: bytes, path: "own.attar", parts: parts)
            #expect(try loaded.predict(["age": 1, "plan": nil]).value == 7)
        }
    }

    @Test func `A family that nobody added is refused by its name`() throws {
        let bytes = try Artifact(model: constant, metadata: ArtifactMetadata()).encoded()
        let words = sentence { try Artifact(bytes: bytes, path: "own.attar") }
        #expect(
            words == """
                'own.attar' cannot be read by this program: there is no model family 'constant'. Read it with a program that knows the family; \
                in Swift with 'parts: .standard.adding(…)'.
                """)
    }

    @Test func `A name is given once`() throws {
        let parts = try ModelParts.standard.adding(Constant.self)
        #expect(
            sentence { try parts.adding(Constant.self) }
                == "there are two model families called 'constant'. Give the added one another name.")
        #expect(sentence { try parts.adding(LinearModel.self) }.contains("'linear'"))
    }

    @Test func `Attar's own families have names of their own`() {
        let names = ModelParts.standard.names
        #expect(Set(names).count == names.count && names.count == 19)
    }
}
