import Attar
import Compute
import Foundation
import Testing

/// Assistants, generations, several teachers and peers, from a recipe through the distiller.
struct SchemeTests {
    private static let rows = SampleTable.clouds(150)

    private func recipe(_ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
        var recipe = Recipe()
        recipe.teacher = "mlp[16,epochs=10]"
        recipe.student = "mlp[4,epochs=8]"
        recipe.strategy = "teacher"
        recipe.folds = 3
        recipe.seeds = 2
        recipe.threads = 1
        change(&recipe)
        return recipe
    }

    private func distilled(_ recipe: Recipe, on rows: Dataset = rows) async throws -> Distillation {
        try await Distiller(recipe).distilled(on: rows)
    }

    @Test func `Assistants are taught one by the other, and the student by the last`() async throws {
        let plain = try await distilled(recipe())
        let chain = try await distilled(recipe { $0.assistants = ["mlp[12,epochs=8]", "tree[leaves=8]"] })
        let stages = try #require(chain.certificate.choice.stages)
        #expect(stages.map(\.role) == ["teacher", "assistant", "assistant", "student"])
        #expect(stages.map(\.model) == ["mlp[16,epochs=10]", "mlp[12,epochs=8]", "tree[leaves=8]", "mlp[4,epochs=8]"])
        #expect(stages.allSatisfy { (0...1).contains($0.quality) }, "\(stages.map(\.quality))")
        #expect(stages[0].quality > 0.4, "the teacher has learned something")
        #expect(chain.student.description != plain.student.description)
        // The certificate is on the teacher itself, and the twin has none.
        #expect(chain.certificate.teacher["accuracy"] == plain.certificate.teacher["accuracy"])
        #expect(chain.certificate.labelsOnly["accuracy"] == plain.certificate.labelsOnly["accuracy"])
        #expect(plain.certificate.choice.stages == nil)
    }

    @Test func `Each generation begins anew, taught by its predecessor`() async throws {
        let chain = try await distilled(recipe { $0.generations = 3 })
        let stages = try #require(chain.certificate.choice.stages)
        #expect(stages.map(\.role) == ["teacher", "generation 1", "generation 2", "generation 3"])
        let two = try await distilled(recipe { $0.generations = 2 })
        #expect(two.certificate.choice.stages?.prefix(2).map(\.quality) == stages.prefix(2).map(\.quality))
        #expect(two.student.description != chain.student.description)
        let again = try await distilled(recipe { $0.generations = 3 })
        #expect(again.student.description == chain.student.description)
    }

