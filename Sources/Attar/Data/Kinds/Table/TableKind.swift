extension DataKind {
    /// Numbers and categories, as a table has them, and arrays of numbers that are nothing else.
    public static let table = DataKind(
        name: "table", summary: "numbers and categories",
        columns: Columns(
            claims: { $0.kind != .text && $0.kind != .date }, reads: { $0.kind != .text && $0.kind != .date }
        ) { column, _, _ in
            switch column.storage {
            case .numeric(let values):
                let (mean, deviation, hasMissing) = EncodedColumn.moments(of: values)
                return EncodedColumn(
                    column.name, .numeric, means: [mean], deviations: [deviation], hasIndicator: hasMissing,
                    numbers: column.notation?.numbers)
            case .categorical(let codes, let categories):
                var counts = [Int](repeating: 0, count: categories.count)
                for code in codes where code >= 0 { counts[Int(code)] += 1 }
                let kept = categories.indices.filter { counts[$0] > 0 }
                    .sorted { (counts[$1], $0) < (counts[$0], $1) }
                    .prefix(FeatureEncoder.mostCategories).sorted()
                return EncodedColumn(column.name, .categorical, categories: kept.map { categories[$0] })
            case .tensor, .bytes: return EncodedColumn(fittedToArrays: column)
            case .text: return nil
            }
        },
        making: Making(isChanged: { column, _ in column.kind != .tensor }),
        corruptions: { Corruption.table(UsualCells($0.own), seed: $0.seed) },
        showing: Showing(
            partition: { column in
                switch column.storage {
                case .categorical(let codes, let categories): RowPartition.byCategory(column.name, codes, categories)
                case .numeric(let values): RowPartition.byRange(column.name, values)
                case .text, .tensor, .bytes: nil
                }
            },
            varies: { column in
                switch column.storage {
                case .numeric(let values): values.contains { $0 != values[0] }
                case .categorical(let codes, _): codes.contains { $0 != codes[0] }
                case .text, .tensor, .bytes: true
                }
            },
            words: { column, row in
                switch column.storage {
                case .numeric(let values): RowPartition.label(values[row])
                case .categorical(let codes, let categories): RowText.cut(categories[Int(codes[row])])
                case .text, .tensor, .bytes: Showing.arrays.words(column, row)
                }
            }))
}
