import Attar
import Compute
import Testing

struct DisagreementEvidenceTests {
    private static let rows = Dataset(
        source: "rows",
        columns: [
            Column("constant", .numeric([1, 1, 1, 1])), Column("age", .numeric([35, .nan, 20.25, 7])),
            Column("colour", .categorical(codes: [0, 1, -1, 0], categories: ["red", "blue"])),
            Column("note", .text(["short", "", "word", String(repeating: "long ", count: 40)])),
        ], identifiers: [10, 11, 12, 13], target: Target(name: "y", classes: ["no", "yes"], labels: [0, 1, 1, 0]))

    private static func judged(_ student: [Float], teacher: [Float]?) throws -> JudgedRows {
        JudgedRows(
            rows, target: try #require(rows.target),
            answers: SideBySide(
                student: Matrix(rows: 4, columns: 2, elements: student),
                teacher: teacher.map { Matrix(rows: 4, columns: 2, elements: $0) }), seed: 1)
    }

    @Test func `Rows are counted by label, teacher and student, and those that differ most come first`() throws {
        let evidence = DisagreementEvidence(
            of: try Self.judged(
                [0.9, 0.1, 0.6, 0.4, 0.2, 0.8, 0.4, 0.6], teacher: [0.45, 0.55, 0.1, 0.9, 0.2, 0.8, 0.7, 0.3]))
        #expect(evidence.confusion == [[1, 1], [1, 1]])
        #expect(evidence.answers == [[0, 1], [2, 1]])
        #expect(evidence.rows.map(\.row) == [11, 10, 13], "rows without a difference are left out")
        let first = evidence.rows[0]
        #expect(
            abs(first.distance - 0.5) < 1e-6 && first.label == "yes" && first.student == "no" && first.teacher == "yes")
        #expect(first.studentConfidence == Double(Float(0.6)) && first.teacherConfidence == Double(Float(0.9)))
        #expect(first.values == "age missing, colour blue, note missing")
        #expect(evidence.rows[1].values == "age 35, colour red, note “short”")
        #expect(evidence.rows[2].values.count < 120, "long texts are cut")
    }

    @Test func `Without a teacher rows are held against their labels`() throws {
        let evidence = DisagreementEvidence(
            of: try Self.judged([0.9, 0.1, 0.6, 0.4, 0.2, 0.8, 0.4, 0.6], teacher: nil))
        #expect(evidence.answers.isEmpty && evidence.rows.first?.row == 11 && evidence.rows.first?.teacher == "")
    }

    @Test func `A regression shows points, and rows with values in place of classes`() throws {
        let values = (0..<500).map { Float($0) }
        let rows = Dataset(
            source: "rows", columns: [Column("x", .numeric(values))],
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 500, columns: 1, elements: values)))
        let student = Matrix(rows: 500, columns: 1, elements: values.map { $0 == 77 ? 80 : $0 })
        let evidence = DisagreementEvidence(
            of: JudgedRows(
                rows, target: try #require(rows.target),
                answers: SideBySide(student: student, teacher: Matrix(rows: 500, columns: 1, elements: values)), seed: 1
            ))
        #expect(evidence.values.count == 300 && evidence.values.allSatisfy { $0.count == 3 && $0[0] == $0[2] })
        #expect(evidence.confusion.isEmpty && evidence.answers.isEmpty)
        #expect(evidence.rows.count == 1 && evidence.rows[0].row == 77 && evidence.rows[0].student == "80")
        #expect(evidence.rows[0].distance == 3 && evidence.rows[0].studentConfidence == nil)
    }
}
