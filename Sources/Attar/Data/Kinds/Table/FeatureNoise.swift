internal import Compute

extension RowSynthesiser {
    /// Feature noise: a training row with normal noise of a fifth of the standard deviation on every number; one category
    /// in twenty is drawn anew from its column's marginal.
    func blurred(_ count: Int, _ generator: inout SeededGenerator) -> MadeRows {
        let bases = bases(count, &generator)
        let columns = rows.columns.indices.map { index in
            var sources = bases
            if case .categorical = rows.columns[index].storage {
                for row in 0..<count where generator.uniform() < 0.05 {
                    sources[row] = generator.index(below: rows.count)
                }
            }
            return noisy(rows.columns[index].selecting(sources), deviation: 0.2 * deviations[index], &generator)
        }
        return MadeRows(columns, from: bases)
    }

    /// A numeric column with normal noise of the given deviation; other columns as they are.
    func noisy(_ column: Column, deviation: Float, _ generator: inout SeededGenerator) -> Column {
        guard case .numeric(let values) = column.storage, deviation > 0 else { return column }
        return Column(column.name, .numeric(values.map { $0 + deviation * generator.normal() }))
    }
}
