import Attar
import Testing

struct RecipeTests {
    @Test func `A YAML recipe fills what it names and leaves the rest`() throws {
        let recipe = try Recipe(
            yaml: """
                target: digit
                student: mlp[16]
                strategy: munge+noise
                seeds: 5
                maxLatency: 20us
                maxSize: 100KB
                """, source: "r.yaml")
        #expect(recipe.target == "digit")
        #expect(recipe.student == "mlp[16]")
        #expect(recipe.seeds == 5)
        #expect(recipe.folds == Recipe().folds)
        #expect(recipe.budget.maxLatency?.amount == 20)
        #expect(recipe.budget.maxSize?.amount == 100_000)
        try recipe.validate()
    }

    @Test func `A recipe survives its own JSON`() throws {
        var recipe = Recipe()
        recipe.student = "tree[leaves=16]"
        recipe.labelShare = 0.25
        recipe.budget.timeBudget = try Quantity("2min")
        #expect(try JSONValue(encoding: recipe).decoded(as: Recipe.self) == recipe)
    }

    @Test func `A misspelled key is named with the nearest one`() throws {
        let error = try #require(throws: AttarError.self) { try Recipe(yaml: "studnet: tree", source: "r.yaml") }
        #expect(error.description == "r.yaml: a recipe has no key 'studnet'. Did you mean 'student'?")
    }

    @Test func `A value of the wrong type names its key`() throws {
        let error = try #require(throws: AttarError.self) { try Recipe(yaml: "seeds: many", source: "r.yaml") }
        #expect(error.problem == "r.yaml: the value of 'seeds' has the wrong type")
    }

    @Test(arguments: [
        "seeds: 0", "folds: 1", "testFraction: 1", "temperature: 0", "labelShare: 1.5", "strategy: mung",
        "strategy: labels+munge", "synthesised: -1", "threads: 0",
    ])
    func `A setting out of range is refused`(yaml: String) throws {
        let recipe = try Recipe(yaml: yaml, source: "r.yaml")
        let error = try #require(throws: AttarError.self) { try recipe.validate() }
        #expect(error.code == .invalidSetting)
    }

    @Test(arguments: [("20us", 20.0), ("1.5ms", 1_500), ("7", 7), ("500 ns", 0.5)])
    func `Latencies are read with their unit`(text: String, microseconds: Double) throws {
        #expect(try Quantity<LatencyUnit>(text).amount == microseconds)
    }

    @Test(arguments: ["", "fast", "20 parsecs", "-3us", "0us"])
    func `What is no latency is refused`(text: String) {
        #expect(throws: AttarError.self) { try Quantity<LatencyUnit>(text) }
    }
}
