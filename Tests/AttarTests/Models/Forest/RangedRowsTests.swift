import Attar
import Compute
import Testing

/// How columns are cut into ranges.
struct RangedRowsTests {
    private func column(_ values: [Float]) -> RangedRows {
        RangedRows(Matrix(rows: values.count, columns: 1, elements: values))
    }

    @Test func `A column of few values has a range for each, in their order`() {
        let values: [Float] = [3, -7.5, 0, 3, -0.0, 1e30, -.leastNonzeroMagnitude, -7.5, 0]
        let ranged = column(values)
        let kinds = Array(Set(values.map { $0 + 0 })).sorted()
        #expect(ranged.codes.map(Int.init) == values.map { kinds.firstIndex(of: $0) ?? -1 })
        #expect(Array(ranged.lows.prefix(kinds.count)) == kinds && Array(ranged.highs.prefix(kinds.count)) == kinds)
    }

    @Test(arguments: [257, 1_000, 5_000])
    func `A column of many values is cut into ranges of about as many rows, in order`(rows: Int) {
        var generator = SeededGenerator(seed: 3)
        let values = (0..<rows).map { _ in generator.normal() * (generator.uniform() < 0.1 ? 1e6 : 1) }
        let ranged = column(values)
        let sizes = Dictionary(grouping: ranged.codes) { $0 }.mapValues(\.count)
        #expect(sizes.count > 200 && (sizes.values.max() ?? 0) <= rows / 256 + 2)
        for (row, code) in ranged.codes.enumerated() {
            #expect(ranged.lows[Int(code)] <= values[row] && values[row] <= ranged.highs[Int(code)])
        }
        for range in 1..<sizes.count { #expect(ranged.highs[range - 1] < ranged.lows[range]) }
    }

    @Test func `A value of many rows stands alone, with other values on both sides`() {
        // Half of the rows are 0, as where something is mostly not there.
        let values = (0..<4_000).map { $0 % 2 == 0 ? 0 : Float($0 - 2_000) + 0.5 }
        let ranged = column(values)
        let zero = Int(ranged.codes[0])
        #expect(ranged.lows[zero] == 0 && ranged.highs[zero] == 0)
        #expect(zero > 50 && Set(ranged.codes).count > 120)
    }

    @Test func `Columns that are the same in all rows are left out`() {
        let elements: [Float] = [1, 5, 0, 1, 6, 0, 1, 7, -0.0]
        let ranged = RangedRows(Matrix(rows: 3, columns: 3, elements: elements))
        #expect(ranged.columns == [1] && ranged.codes == [0, 1, 2])
    }
}
