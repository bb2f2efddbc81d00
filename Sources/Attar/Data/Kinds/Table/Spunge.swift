internal import Compute

extension RowSynthesiser {
    /// SPUNGE: a training row with a tenth of its cells, at least one, drawn from their column's marginal distribution, and
    /// noise of a tenth of the standard deviation on every number.
    func spunged(_ count: Int, _ generator: inout SeededGenerator) -> MadeRows {
        let bases = bases(count, &generator)
        let replaced = max(1, Int((0.1 * Double(rows.columns.count)).rounded()))
        // For each column the new rows in which its cell is replaced.
        var isReplaced = [[Bool]](repeating: [Bool](repeating: false, count: count), count: rows.columns.count)
        var order = Array(rows.columns.indices)
        for row in 0..<count {
            for position in 0..<min(replaced, order.count) {
                order.swapAt(position, position + generator.index(below: order.count - position))
                isReplaced[order[position]][row] = true
            }
        }
        let columns = rows.columns.indices.map { index in
            var sources = bases
            for row in 0..<count where isReplaced[index][row] { sources[row] = generator.index(below: rows.count) }
            return noisy(rows.columns[index].selecting(sources), deviation: 0.1 * deviations[index], &generator)
        }
        return MadeRows(columns, from: bases)
    }
}
