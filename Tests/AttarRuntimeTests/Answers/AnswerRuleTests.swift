import AttarRuntime
import Compute
import Testing

struct AnswerRuleTests {
    @Test func `The class that is expected to cost least is answered`() throws {
        // Answering "leaves" where "stays" is right costs 1, the other way round 9: "leaves" from a probability of a tenth on.
        let rule = try AnswerRule(costs: [[0, 9], [1, 0]])
        #expect(rule.answers(Matrix(rows: 3, columns: 2, elements: [0.11, 0.89, 0.09, 0.91, 0.5, 0.5])) == [0, 1, 0])
        #expect(abs(try #require(rule.threshold) - 0.9) < 1e-12)
        // Of three classes: expected costs of the answers are 3 · 0.2 = 0.6, 0.5 + 3 · 0.2 = 1.1, and 0.5 + 0.3 = 0.8.
        let three = try AnswerRule(costs: [[0, 1, 1], [0, 0, 1], [3, 3, 0]])
        #expect(three.answer([0.5, 0.3, 0.2]) == 0)
        #expect(three.answer([0.3, 0.3, 0.4]) == 2)
        #expect(three.threshold == nil)
    }

    @Test func `Equal costs answer as no rule does, ties included`() throws {
        let rule = try AnswerRule(costs: [[0, 1, 1], [1, 0, 1], [1, 1, 0]])
        let rows = Matrix(rows: 4, columns: 3, elements: [0.2, 0.5, 0.3, 0.4, 0.4, 0.2, 0.25, 0.25, 0.5, 0, 0, 1])
        #expect(rule.answers(rows) == rows.argmax())
        let half = try AnswerRule(threshold: 0.25)
        #expect(
            half.answers(Matrix(rows: 3, columns: 2, elements: [0.76, 0.24, 0.74, 0.26, 0.75, 0.25])) == [0, 1, 0])
    }

    @Test(arguments: [
        ([[0.0]], "costs are not one for each two classes"),
        ([[0, 1], [1]], "costs are not one for each two classes"),
        ([[0, -1], [1, 0]], "a cost is below 0 or no number"),
        ([[0, .nan], [1, 0]], "a cost is below 0 or no number"),
    ])
    func `Costs that mean nothing are refused`(table: [[Double]], words: String) {
        #expect(sentence { try AnswerRule(costs: table) }.hasPrefix(words))
        #expect(sentence { try AnswerRule(threshold: 1) } == "the threshold 1.0 does not lie between 0 and 1.")
    }

    @Test func `A file keeps the rule, and a program that does not know rules refuses it`() throws {
        for rule in [try AnswerRule(costs: [[0, 9], [1, 0]]), try AnswerRule(threshold: 0.9)] {
            let model = try SmallModels.churn().decided(by: rule)
            let artifact = Artifact(model: model, metadata: ArtifactMetadata())
            #expect(artifact.formatVersion == 4)
            let read = try Artifact(bytes: artifact.encoded(), path: "costs.attar")
            #expect(read.model.answerRule == rule && read.model.answerRule?.hasCosts == rule.hasCosts)
            // "stays" has a probability of .75 in the first row: less than .9.
            #expect(try model.answers(to: SmallModels.table)[0].label == "leaves")
            #expect(try read.model.answers(to: SmallModels.table)[0].label == "leaves")
            #expect(
                try read.model.answers(to: SmallModels.table).matrix
                    == SmallModels.churn().answers(to: SmallModels.table).matrix)
            let text = String(decoding: try artifact.encoded().prefix(4_000), as: UTF8.self)
            #expect(text.contains(#"\"format\":4"#))
        }
    }
}
