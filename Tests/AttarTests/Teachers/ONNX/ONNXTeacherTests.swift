import Attar
import Compute
import Testing

/// Teachers made by scikit-learn, asked by Attar: their answers are those of Python's ONNX Runtime, to the bit.
struct ONNXTeacherTests {
    @Test(arguments: ["digits-forest", "digits-svc"])
    func `Probabilities of ten classes equal Python's to the bit`(_ name: String) async throws {
        let rows = try ONNXFixtures.table("digits-test.csv", target: "digit")
        let teacher = try ONNXFixtures.teacher(name, for: rows)
        let answers = try await teacher.predict(rows)
        #expect(answers == Answers(.probabilities, try ONNXFixtures.answers(name)))
        #expect(teacher.task == .classification((0..<10).map(String.init)))
        #expect(teacher.answerNotes.isEmpty)
    }

    @Test func `Maps from numbers to probabilities are read with their keys as classes`() async throws {
        let rows = try ONNXFixtures.table("digits-scaled.npy")
        let teacher = try ONNXFixtures.teacher("digits-mlp", for: rows)
        #expect(try await teacher.predict(rows) == Answers(.probabilities, try ONNXFixtures.answers("digits-mlp")))
        #expect(teacher.task == .classification((0..<10).map(String.init)))
    }

    @Test(arguments: ["cancer-forest", "cancer-svc"])
    func `Classes with names are told from keys, or from the labels beside the probabilities`(_ name: String)
        async throws
    {
        // Without the target, so that nothing else can have told them.
        let labelled = try ONNXFixtures.table("breast-cancer-test.csv", target: "diagnosis")
        let rows = labelled.with(target: .some(nil))
        let teacher = try ONNXFixtures.teacher(name, for: rows)
        #expect(teacher.task == .classification(["benign", "malignant"]))
        #expect(try await teacher.predict(rows).matrix == ONNXFixtures.answers(name))
    }

    @Test func `Several questions give the rows in their order`() async throws {
        let rows = try ONNXFixtures.table("digits-test.csv", target: "digit")
        let teacher = try ONNXFixtures.teacher("digits-forest", for: rows) { $0.batch = 50 }
        let whole = try ONNXFixtures.answers("digits-forest")
        let parts = try await teacher.predict(rows).matrix
        // Another number of rows in a question may be added up in another order.
        #expect(zip(parts.elements, whole.elements).allSatisfy { abs($0 - $1) < 1e-5 })
        let few = try await teacher.predict(rows.selecting([7, 3])).matrix
        #expect(few.argmax() == [whole.argmax()[7], whole.argmax()[3]])
    }

    @Test(arguments: [("diabetes-forest", "float"), ("diabetes-double", "double")])
    func `Values of a regression equal Python's to the bit`(_ name: String, _ element: String) async throws {
        let rows = try ONNXFixtures.table("diabetes-test.csv", target: "progression")
        let teacher = try ONNXFixtures.teacher(name, for: rows)
        #expect("\(teacher.model.inputs[0].element ?? .int8)" == element)
        #expect(try await teacher.predict(rows) == Answers(.values, try ONNXFixtures.answers(name)))
        #expect(teacher.task == .regression(["progression"]))
    }

    @Test func `A model with an input a column is fed texts, floats and whole numbers by their names`() async throws {
        let rows = try ONNXFixtures.table("columns.csv", target: "diagnosis")
        let reversed = rows.with(columns: rows.columns.reversed())
        for rows in [rows, reversed] {
            let teacher = try ONNXFixtures.teacher("columns", for: rows)
            #expect(try await teacher.predict(rows).matrix == ONNXFixtures.answers("columns"))
        }
        let renamed = rows.with(columns: rows.columns.map { Column("my \($0.name)", $0.storage) })
        let teacher = try ONNXFixtures.teacher("columns", for: renamed)
        #expect(try await teacher.predict(renamed).matrix == ONNXFixtures.answers("columns"))
    }

