/// What the columns of a usual table hold: the units in which corruptions are measured.
struct UsualCells: Sendable {
    /// Numeric columns by name: the standard deviation of the values that are there.
    private(set) var deviations: [String: Float] = [:]
    /// Categorical columns by name: the categories that the fewer half of the categories are, by rows.
    private(set) var rarer: [String: [String]] = [:]
    /// Columns of arrays of numbers by name: the standard deviation.
    private(set) var arrays: [String: Float] = [:]

    init(_ columns: [Column]) {
        for column in columns {
            switch column.storage {
            case .numeric(let values): deviations[column.name] = Self.deviation(of: values)
            case .categorical(let codes, let categories):
                var counts = [Int](repeating: 0, count: categories.count)
                for code in codes where code >= 0 { counts[Int(code)] += 1 }
                let order = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
                if categories.count > 1 {
                    rarer[column.name] = order.prefix(categories.count / 2).map { categories[$0] }
                }
            case .tensor(let values, _): arrays[column.name] = Self.deviation(of: values)
            case .text, .bytes: break
            }
        }
    }

    private static func deviation(of values: [Float]) -> Float {
        var (count, sum, squares) = (0.0, 0.0, 0.0)
        for value in values where value.isFinite { (count, sum) = (count + 1, sum + Double(value)) }
        guard count > 1 else { return 0 }
        let mean = sum / count
        for value in values where value.isFinite { squares += (Double(value) - mean) * (Double(value) - mean) }
        return Float((squares / count).squareRoot())
    }
}
