import Attar
import Compute
import Testing

struct DatasetFingerprintTests {
    @Test func `Equal tables have equal fingerprints, and any change another`() {
        let base = Dataset(
            source: "a.csv",
            columns: [
                Column("x", .numeric([1, 2])), Column("c", .categorical(codes: [0, 1], categories: ["ab", "c"])),
                Column("t", .text(["p", "q"])),
            ])
        let same = Dataset(source: "b.csv", columns: base.columns)
        #expect(base.fingerprint == same.fingerprint)
        let others = [
            base.with(columns: [Column("y", .numeric([1, 2]))] + base.columns.dropFirst()),
            base.with(columns: [Column("x", .numeric([1, 3]))] + base.columns.dropFirst()),
            base.with(columns: [
                base.columns[0], Column("c", .categorical(codes: [0, 1], categories: ["a", "bc"])), base.columns[2],
            ]),
            base.with(columns: [base.columns[0], base.columns[1], Column("t", .text(["pq", ""]))]),
            base.with(target: Target(name: "y", classes: ["a", "b"], labels: [0, 1])),
            base.with(weights: [1, 2]),
            base.selecting([1, 0]),
        ]
        #expect(Set((others + [base]).map(\.fingerprint)).count == others.count + 1)
    }

    @Test func `The same digits of dates with the day or the month first are different tables`() throws {
        func rows(_ dates: DateNotation) throws -> Fingerprint {
            try table("d\n03/04/2023\n05/06/2023\n") {
                ($0.types["d"], $0.notations["d"]) = (.date, .dates(dates))
            }.fingerprint
        }
        #expect(try rows(.dayFirst) != rows(.monthFirst))
        #expect(try rows(.dayFirst) == rows(.dayFirst))
    }

    @Test func `A table larger than the hasher's buffer is hashed whole`() {
        var values = [Float](repeating: 1, count: 1_000_000)
        let first = Dataset(source: "a", columns: [Column("x", .numeric(values))]).fingerprint
        for position in [0, 500_000, 999_999] {
            values[position] = 2
            #expect(Dataset(source: "a", columns: [Column("x", .numeric(values))]).fingerprint != first)
            values[position] = 1
        }
    }
}
