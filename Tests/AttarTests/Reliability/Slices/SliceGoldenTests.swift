import Attar
import Compute
import Testing

/// Golden values were made by SciPy; see `Golden/make_shift.py`.
struct SliceGoldenTests {
    private struct GoldenSlices: Decodable {
        struct Tail: Decodable { var rows, plus, minus, drawn, net: Int, tail: Double }
        struct Association: Decodable { var codes, labels: [Int32], values: [Float], cramer, eta: Double }
        struct Wilson: Decodable { var right, rows: Int, low, high: Double }
        var tails: [Tail]
        var association: Association
        var wilson: [Wilson]
    }

    @Test func `The chance of a slice's net losses equals SciPy's multivariate hypergeometric one`() throws {
        for expected in try golden("shift.json", as: GoldenSlices.self).tails {
            let tails = SignedHypergeometric(rows: expected.rows, plus: expected.plus, minus: expected.minus)
                .tails(drawing: expected.drawn)
            #expect(abs(tails[expected.net + expected.minus] - expected.tail) < 1e-10, "\(expected)")
            #expect(abs(tails[0] - 1) < 1e-10)
        }
    }

    @Test func `How much a column tells of the target equals SciPy's Cramér's V, and η`() throws {
        let expected = try golden("shift.json", as: GoldenSlices.self).association
        let partition = RowPartition(kind: .category, subject: "x", names: ["a", "b", "c", "d"], codes: expected.codes)
        let classes = Target(name: "y", classes: ["0", "1", "2", "3", "4"], labels: expected.labels)
        #expect(abs(partition.association(with: classes.truth, of: classes.task) - expected.cramer) < 1e-9)
        let values = Target(
            name: "y", outputs: ["y"], values: Matrix(rows: 200, columns: 1, elements: expected.values))
        #expect(abs(partition.association(with: values.truth, of: values.task) - expected.eta) < 1e-6)
    }

    @Test func `A slice's interval equals SciPy's by Wilson's method`() throws {
        for expected in try golden("shift.json", as: GoldenSlices.self).wilson {
            // One class is the slice; another of the same size makes an elsewhere.
            let rows = 2 * expected.rows
            let labels = (0..<rows).map { Int32($0 / expected.rows) }
            let answers = (0..<rows).map { $0 < expected.right || $0 >= expected.rows ? labels[$0] : 1 - labels[$0] }
            let evidence = try SliceEvidence(
                student: Answers(
                    .probabilities,
                    Matrix(rows: rows, columns: 2, elements: answers.flatMap { $0 == 0 ? [1, 0] : [0, 1] as [Float] })),
                on: Dataset(
                    source: "rows", columns: [], identifiers: Array(0..<rows),
                    target: Target(name: "y", classes: ["a", "b"], labels: labels)))
            let slice = try #require(evidence.slices.first { $0.name == "class a" })
            #expect(abs(slice.quality.student.value - Double(expected.right) / Double(expected.rows)) < 1e-6)
            #expect(abs(slice.quality.student.low - expected.low) < 1e-6)
            #expect(abs(slice.quality.student.high - expected.high) < 1e-6)
        }
    }
}