    @Test func `A student imitates the hidden tensors of its assistant`() async throws {
        let chain = try await distilled(
            recipe {
                $0.assistants = ["mlp[12,8,epochs=8]"]
                $0.features = [FeatureTerm(.hint, teacher: "activation1")]
            })
        #expect(chain.certificate.choice.features == ["hint:activation1>"])
        let error = await #expect(throws: AttarError.self) {
            try await distilled(
                recipe {
                    $0.assistants = ["tree"]
                    $0.features = [FeatureTerm(.hint)]
                })
        }
        #expect(error?.description.contains("the teacher 'tree' does not have") == true)
    }

    @Test func `Features change the student and leave its twin alone`() async throws {
        let plain = try await distilled(recipe())
        let taught = try await distilled(recipe { $0.features = [FeatureTerm(.hint), FeatureTerm(.similarity)] })
        #expect(plain.student.description != taught.student.description)
        #expect(plain.certificate.labelsOnly["accuracy"] == taught.certificate.labelsOnly["accuracy"])
        #expect(taught.certificate.choice.features == ["hint", "similarity"])
        #expect(taught.artifact.metadata.recipe?["features"] == .array([.string("hint"), .string("similarity")]))
    }

    @Test func `Features of pictures see the views that the student sees`() async throws {
        for views in [0, 2] {
            let distillation = try await distilled(
                recipe {
                    $0.teacher = "cnn[4,epochs=2]"
                    $0.student = "cnn[3,epochs=2]"
                    $0.seeds = 1
                    $0.augment = "shift=1"
                    $0.views = views
                    $0.features = [FeatureTerm(.attention)]
                }, on: SampleTable.pictures(60))
            #expect(distillation.certificate.choice.features == ["attention"])
        }
    }

    @Test func `A student and its peer learn from each other, the same every time`() async throws {
        let plain = try await distilled(recipe())
        let first = try await distilled(recipe { $0.peer = "mlp[8,epochs=8]" })
        let again = try await distilled(recipe { $0.peer = "mlp[8,epochs=8]" })
        let other = try await distilled(recipe { $0.peer = "mlp[8,epochs=4]" })
        #expect(first.student.description == again.student.description)
        #expect(first.student.description != plain.student.description)
        #expect(first.student.description != other.student.description)
        #expect(first.certificate.labelsOnly["accuracy"] == plain.certificate.labelsOnly["accuracy"])
        #expect(first.certificate.choice.peer == "mlp[8,epochs=8]")
        let model = try #require(first.student as? MLPModel)
        #expect(model.bestEpoch == 8)
        #expect(
            Set(model.description.tensors.keys) == ["dense0.weight", "dense0.bias", "dense1.weight", "dense1.bias"])
    }

    /// A teacher that answers every row the same.
    private func constant(
        _ answer: [Float], _ task: Attar.LearningTask = .classification(["class 0", "class 1", "class 2"])
    ) -> any Teacher {
        FixedTeacher(task: task) { rows in
            Matrix(
                rows: rows.count, columns: answer.count,
                elements: (0..<rows.count).flatMap { _ in answer })
        }
    }

    @Test func `Several teachers answer by their weighted mean`() async throws {
        let (one, other) = (constant([1, 0, 0]), constant([0, 0.5, 0.5]))
        let mean = try await Ensemble([one, other], weights: [3, 1]).predict(Self.rows).matrix
        #expect(mean.row(0).elementsEqual([0.75, 0.125, 0.125]))
        let prints = try [nil, [2, 2], [3, 1]].map { try Ensemble([one, other], weights: $0).fingerprint }
        #expect(prints[0] == prints[1])
        #expect(prints[0] != prints[2])
    }

    @Test func `Teachers of other classes are refused by name`() {
        let error = #expect(throws: AttarError.self) {
            try Ensemble(
                [constant([1, 0, 0]), constant([1, 0], .classification(["yes", "no"]))],
                names: ["a.attar", "b.attar"])
        }
        #expect(error?.problem.contains("'b.attar' answers another task than teacher 'a.attar'") == true)
        #expect(error?.problem.contains("yes, no") == true)
    }

    @Test func `A recipe's schemes are read from YAML, and written again`() throws {
        let recipe = try Recipe(
            yaml: """
                student: mlp[16]
                strategy: teacher
                assistants: ["mlp[64]", "mlp[32]"]
                peer: mlp[8]
                teachers:
                  - teacher: a.attar
                    weight: 0.7
                  - b.attar
                """, source: "recipe")
        #expect(recipe.assistants == ["mlp[64]", "mlp[32]"])
        #expect(recipe.teachers == [WeightedTeacher("a.attar", weight: 0.7), WeightedTeacher("b.attar")])
        #expect(recipe.peer == "mlp[8]")
        try recipe.validate()
        #expect(try JSONDecoder().decode(Recipe.self, from: JSONEncoder().encode(recipe)) == recipe)
        #expect(try Recipe(yaml: "generations: 3", source: "recipe").generations == 3)
    }

    /// A change to a recipe, and what is said about it.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let message: String
        let change: @Sendable (inout Recipe) -> Void
        var testDescription: String { message }

        init(_ message: String, _ change: @escaping @Sendable (inout Recipe) -> Void) {
            (self.message, self.change) = (message, change)
        }
    }

    static let refusals = [
        Refusal("generations is 0") { $0.generations = 0 },
        Refusal("from 1 to 20") { $0.generations = 21 },
        Refusal("Did you mean 'mlp'?") { $0.assistants = ["mlb[3]"] },
        Refusal("assistants need the student and its strategy named") {
            ($0.assistants, $0.strategy) = (["mlp"], "auto")
        },
        Refusal("generations need the student") { ($0.generations, $0.student) = (2, nil) },
        Refusal("need a teacher") { ($0.generations, $0.strategy) = (2, "labels") },
        Refusal("mutual learning is for networks, but the peer is 'tree'") { $0.peer = "tree" },
        Refusal("the student is 'tree'") { ($0.peer, $0.student) = ("mlp", "tree") },
        Refusal("does not go with generations") { ($0.peer, $0.generations) = ("mlp", 2) },
        Refusal("labels alone") { ($0.peer, $0.strategy) = ("mlp", "labels") },
        Refusal("have to be trained already") {
            $0.teachers = [WeightedTeacher("a.attar"), WeightedTeacher("forest")]
        },
        Refusal("but must be above 0") {
            $0.teachers = [WeightedTeacher("a.attar", weight: 0), WeightedTeacher("b.attar")]
        },
        Refusal("labels alone") { ($0.features, $0.strategy) = ([FeatureTerm(.hint)], "labels") },
        Refusal("mixup") { ($0.features, $0.augment) = ([FeatureTerm(.hint)], "mixup=0.2") },
    ]

    @Test(arguments: refusals)
    func `Schemes that cannot be are refused before anything is trained`(_ refusal: Refusal) {
        let error = #expect(throws: AttarError.self) { try recipe(refusal.change).validate() }
        #expect(error?.description.contains(refusal.message) == true, "\(error.map(\.description) ?? "")")
    }

    @Test(arguments: [("0.7", "there are 2 teachers, but 1 weights"), ("0.7,x", "'x'")])
    func `Weights that do not fit the teachers are refused`(_ weights: String, _ message: String) {
        let teachers = [WeightedTeacher("a.attar"), WeightedTeacher("b.attar")]
        let error = #expect(throws: AttarError.self) { try teachers.weighted(by: weights) }
        #expect(error?.description.contains(message) == true)
    }

    @Test func `A peer is for classes, and is not kept in checkpoints`() async throws {
        let regression = await #expect(throws: AttarError.self) {
            try await distilled(recipe { $0.peer = "mlp[8]" }, on: SampleTable.surface(80))
        }
        #expect(regression?.description.contains("the task is regression") == true)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        let kept = #expect(throws: AttarError.self) {
            try CheckpointFolder(folder, for: recipe { $0.peer = "mlp[8]" }, on: [])
        }
        #expect(kept?.description.contains("checkpoints do not go with a peer") == true)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}
