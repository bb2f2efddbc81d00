import Attar
import Foundation
import Testing

/// The text and YAML forms of what is compared.
struct FeatureTermTests {
    @Test(arguments: [
        ("hint", FeatureTerm(.hint)),
        ("similarity,weight=500", FeatureTerm(.similarity, weight: 500)),
        ("hint:block2>conv1,weight=100", FeatureTerm(.hint, teacher: "block2", student: "conv1", weight: 100)),
        ("pkt: stage1.block0 > conv0", FeatureTerm(.pkt, teacher: "stage1.block0", student: "conv0")),
        ("angle:>dense0", FeatureTerm(.angle, student: "dense0")),
        ("angle:dense0>", FeatureTerm(.angle, teacher: "dense0")),
    ])
    func `An entry is read from text, and written again`(_ text: String, _ term: FeatureTerm) throws {
        let (read, again) = (try FeatureTerm(text), try FeatureTerm(term.description))
        #expect(read == term)
        #expect(again == term)
        let coded = try JSONDecoder().decode([FeatureTerm].self, from: JSONEncoder().encode([term]))
        #expect(coded == [term])
    }

    @Test(arguments: [
        ("hnt", "Did you mean 'hint'?"), ("hint,weight=0", "must be above 0"), ("hint,weight=x", "Write it as"),
        ("hint:block2", "Write it as"), ("hint:>", "Write it as"), ("hint,share=2", "Write it as"), ("", "There are"),
        ("hint,weight=1,weight=2", "Write it as"),
    ])
    func `An entry that is none is refused`(_ text: String, _ message: String) {
        let error = #expect(throws: AttarError.self) { try FeatureTerm(text) }
        #expect(error?.description.contains(message) == true, "\(error.map(\.description) ?? "")")
    }

    @Test func `A recipe lists entries as text or as mappings`() throws {
        let recipe = try Recipe(
            yaml: """
                student: mlp[16]
                features:
                  - hint:activation0>activation0
                  - loss: similarity
                    teacher: activation1
                    weight: 10
                """, source: "recipe")
        #expect(
            recipe.features == [
                FeatureTerm(.hint, teacher: "activation0", student: "activation0"),
                FeatureTerm(.similarity, teacher: "activation1", weight: 10),
            ])
        let again = try JSONDecoder().decode(Recipe.self, from: JSONEncoder().encode(recipe))
        #expect(again == recipe)
    }

    @Test func `A misspelled key of an entry is refused`() {
        let error = #expect(throws: AttarError.self) {
            try Recipe(yaml: "features:\n  - loss: hint\n    studnet: dense0", source: "recipe")
        }
        #expect(error?.description.contains("Did you mean 'student'?") == true)
    }
}
