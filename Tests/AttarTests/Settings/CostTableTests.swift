import Attar
import Testing

struct CostTableTests {
    @Test func `Costs are written alike on the command line and in recipes`() throws {
        let flag = try CostTable(parsing: "fraud>ok=50, ok > fraud = 1")
        #expect(flag.costs == ["fraud": ["ok": 50], "ok": ["fraud": 1]])
        let recipe = try Recipe(yaml: "costs:\n  fraud: {ok: 50}\n  ok: {fraud: 1}", source: "r")
        #expect(recipe.costs == flag)
        let again: Recipe = try JSONValue(encoding: recipe).decoded()
        #expect(again.costs == flag)
        #expect(try CostTable(parsing: "a>b=c>d=2").costs == ["a": ["b=c>d": 2]], "the last '=' counts")
    }

    @Test func `The rule has a cost for each two classes, 1 where none is named`() throws {
        let rule = try CostTable(parsing: "fraud>ok=50").rule(for: ["fraud", "ok", "spam"])
        #expect(rule.table == [[0, 50, 1], [1, 0, 1], [1, 1, 0]] && rule.hasCosts)
    }

    @Test(arguments: [
        ("fraud", "'fraud' in costs is not RIGHT>ANSWER=COST. Write for example 'fraud>ok=50,ok>fraud=1'."),
        ("fraud>ok", "'fraud>ok' in costs is not RIGHT>ANSWER=COST. Write for example 'fraud>ok=50,ok>fraud=1'."),
        (
            "fraud>ok=much",
            "'fraud>ok=much' in costs is not RIGHT>ANSWER=COST. Write for example 'fraud>ok=50,ok>fraud=1'."
        ),
        ("", "'' in costs is not RIGHT>ANSWER=COST. Write for example 'fraud>ok=50,ok>fraud=1'."),
        ("fraud>ok=1,fraud>ok=2", "costs give 'ok' where 'fraud' is right twice. Give it once."),
        (
            "ok>ok=1",
            "costs say what it costs to answer 'ok' where that is right. Leave that out: right answers cost nothing."
        ),
        ("ok>fraud=-1", "the cost of 'fraud' where 'ok' is right is -1.0. Give 0 or more."),
        ("frod>ok=1", "costs name the class 'frod', which the target does not have. Did you mean 'fraud'?"),
        ("ok>fraud=0,fraud>ok=0", "costs say that wrong answers cost nothing. Give one above 0."),
    ])
    func `Costs that say nothing are refused in a sentence`(text: String, words: String) {
        let error = #expect(throws: AttarError.self) { try CostTable(parsing: text).rule(for: ["fraud", "ok"]) }
        #expect(error?.description == words)
    }
}
