import Attar
import Compute
import Foundation
import Testing

struct EqualRowsTests {
    @Test func `Copies of numbers are copies, and all of one row belong together`() throws {
        let rows = LeakTable.copied(LeakTable.coin(300, seed: 1), times: 4, seed: 2)
        let equal = rows.equalRows
        #expect(equal.areCopies && equal.repeated == 1200)
        let wholes = try #require(equal.wholes)
        #expect(Set(wholes).count == 300)
        let values = try rows.columns[0].requiredNumbers()
        for (whole, members) in Dictionary(grouping: values.indices, by: { wholes[$0] }) {
            #expect(members.count == 4 && Set(members.map { values[$0] }).count == 1, "\(whole)")
        }
    }

    @Test(arguments: [[2, 2, 2], [2, 3, 4, 5], [20, 20], [100], [3, 3, 3, 3, 3, 3]])
    func `Rows of few different values are equal by chance`(sizes: [Int]) {
        let equal = LeakTable.codes(1_000, of: sizes, seed: 3).equalRows
        #expect(equal.repeated > 100 && !equal.areCopies && equal.wholes == nil)
    }

    @Test func `Categories as flags are equal by chance, though no two rows differ in one flag alone`() {
        var generator = SeededGenerator(seed: 4)
        let picks = (0..<3).map { _ in (0..<800).map { _ in generator.index(below: 6) } }
        let columns = picks.enumerated().flatMap { group, codes in
            (0..<6).map { flag in Column("g\(group)=\(flag)", .numeric(codes.map { $0 == flag ? 1 : 0 })) }
        }
        let equal = Dataset(source: "flags", columns: columns).equalRows
        #expect(equal.repeated > 500 && !equal.areCopies)
    }

    @Test func `Copies are told where no column alone is finely graded, as in a table of patients`() {
        let patients = LeakTable.codes(300, of: [40, 2, 4, 50, 150, 2, 3, 90, 2, 40, 3, 5, 4], seed: 5)
        #expect(patients.equalRows.repeated == 0)
        let equal = LeakTable.copied(patients, times: 3, seed: 6).equalRows
        #expect(equal.repeated == 900 && equal.areCopies)
    }

    @Test func `A row's number does not hide that it is a copy, and is named`() {
        let rows = LeakTable.copied(LeakTable.coin(200, seed: 7), times: 2, seed: 8)
        let numbered = rows.with(
            columns: [Column("id", .numeric((0..<400).map { Float($0) }))] + rows.columns)
        #expect(numbered.identifierColumns.map(\.name) == ["id"])
        #expect(numbered.equalRows.areCopies)
        // A part of the rows still has it.
        #expect(numbered.selecting(Array(stride(from: 0, to: 400, by: 3))).identifierColumns.map(\.name) == ["id"])
    }

    @Test func `Measurements, years and dates are no identifiers, shuffled numbers and codes are`() {
        var generator = SeededGenerator(seed: 9)
        let columns = [
            Column("measure", .numeric((0..<60).map { _ in generator.normal() })),
            Column("year", .numeric((0..<60).map { Float(1990 + $0 / 3) })),
            Column("when", .text((0..<60).map { "2024-01-\(10 + $0 % 20) 10:\(10 + $0 / 2)" })),
            Column("number", .numeric((0..<60).map { Float(1_000 + $0) }.shuffled(using: &generator))),
            Column("code", .text((0..<60).map { "K\(100 + $0 * 7)" })),
            Column("sorted", .numeric((0..<60).map { Float($0 * $0 * 40) })),
        ]
        #expect(Dataset(source: "ids", columns: columns).identifierColumns.map(\.name) == ["number", "code", "sorted"])
    }

    @Test(arguments: [
        ("digits.csv", "digit"), ("breast-cancer.csv", "diagnosis"), ("concrete.csv", "compressive_strength"),
        ("diabetes.csv", "progression"),
    ])
    func `Ordinary tables have no copies, no identifiers and no column that tells all`(name: String, target: String)
        throws
    {
        let path = URL(filePath: #filePath).appending(path: "../../../../../Datasets/\(name)").standardized.path
        let rows = try Dataset.read(path).taking(target: target)
        #expect(rows.keptTogether == nil && rows.identifierColumns.isEmpty)
        #expect(LeakTable.problem(rows).tellingColumns.isEmpty)
    }

    @Test
    func `The contents of a row do not depend on the columns' order, on how bytes are kept, or on the sign of zero`() {
        let rows = LeakTable.coin(50, seed: 10)
        #expect(RowHashes(rows).values == RowHashes(rows.with(columns: rows.columns.reversed())).values)
        #expect(Set(RowHashes(rows).values).count == 50)
        let bytes = Dataset(source: "b", columns: [Column("p", .bytes([1, 2, 3, 4], shape: [2]))])
        let numbers = Dataset(source: "n", columns: [Column("q", .tensor([1, 2, 3, 4], shape: [2]))])
        #expect(RowHashes(bytes).values == RowHashes(numbers).values)
        func one(_ value: Float) -> [UInt64] {
            RowHashes(Dataset(source: "z", columns: [Column("x", .numeric([value]))])).values
        }
        #expect(one(0) == one(-0.0) && one(0) != one(1))
        // The same on every machine and in every version, since artifacts keep them: multiplied and shifted in Python.
        #expect(one(1.5) == [0xE71B_E97B_2BE7_E7E6])
    }
}
