import Attar
import Compute
import Testing

/// How columns fill inputs of every kind.
struct ONNXInputTests {
    /// Columns for the model `kinds`, an input of each element type.
    private static func kinds(
        _ changed: Column? = nil, without missing: String? = nil
    ) -> Dataset {
        let numbers: [(String, [Float])] = [
            ("a", [0.5, -1]), ("b", [1.25, 3]), ("c", [-7, 70000]), ("d", [12, -3]), ("e", [0, 255]), ("f", [1, 0]),
            ("g", [0.5, 2048]), ("h", [-128, 127]),
        ]
        let columns =
            numbers.map { Column($0, .numeric($1)) }
            + [Column("t", .categorical(codes: [1, 0], categories: ["one", "two"]))]
        return Dataset(
            source: "kinds.csv",
            columns: columns.map { $0.name == changed?.name ? changed ?? $0 : $0 }.filter { $0.name != missing })
    }

    @Test func `Every kind of element is filled`() async throws {
        let rows = Self.kinds()
        let answers = try await ONNXFixtures.teacher("kinds", for: rows).predict(rows)
        #expect(
            answers.matrix.elements
                == [0.5, 1.25, -7, 12, 0, 1, 0.5, -128, 2, -1, 3, 70000, -3, 255, 0, 2048, 127, 1])
    }

    @Test(arguments: [TransferStrategy.munge, .spunge, .mixup, .noise])
    func `Rows that are made up of whole numbers and flags are such as these inputs take`(strategy: TransferStrategy)
        async throws
    {
        var generator = SeededGenerator(seed: 15)
        func whole(_ range: ClosedRange<Int>) -> [Float] {
            (0..<200).map { _ in Float(range.lowerBound + generator.index(below: range.count)) }
        }
        let numbers: [(String, [Float])] = [
            ("a", (0..<200).map { _ in generator.normal() }), ("b", (0..<200).map { _ in generator.uniform() }),
            ("c", whole(-9...70_000)), ("d", whole(-3...12)), ("e", whole(0...255)), ("f", whole(0...1)),
            ("g", (0..<200).map { _ in generator.uniform() }), ("h", whole(-128...127)),
        ]
        let texts = Column(
            "t", .categorical(codes: whole(0...1).map { Int32($0) }, categories: ["one", "two"]))
        let rows = Dataset(source: "kinds.csv", columns: numbers.map { Column($0, .numeric($1)) } + [texts])
        let encoder = try FeatureEncoder(fittedTo: rows)
        let made = RowSynthesiser(rows: rows, features: try encoder.encoded(rows)).made(1_000, by: strategy, seed: 1)
        let answers = try await ONNXFixtures.teacher("kinds", for: rows).predict(made)
        #expect(answers.matrix.rows == 1_000)
    }

    @Test func `Missing numbers reach inputs of floats as NaN, missing texts as empty ones`() throws {
        let rows = Self.kinds()
        let model = try ONNXFixtures.model("kinds")
        let inputs = try ONNXFixtures.teacher("kinds", for: rows).filled(
            Self.kinds(Column("t", .categorical(codes: [-1, 0], categories: ["one"]))))
        #expect(inputs["t"] == ONNXTensor(shape: [2, 1], .string(["", "one"])))
        let missing = try ONNXFixtures.teacher("kinds", for: rows).filled(Self.kinds(Column("b", .numeric([.nan, 1]))))
        guard case .double(let values) = missing["b"]?.storage else {
            Issue.record("no doubles")
            return
        }
        #expect(values[0].isNaN && values[1] == 1)
        #expect(model.inputs.count == 9)
    }

    @Test(arguments: [
        (Column("c", .numeric([1, .nan])), "kinds.csv, row 2 has no value in column 'c', but the input 'c'"),
        (Column("d", .numeric([0.5, 1])), "kinds.csv, row 1 has 0.5 in column 'd', but the input 'd'"),
        (Column("e", .numeric([0, 256])), "kinds.csv, row 2 has 256 in column 'e'"),
        (Column("f", .numeric([2, 0])), "kinds.csv, row 1 has 2 in column 'f'"),
        (Column("h", .numeric([0, 128])), "takes int8 only"),
        (Column("a", .text(["x", "y"])), "the column 'a' of kinds.csv holds texts, but the input 'a'"),
        (
            Column("a", .categorical(codes: [0, 1], categories: ["1", "red"])),
            "holds texts such as 'red', but the input 'a'"
        ),
    ])
    func `A value that an input cannot hold is named with its row`(_ column: Column, _ phrase: String) throws {
        let words = sentence { try ONNXFixtures.teacher("kinds", for: Self.kinds(column)) }
        #expect(words.contains(phrase), "\(words)")
    }

    @Test func `Categories that are numbers fill inputs of numbers`() async throws {
        let rows = Self.kinds(Column("a", .categorical(codes: [0, 1], categories: ["007", "10"])))
        let answers = try await ONNXFixtures.teacher("kinds", for: rows).predict(rows)
        #expect(answers.matrix[0, 0] == 7 && answers.matrix[1, 0] == 10)
    }

    @Test func `An input that no column fills is named`() {
        let words = sentence { try ONNXFixtures.teacher("kinds", for: Self.kinds(without: "d")) }
        #expect(words.contains("has an input 'd' int32 [?, 1], but kinds.csv has no column of that name"), "\(words)")
    }

    @Test func `Another number of columns than the model takes is refused with both numbers`() throws {
        let rows = try ONNXFixtures.table("breast-cancer-test.csv", target: "diagnosis")
        let words = sentence { try ONNXFixtures.teacher("digits-svc", for: rows) }
        #expect(words.contains("takes 64 numbers a row in its input 'X', but"), "\(words)")
        #expect(words.contains("breast-cancer-test.csv has 30"), "\(words)")
    }

    @Test func `Columns of texts are left out, with a note, where the numbers fill the input`() throws {
        let rows = try ONNXFixtures.table("digits-test.csv", target: "digit")
        let name = Column("writer", .categorical(codes: .init(repeating: 0, count: rows.count), categories: ["eve"]))
        let teacher = try ONNXFixtures.teacher("digits-svc", for: rows.with(columns: [name] + rows.columns))
        #expect(teacher.answerNotes.contains { $0.contains("is not shown the column 'writer'") })
    }

    @Test func `Pictures are given as bytes, or with their channels first, one at a time where the model says so`()
        async throws
    {
        let rows = try ONNXFixtures.table("pictures.npy")
        let expected = try ONNXFixtures.answers("picture-last")
        let last = try ONNXFixtures.teacher("picture-last", for: rows)
        #expect(try await last.predict(rows).matrix == expected)
        let first = try ONNXFixtures.teacher("picture-first", for: rows)
        #expect(first.batch == 1)
        let answers = try await first.predict(rows).matrix
        #expect(zip(answers.elements, expected.elements).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func `Pictures of another size are refused with both sizes`() {
        let rows = Dataset(
            source: "p.npy", columns: [Column("picture", .bytes(.init(repeating: 0, count: 48), shape: [4, 4, 3]))])
        let words = sentence { try ONNXFixtures.teacher("picture-first", for: rows) }
        #expect(words.contains("takes rows of 3 × 5 × 6 in its input 'x'"), "\(words)")
        #expect(words.contains("holds 4 × 4 × 3"), "\(words)")
    }

    @Test(arguments: [("mean", 40), ("mean", 7), ("cls", 40)])
    func `Tokens with their mask give one embedding a row`(_ pooling: String, _ batch: Int) async throws {
        let rows = try ONNXFixtures.table("tokens.npz")
        let teacher = try ONNXFixtures.teacher("tokens", for: rows) {
            $0.pooling = pooling
            $0.batch = batch
        }
        #expect(teacher.task == .embedding(width: 8))
        #expect(try await teacher.predict(rows).matrix == ONNXFixtures.answers("tokens-\(pooling)"))
    }

    @Test func `A hidden state a token needs to be told how it becomes one a row`() throws {
        let rows = try ONNXFixtures.table("tokens.npz")
        let words = sentence { try ONNXFixtures.teacher("tokens", for: rows) }
        #expect(words.contains("--pooling mean or --pooling cls"), "\(words)")
        let table = try ONNXFixtures.table("digits-test.csv", target: "digit")
        let other = sentence { try ONNXFixtures.teacher("digits-svc", for: table) { $0.pooling = "mean" } }
        #expect(other.contains("--pooling needs an output of batch × tokens × numbers"), "\(other)")
    }

    @Test func `A model of tokens asked about something else says what it needs`() {
        let rows = Dataset(source: "t.csv", columns: [Column("review", .text(["good", "bad"]))])
        let words = sentence { try ONNXFixtures.teacher("tokens", for: rows) { $0.pooling = "mean" } }
        #expect(words.contains("takes tokens in its input 'input_ids'"), "\(words)")
        #expect(words.contains("--tokenizer"), "\(words)")
    }
}
