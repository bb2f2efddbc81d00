import AttarRuntime
import Compute
import Testing

struct LabelledAnswerTests {
    @Test func `A class is answered with its probability, and all of them by name`() throws {
        let answers = try SmallModels.churn().answers(to: SmallModels.table)
        #expect(answers.map(\.label) == ["stays", "leaves", "leaves", "stays"])
        let first = try #require(answers.first)
        // Scores 0 and 0.1 + 1.
        #expect(abs(first.probability - 0.750_260) < 1e-5)
        #expect(first.probabilities["stays"] == first.probability)
        #expect(abs(first.probabilities.values.reduce(0, +) - 1) < 1e-6)
        #expect(first.value.isNaN && first.values.isEmpty)
    }

    @Test func `Of classes that are as likely the first is answered`() throws {
        let answer = try SmallModels.churn().answer(to: ["age": 40, "plan": "bronze"])
        #expect(answer.probabilities == ["leaves": 0.5, "stays": 0.5])
        #expect(answer.label == "leaves")
    }

    @Test func `Values are answered in their own units by name, and have no label`() throws {
        let answer = try SmallModels.values().answer(to: ["age": 50, "plan": "gold"])
        #expect(answer.value == 4)
        #expect(answer.values == ["visits": 4, "bonus": 1])
        #expect(answer.label.isEmpty && answer.probability.isNaN && answer.probabilities.isEmpty)
    }

    @Test func `Many rows are answered as they are in one go`() throws {
        let count = 40_000
        let table = Dataset(
            source: "rows",
            columns: [
                Column("age", .numeric((0..<count).map { Float($0 % 90) })),
                Column("plan", .categorical(codes: (0..<count).map { Int32($0 % 2) }, categories: ["gold", "silver"])),
            ])
        let model = try SmallModels.churn()
        let answers = try model.answers(to: table)
        #expect(answers.count == count)
        #expect(answers.matrix == model.outputs(for: try model.encoder.encoded(table)).matrix)
    }

    @Test func `No rows get no answers`() throws {
        #expect(try SmallModels.churn().answers(to: SmallModels.table.selecting([])).isEmpty)
    }

    @Test func `Logits become probabilities`() {
        let answers = LabelledAnswers(
            Answers(.logits, Matrix(rows: 1, columns: 2, elements: [0, 0])), task: .classification(["a", "b"]))
        #expect(answers[0].probabilities == ["a": 0.5, "b": 0.5])
    }
}
