extension FeatureEncoder {
    /// Learns means, deviations and categories from training rows.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where there are no rows, or no column can become a feature.
    public init(fittedTo rows: Dataset) throws {
        guard rows.count > 0 else {
            throw AttarError(.schemaMismatch, "\(rows.source) has no rows to learn from", remedy: "Give more rows")
        }
        let columns = rows.columns.compactMap(Self.fitted)
        guard !columns.isEmpty else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column that can become a feature",
                remedy: "Give at least one column of numbers or categories besides the target")
        }
        self.init(columns: columns, ignored: rows.columns.filter { $0.kind == .text }.map(\.name))
    }

    private static func fitted(_ column: Column) -> EncodedColumn? {
        switch column.storage {
        case .numeric(let values):
            let (mean, deviation, hasMissing) = moments(of: values)
            return EncodedColumn(
                column.name, .numeric, mean: mean, deviation: deviation, hasIndicator: hasMissing)
        case .categorical(let codes, let categories):
            var counts = [Int](repeating: 0, count: categories.count)
            for code in codes where code >= 0 { counts[Int(code)] += 1 }
            let kept = categories.indices.filter { counts[$0] > 0 }
                .sorted { (counts[$1], $0) < (counts[$0], $1) }
                .prefix(mostCategories).sorted()
            return EncodedColumn(column.name, .categorical, categories: kept.map { categories[$0] })
        case .tensor(let values, let shape):
            let (mean, deviation, _) = moments(of: values)
            return EncodedColumn(column.name, .tensor, mean: mean, deviation: deviation, shape: shape)
        case .text:
            return nil
        }
    }

    /// Mean and standard deviation (divisor n) of the values that are there, in two passes of double precision.
    private static func moments(of values: [Float]) -> (mean: Float, deviation: Float, hasMissing: Bool) {
        var sum = 0.0
        var count = 0
        var (least, most) = (Float.infinity, -Float.infinity)
        for value in values where !value.isNaN {
            sum += Double(value)
            count += 1
            least = min(least, value)
            most = max(most, value)
        }
        guard count > 0 else { return (0, 1, true) }
        if least == most { return (least, 1, count < values.count) }
        let mean = sum / Double(count)
        var squares = 0.0
        for value in values where !value.isNaN {
            let difference = Double(value) - mean
            squares += difference * difference
        }
        let deviation = Float((squares / Double(count)).squareRoot())
        // Below the spacing of floats around the mean, a difference is rounding, not signal.
        let isNoise = deviation < max(Float(mean).ulp, .leastNormalMagnitude)
        return (Float(mean), isNoise || !deviation.isFinite ? 1 : deviation, count < values.count)
    }
}
