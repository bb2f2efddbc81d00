import Attar
import Foundation
import Testing

/// The declarations of settings, and what follows from them.
struct RecipeSettingsTests {
    @Test func `A declaration is named as its member is, and all are listed`() {
        let members = Mirror(reflecting: RecipeSettings()).children.compactMap(\.label)
        #expect(RecipeSettings.all.map(\.name) == members)
        #expect(members.count > 30)
    }

    @Test func `Every setting has a flag and a sentence of its own`() {
        let settings: [any DeclaredSetting] = RecipeSettings.all
        let flags = (settings + Catalogue.standard.teacherOptions).compactMap(\.flagName)
        #expect(Set(flags).count == flags.count)
        #expect(settings.filter { $0.flagName == nil }.map(\.name) == ["teachers", "asking", "thresholds"])
        for setting in settings {
            #expect(setting.help.hasSuffix("."), "\(setting.name)")
            #expect(setting.flagName == nil || !setting.valueName.isEmpty || setting.form == .flag, "\(setting.name)")
            #expect(SettingGroup.all.contains(setting.group), "\(setting.name)")
        }
        #expect(Set(settings.map(\.help)).count == settings.count)
    }

    /// A text that a flag may have, other than the default.
    private static func sample(_ setting: any DeclaredSetting) -> String {
        switch setting.form {
        case .text: setting.name == "task" ? "regression" : "sample"
        case .texts: setting.name == "features" ? "similarity,weight=30" : "mlp[4]"
        case .word(let words): words[1]
        case .names: "a,b"
        case .count: "7"
        case .number: "0.5"
        case .numbers: "-999,0.5"
        case .prices: "1,2"
        case .time: "60s"
        case .latency: "20us"
        case .size: "100KB"
        case .allowance: "1%"
        case .flag: setting.name == "learnsWeights" ? "learned" : "true"
        case .mapping: "yes>no=3"
        }
    }

    @Test(arguments: RecipeSettings.all.filter { $0.flagName != nil }.map(\.name))
    func `A flag's value survives a recipe's JSON, and is another than the default`(_ name: String) throws {
        let setting = try #require(RecipeSettings.all.first { $0.name == name })
        var recipe = Recipe()
        recipe.augment = "flip"  // so that `views` is written
        let before = recipe
        try recipe.override([name: [Self.sample(setting)]])
        #expect(recipe != before)
        let json = try JSONValue(encoding: recipe)
        #expect(json[name] != nil)
        #expect(try json.decoded(as: Recipe.self) == recipe)
    }

    @Test func `A share can be given in percent`() throws {
        var recipe = Recipe()
        try recipe.override(["testFraction": ["25%"]])
        #expect(recipe.testFraction == 0.25)
        for text in ["%", "a%", "2 5%"] {
            let error = #expect(throws: AttarError.self) { try recipe.override(["testFraction": [text]]) }
            #expect(error?.problem == "'\(text)' in --test-fraction is not a number")
        }
    }

