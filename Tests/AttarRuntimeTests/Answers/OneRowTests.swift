import AttarRuntime
import Testing

struct OneRowTests {
    private let artifact: Artifact

    init() throws {
        artifact = Artifact(
            model: try SmallModels.churn(),
            metadata: ArtifactMetadata(target: "left", recipe: .object(["weights": .string("count")])))
    }

    @Test func `A row in code is answered as the same row of a table, to the bit`() throws {
        let answers = try artifact.model.answers(to: SmallModels.table)
        for (row, answer) in zip(SmallModels.rows, answers) {
            #expect(try artifact.predict(row).numbers == answer.numbers, "\(row)")
        }
    }

    @Test func `A number that is a category is found by its label, and true by its name`() throws {
        let model = try LinearModel(
            ModelDescription(
                family: "linear",
                tensors: [
                    "weights": Tensor([Float(0), 0, 0, 1, 2, 0], shape: [2, 3]),
                    "bias": Tensor([Float(0), 0], shape: [2]),
                ]),
            task: .regression(["nothing", "points"]),
            encoder: FeatureEncoder(
                columns: [EncodedColumn("code", .categorical, categories: ["7", "true"])], ignored: []))
        func points(_ value: RowValue) throws -> Float? { try model.answer(to: ["code": value]).values["points"] }
        #expect(try points(7) == 1 && points("7") == 1)
        #expect(try points(true) == 2 && points(false) == 0)
        #expect(try points(.number(.nan)) == 0 && points("") == 0)
    }

    @Test func `An array is read where the model reads arrays, and only in its length`() throws {
        let model = try LinearModel(
            ModelDescription(
                family: "linear",
                tensors: [
                    "weights": Tensor([Float](repeating: 1, count: 4), shape: [1, 4]),
                    "bias": Tensor([Float(0)], shape: [1]),
                ]),
            task: .regression(["sum"]),
            encoder: FeatureEncoder(columns: [EncodedColumn("pixels", .tensor, shape: [2, 2])], ignored: []))
        #expect(try model.answer(to: ["pixels": [1, 2, 3, 4]]).value == 10)
        #expect(try model.answer(to: ["pixels": nil]).value == 0)
        #expect(
            sentence { try model.answer(to: ["pixels": [1, 2]]) }
                == "the row's column 'pixels' is an array of 2 numbers, and the model was trained on arrays of 2 × 2 numbers. Correct the value, or give nil where it is missing."
        )
    }

    @Test func `A column that is missing is named`() {
        #expect(
            sentence { try artifact.predict(["age": 41]) }
                == "the row lacks the column 'plan' that the model was trained on. Give its value, or nil where it is not known."
        )
        #expect(sentence { try artifact.predict([:]) }.contains("'age' and 1 others"))
    }

    @Test func `An unknown column is named with what it may have meant`() {
        #expect(
            sentence { try artifact.predict(["agee": 41, "plan": "gold"]) }
                == "the row has a column 'agee' that the model was not trained on. Did you mean 'age'?")
    }

    @Test func `Target, weights and columns that training ignored may be there`() throws {
        let answer = try artifact.predict(["age": 41, "plan": "gold", "left": "yes", "count": 3, "remark": "none"])
        #expect(answer.label == "stays")
        #expect(
            sentence { try artifact.model.answer(to: ["age": 41, "plan": "gold", "left": "yes"]) }.contains("'left'"))
    }

    @Test func `A value of another type is shown`() {
        #expect(
            sentence { try artifact.predict(["age": "old", "plan": "gold"]) }
                == "the row's column 'age' is the text 'old', and the model was trained on numbers. Correct the value, or give nil where it is missing."
        )
        #expect(sentence { try artifact.predict(["age": [1, 2], "plan": "gold"]) }.contains("an array of 2 numbers"))
        #expect(sentence { try artifact.predict(["age": 1, "plan": [1]]) }.contains("trained on categories"))
        #expect(sentence { try artifact.predict(["age": 1e300, "plan": "gold"]) }.contains("not finite"))
    }
}
