import Attar
import Compute
import Testing

struct RowKeyTests {
    private static let rows = Dataset(
        source: "a",
        columns: [
            Column("number", .numeric([1, 1, 2, .nan, 0])),
            Column("kind", .categorical(codes: [0, 0, 1, -1, 0], categories: ["p", "q"])),
            Column("text", .text(["t", "t", "t", "", "u"])),
            Column("array", .tensor([1, 2, 1, 2, 1, 2, 1, 2, 1, 2], shape: [2])),
        ])

    @Test func `Equal rows have equal keys and others do not`() {
        let keys = RowKey.keys(of: Self.rows)
        #expect(keys[0] == keys[1])
        #expect(Set(keys).count == 4)
    }

    @Test func `Source, order of columns, categories' codes, target and identifiers do not count`() {
        let rows = Self.rows
        let other = Dataset(
            source: "b",
            columns: [
                rows.columns[3], rows.columns[2],
                Column("kind", .categorical(codes: [2, 2, 0, -1, 2], categories: ["q", "r", "p"])), rows.columns[0],
            ],
            identifiers: [5, 6, 7, 8, 9],
            target: Target(name: "y", classes: ["k"], labels: [0, 0, 0, 0, 0]))
        #expect(RowKey.keys(of: rows) == RowKey.keys(of: other))
    }

    @Test func `Every cell counts`() {
        let keys = RowKey.keys(of: Self.rows)
        let changed: [Column] = [
            Column("number", .numeric([1.5, 1, 2, .nan, 0])),
            Column("kind", .categorical(codes: [1, 0, 1, -1, 0], categories: ["p", "q"])),
            Column("text", .text(["s", "t", "t", "", "u"])),
            Column("array", .tensor([1, 3, 1, 2, 1, 2, 1, 2, 1, 2], shape: [2])),
        ]
        for column in changed {
            let columns = Self.rows.columns.map { $0.name == column.name ? column : $0 }
            let others = RowKey.keys(of: Self.rows.with(columns: columns))
            #expect(others[0] != keys[0] && others[1...] == keys[1...], "\(column.name)")
        }
    }

    @Test func `Zero has no sign, and every NaN is missing`() {
        let other = Float(bitPattern: 0x7fc0_0001)
        let pair = RowKey.keys(of: CountingTeacher.rows([0, -0.0, .nan, other]))
        #expect(pair[0] == pair[1] && pair[2] == pair[3] && pair[0] != pair[2])
    }

    @Test func `Many rows are cut into blocks without a seam`() {
        let numbers = (0..<150_000).map(Float.init)
        let keys = RowKey.keys(of: CountingTeacher.rows(numbers))
        #expect(Set(keys).count == numbers.count)
        #expect(RowKey.keys(of: CountingTeacher.rows([149_999])) == [keys[149_999]])
    }
}
