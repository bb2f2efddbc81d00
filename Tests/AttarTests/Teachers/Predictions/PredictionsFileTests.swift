import Attar
import Compute
import Testing

struct PredictionsFileTests {
    private static let rows = Dataset(
        source: "data.csv", columns: [Column("x", .numeric([1, 2, 3]))],
        target: Target(name: "y", classes: ["a", "b"], labels: [0, 1, 0]))

    private static func file(_ columns: [Column], kind: Answers.Kind? = nil) throws -> PredictionsFile {
        try PredictionsFile(Dataset(source: "p.csv", columns: columns), path: "p.csv", kind: kind, for: rows)
    }

    private static func probabilities(_ first: [Float], _ second: [Float]) -> [Column] {
        [Column("probability:b", .numeric(second)), Column("probability:a", .numeric(first))]
    }

    @Test func `Rows are matched by their positions, classes by their names`() async throws {
        let file = try Self.file(
            [Column("row", .numeric([2, 0, 1]))] + Self.probabilities([0.25, 1, 0.5], [0.75, 0, 0.5]))
        #expect(
            file.outputs
                == Answers(.probabilities, Matrix(rows: 3, columns: 2, elements: [1, 0, 0.5, 0.5, 0.25, 0.75])))
        let some = try await file.predict(Self.rows.selecting([2, 0]))
        #expect(some.matrix.elements == [0.25, 0.75, 1, 0])
        #expect(file.answerNotes.isEmpty)
    }

    @Test func `Columns named as the classes and logits are read`() throws {
        let columns = [Column("a", .numeric([3, -1, 0])), Column("b", .numeric([1, 2, 9]))]
        let file = try Self.file(columns, kind: .logits)
        #expect(file.outputs == Answers(.logits, Matrix(rows: 3, columns: 2, elements: [3, 1, -1, 2, 0, 9])))
    }

    @Test func `A column without a name that counts the rows is no class, and one that does not is asked about`() throws
    {
        func file(_ text: String) throws -> PredictionsFile {
            try PredictionsFile(
                table(text, named: "p.csv", types: PredictionsFile.unnamed), path: "p.csv", for: Self.rows)
        }
        let indexed = try file(",a,b\n0,1,0\n1,.5,.5\n2,0,1\n")
        #expect(indexed.outputs.matrix.elements == [1, 0, 0.5, 0.5, 0, 1])
        #expect(indexed.answerNotes.contains { $0.contains("pandas' index") })
        let words = sentence { try file(",a,b\n5,1,0\n1,.5,.5\n2,0,1\n") }
        #expect(words.contains("has no name") && words.contains("Name it 'row'"), "\(words)")
        // A table that was sorted keeps its index; the column 'row' says which row is which.
        let sorted = try file(",row,a,b\n7,2,0,1\n3,0,1,0\n9,1,.5,.5\n")
        #expect(sorted.outputs.matrix.elements == [1, 0, 0.5, 0.5, 0, 1])
        #expect(sorted.answerNotes.contains { $0.contains("the column 'row' says which row is which") })
    }

    @Test func `Classes without probabilities become hard labels, with a note`() throws {
        let file = try Self.file([Column("prediction", .categorical(codes: [1, 0, 0], categories: ["a", "b"]))])
        #expect(file.outputs.matrix.elements == [0, 1, 1, 0, 1, 0])
        #expect(file.answerNotes.count == 1)
    }

    @Test func `Values of a regression are read from the only column`() throws {
        let rows = Self.rows.with(
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 3, columns: 1, elements: [1, 2, 3])))
        let file = try PredictionsFile(
            Dataset(source: "p.npy", columns: [Column("x0", .numeric([4, 5, 6]))]), path: "p.npy", for: rows)
        #expect(file.outputs == Answers(.values, Matrix(rows: 3, columns: 1, elements: [4, 5, 6])))
    }

    @Test func `What does not fit is refused with file and row`() {
        let cases: [([Column], String)] = [
            (Self.probabilities([1, 1], [0, 0]), "'p.csv' has 2 rows, but 'data.csv' has 3"),
            (Self.probabilities([1, 0.5, 1], [0, 0.4, 0]), "row 2: the probabilities sum to 0.9"),
            (Self.probabilities([1, 1, 1.25], [0, 0, -0.25]), "row 3: the probability -0.25 is negative"),
            (Self.probabilities([1, .nan, 1], [0, 0, 0]), "row 2: an answer is missing"),
            ([Column("probability:a", .numeric([1, 1, 1]))], "no answers for the class 'b'"),
            (
                Self.probabilities([1, 1, 1], [0, 0, 0]) + [Column("probability:c", .numeric([0, 0, 0]))],
                "answers for the class 'c'"
            ),
            ([Column("row", .numeric([0, 1, 1]))] + Self.probabilities([1, 1, 1], [0, 0, 0]), "has row = 1 twice"),
            (
                [Column("row", .numeric([1, 2, 3]))] + Self.probabilities([1, 1, 1], [0, 0, 0]),
                "no answer with row = 0"
            ),
            (
                [Column("prediction", .categorical(codes: [0, 0, 1], categories: ["a", "q"]))],
                "row 3: 'q' is no class"
            ),
        ]
        for (columns, phrase) in cases {
            let error = #expect(throws: AttarError.self) { try Self.file(columns) }
            #expect(error?.code == .unusableTeacher)
            #expect(error?.problem.contains(phrase) == true, "\(String(describing: error))")
        }
    }

    @Test func `Rows of another file and made-up rows are refused`() async throws {
        let file = try Self.file(Self.probabilities([1, 1, 1], [0, 0, 0]))
        for rows in [
            Dataset(source: "test.csv", columns: Self.rows.columns),
            Dataset(source: "data.csv", columns: [Column("x", .numeric([1]))], identifiers: [-1]),
        ] {
            await #expect(throws: AttarError.self) { try await file.predict(rows) }
        }
    }
}