    @Test func `Recipes are written as they always were`() throws {
        #expect(
            try JSONValue(encoding: Recipe()).text()
                == #"{"folds":5,"seed":1,"seeds":3,"strategy":"auto","synthesised":10,"teacher":"ensemble","testFraction":0.3}"#
        )
        var recipe = Recipe()
        recipe.teachers = [WeightedTeacher("a.attar", weight: 2), WeightedTeacher("b.attar")]
        recipe.learnsWeights = true
        recipe.asking.batch = 3
        (recipe.assistants, recipe.generations, recipe.peer) = (["linear"], 2, "mlp[4]")
        (recipe.augment, recipe.views, recipe.text, recipe.textTokenizer) = ("flip", 8, "words", "t.json")
        (recipe.evidence, recipe.sets, recipe.threads, recipe.seed) = (.quick, .aps, 2, .max)
        recipe.budget.maxSize = try Quantity("100KB")
        recipe.thresholds.deficit = 0.25
        recipe.features = [FeatureTerm(.similarity, weight: 30)]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let expected = [
            #"{"asking":{"batch":3},"assistants":["linear"],"augment":"flip","evidence":"quick","features":["similarity,weight=30.0"],"folds":5,"#,
            #""generations":2,"learnsWeights":true,"maxSize":"100KB","peer":"mlp[4]","seed":18446744073709551615,"seeds":3,"sets":"aps","#,
            #""strategy":"auto","synthesised":10,"teachers":[{"teacher":"a.attar","weight":2},{"teacher":"b.attar","weight":1}],"#,
            #""testFraction":0.3,"text":"words","textTokenizer":"t.json","threads":2,"thresholds":{"agreementUnderShift":0.5,"#,
            #""calibrationError":0.05,"deficit":0.25,"disagreement":0.1,"guardedRisk":0.05,"negativeFlips":0.03,"recallDeficit":0.2,"sliceRegressions":0},"views":8}"#,
        ].joined()
        let written = String(decoding: try encoder.encode(recipe), as: UTF8.self)
        #expect(written == expected)
    }

    @Test(arguments: [
        ("seeds: 0", "seeds is 0, but must be from 1 to 100"),
        ("testFraction: 1", "testFraction is 1.0, but must be between 0 and 1"),
        ("synthesised: 1001", "synthesised is 1001.0, but must be above 0, at most 1000"),
        ("labelShare: 1.5", "labelShare is 1.5, but must be from 0 to 1"),
        (
            "sets: app",
            "sets is app, but must be lac, aps, raps, lac-by-class, aps-by-class, raps-by-class, residual, cqr, tail or none"
        ),
        ("thresholds: {deficit: 2}", "thresholds.deficit is 2.0, but must be from 0 to 1"),
        ("generations: 21", "generations is 21, but must be from 1 to 20"),
    ])
    func `A value out of range is refused with the range that is declared`(_ yaml: String, problem: String) throws {
        let recipe = try Recipe(yaml: yaml, source: "r.yaml")
        let error = #expect(throws: AttarError.self) { try recipe.validate() }
        #expect(error?.problem == problem)
    }

    @Test(arguments: [
        ("folds", "many", "'many' in --folds is not a whole number"),
        ("learnsWeights", "0.5,x", "'x' in the teachers' weights '0.5,x' is not a number"),
        ("task", "clasification", "there is no task 'clasification'"),
        ("maxSize", "big", "'big' is not a size such as 100KB"),
    ])
    func `A flag's text that stands for nothing is refused`(_ name: String, text: String, problem: String) {
        var recipe = Recipe()
        let error = #expect(throws: AttarError.self) {
            try recipe.override(["teacher": ["a.attar", "b.attar"], name: [text]])
        }
        #expect(error?.problem == problem)
    }

    @Test func `Values that are the defaults again leave no trace`() {
        var recipe = Recipe()
        recipe.folds = 7
        recipe.folds = 5
        #expect(recipe == Recipe())
        #expect(recipe.hashValue == Recipe().hashValue)
    }

    @Test func `A distiller keeps of a recipe's settings those that mean the same there`() throws {
        var recipe = Recipe()
        (recipe.folds, recipe.student) = (7, "linear")
        var settings = try DistillationSettings(recipe)
        #expect(settings.folds == 7)
        settings.temperature = 3
        #expect(settings.temperature == 3 && recipe.temperature == nil)
    }

    @Test func `The page of recipes holds what is declared`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/file-formats.md"), encoding: .utf8)
        #expect(
            page.contains("<!-- settings -->\n\n\(SettingGuide.markdown())\n\n<!-- /settings -->"),
            "put what `attar help recipe --markdown` prints between the marks of docs/file-formats.md")
    }

    @Test func `The guide names every key with its type, default and flag, and fits a terminal`() {
        let guide = SettingGuide.text()
        for setting in RecipeSettings.all {
            #expect(guide.contains("\n  \(setting.name)" + (setting.flagName.map { "  --\($0)\n" } ?? "\n")))
        }
        for option in Catalogue.standard.teacherOptions {
            #expect(guide.contains("\n  \(option.name)  --\(option.flag)\n"))
        }
        #expect(guide.contains("\n      whole number, from 2 to 100; default: 5.\n"))
        #expect(guide.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