    @Test func `Logits are told by their numbers, and classes by the model's metadata`() async throws {
        let rows = try ONNXFixtures.table("breast-cancer-test.csv", target: "diagnosis")
        let teacher = try ONNXFixtures.teacher("cancer-logits", for: rows)
        #expect(try await teacher.predict(rows) == Answers(.logits, try ONNXFixtures.answers("cancer-logits")))
        #expect(teacher.task == .classification(["benign", "malignant"]))
        #expect(teacher.answerNotes.isEmpty)
        let named = try ONNXFixtures.teacher("cancer-logits", for: rows) { $0.classes = ["good", "bad"] }
        #expect(named.task == .classification(["good", "bad"]))
    }

    @Test func `One logit a row belongs to the second of two classes`() async throws {
        let rows = try ONNXFixtures.table("breast-cancer-test.csv", target: "diagnosis")
        let teacher = try ONNXFixtures.teacher("cancer-logit", for: rows)
        let answers = try await teacher.predict(rows)
        #expect(answers.kind == .logits)
        let expected = try ONNXFixtures.answers("cancer-logit").elements.flatMap { [Float(0), $0] }
        #expect(answers.matrix.elements == expected)
        #expect(teacher.answerNotes.contains { $0.contains("the logit of the class 'malignant'") })
        let labels = rows.target?.labels ?? []
        let right = zip(answers.matrix.argmax(), labels).count { $0 == $1 }
        #expect(Double(right) / Double(labels.count) > 0.9)
    }

    @Test func `Labels without probabilities become one-hot answers, with a note`() async throws {
        let digits = try ONNXFixtures.table("digits-test.csv", target: "digit")
        let numbers = try ONNXFixtures.teacher("digits-labels", for: digits)
        let answers = try await numbers.predict(digits)
        #expect(answers.matrix.argmax() == (try ONNXFixtures.answers("digits-labels")).elements.map { Int32($0) })
        #expect(answers.matrix.elements.allSatisfy { $0 == 0 || $0 == 1 })
        #expect(numbers.answerNotes.contains { $0.contains("labels without probabilities") })

        let cells = try ONNXFixtures.table("breast-cancer-test.csv", target: "diagnosis")
        let names = try ONNXFixtures.teacher("cancer-labels", for: cells)
        let forest = try ONNXFixtures.answers("cancer-forest")
        #expect(try await names.predict(cells).matrix.argmax() == forest.argmax())
    }

    @Test func `An output is read by its name, and as what the user says`() async throws {
        let rows = try ONNXFixtures.table("digits-test.csv", target: "digit")
        let labels = try ONNXFixtures.teacher("digits-forest", for: rows) { $0.output = "label" }
        #expect(labels.answerNotes.contains { $0.contains("labels without probabilities") })
        let logits = try ONNXFixtures.teacher("digits-forest", for: rows) { $0.outputKind = .logits }
        #expect(try await logits.predict(rows).kind == .logits)
        #expect(logits.fingerprint != labels.fingerprint)
    }

    @Test func `The same file and settings have one fingerprint, others another`() throws {
        let rows = try ONNXFixtures.table("breast-cancer-test.csv", target: "diagnosis")
        let first = try ONNXFixtures.teacher("cancer-svc", for: rows)
        #expect(try ONNXFixtures.teacher("cancer-svc", for: rows).fingerprint == first.fingerprint)
        #expect(try ONNXFixtures.teacher("cancer-forest", for: rows).fingerprint != first.fingerprint)
    }

    @Test func `A teacher's time for a row is measured`() throws {
        let rows = try ONNXFixtures.table("digits-test.csv", target: "digit")
        let time = try #require(try ONNXFixtures.teacher("digits-svc", for: rows).microsecondsARow(on: rows))
        #expect(time.value > 0.1 && time.low <= time.value && time.value <= time.high)
    }
}
