internal import CKernels

extension FeatureEncoder {
    /// Learns means, deviations and categories from training rows.
    ///
    /// - Parameter text: what decides how columns of texts become features.
    /// - Throws: `AttarError` (`schemaMismatch`) where there are no rows, or no column can become a feature; `invalidSetting` where texts cannot
    ///   become what was asked for.
    public init(fittedTo rows: Dataset, text: TextFeatures = TextFeatures()) throws {
        guard rows.count > 0 else {
            throw AttarError(.schemaMismatch, "\(rows.source) has no rows to learn from", remedy: "Give more rows")
        }
        if text.readsWholeVocabulary {
            let column = try Self.tokens(of: rows, tokenizer: text.tokenizer)
            self.init(columns: [column], ignored: rows.columns.map(\.name).filter { $0 != column.name })
            return
        }
        let texts = rows.columns.count { $0.kind == .text }
        let method = try text.method(texts: texts, others: rows.columns.count - texts)
        let columns = try rows.columns.compactMap { column in
            guard case .text(let values) = column.storage else { return Self.fitted(column) }
            return try method.map {
                EncodedColumn(
                    column.name, try TextEncoding($0, fittedTo: values, tokenizer: text.tokenizer))
            }
        }
        guard !columns.isEmpty else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column that can become a feature",
                remedy: "Give at least one column of numbers or categories besides the target")
        }
        self.init(columns: columns, ignored: method == nil ? rows.columns.filter { $0.kind == .text }.map(\.name) : [])
    }

    /// The column of texts that is called so, or the only one, as tokens of a whole vocabulary.
    private static func tokens(of rows: Dataset, tokenizer: Tokenizer?) throws -> EncodedColumn {
        guard let tokenizer else {
            throw AttarError(
                .invalidSetting, "a static embedding needs the teacher's tokenizer, and none is named",
                remedy: "Give its tokenizer.json with --tokenizer")
        }
        let columns = rows.columns.filter { $0.kind == .text || $0.kind == .categorical }
        let named = columns.first { ["text", "sentence"].contains($0.name) } ?? (columns.count == 1 ? columns[0] : nil)
        guard let column = named ?? columns.first(where: { $0.kind == .text }), let texts = column.texts else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column of texts",
                remedy: "Give sentences in a column named 'text'")
        }
        return EncodedColumn(column.name, TextEncoding(wholeVocabularyOf: tokenizer, fittedTo: texts))
    }

    private static func fitted(_ column: Column) -> EncodedColumn? {
        switch column.storage {
        case .numeric(let values):
            let (mean, deviation, hasMissing) = moments(of: values)
            return EncodedColumn(
                column.name, .numeric, means: [mean], deviations: [deviation], hasIndicator: hasMissing)
        case .categorical(let codes, let categories):
            var counts = [Int](repeating: 0, count: categories.count)
            for code in codes where code >= 0 { counts[Int(code)] += 1 }
            let kept = categories.indices.filter { counts[$0] > 0 }
                .sorted { (counts[$1], $0) < (counts[$0], $1) }
                .prefix(mostCategories).sorted()
            return EncodedColumn(column.name, .categorical, categories: kept.map { categories[$0] })
        case .tensor(let values, let shape):
            if let vocabulary = vocabulary(column.name, values, shape) {
                return EncodedColumn(column.name, .tensor, shape: shape, vocabulary: vocabulary)
            }
            let channels = EncodedColumn.channels(of: shape)
            let own = (0..<channels).map { moments(of: values, channel: $0, of: channels) }
            return EncodedColumn(
                column.name, .tensor, means: own.map(\.mean), deviations: own.map(\.deviation), shape: shape)
        case .bytes(let values, let shape):
            let own = moments(of: values, channels: EncodedColumn.channels(of: shape))
            return EncodedColumn(
                column.name, .tensor, means: own.map(\.mean), deviations: own.map(\.deviation), shape: shape)
        case .text:
            return nil
        }
    }

    /// One more than the training rows' greatest token id, and one for all others; nil for a column of other numbers.
    private static func vocabulary(_ name: String, _ values: [Float], _ shape: [Int]) -> Int? {
        guard shape.count == 1, tokenNames.contains(name) else { return nil }
        var most: Float = 0
        for value in values where !value.isNaN {
            guard value >= 0, value == value.rounded() else { return nil }
            most = max(most, value)
        }
        return most < 0x1p24 - 2 ? Int(most) + 2 : nil
    }

    /// Means and deviations of bytes, one a channel, from how often each byte occurs.
    private static func moments(of values: [UInt8], channels: Int) -> [(mean: Float, deviation: Float)] {
        var counts = [UInt64](repeating: 0, count: 256 * channels)
        attar_count_bytes(values, values.count, channels, &counts)
        return (0..<channels).map { channel in
            let own = counts[256 * channel..<256 * (channel + 1)].map { Double($0) }
            let count = own.reduce(0, +)
            let mean = own.indices.reduce(0) { $0 + Double($1) * own[$1] } / max(1, count)
            let squares = own.indices.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) * own[$1] }
            let deviation = Float((squares / max(1, count)).squareRoot())
            return (Float(mean), deviation > 0 ? deviation : 1)
        }
    }

    /// Mean and standard deviation (divisor n) of the values that are there, in two passes of double precision.
    ///
    /// - Parameters:
    ///   - channel: the values `channel`, `channel + channels`, … are looked at.
    ///   - channels: how many numbers stand side by side.
    private static func moments(
        of values: [Float], channel: Int = 0, of channels: Int = 1
    ) -> (mean: Float, deviation: Float, hasMissing: Bool) {
        var sum = 0.0
        var count = 0
        let total = values.count / channels
        let positions = stride(from: channel, to: values.count, by: channels)
        var (least, most) = (Float.infinity, -Float.infinity)
        for position in positions where !values[position].isNaN {
            let value = values[position]
            sum += Double(value)
            count += 1
            least = min(least, value)
            most = max(most, value)
        }
        guard count > 0 else { return (0, 1, true) }
        if least == most { return (least, 1, count < total) }
        let mean = sum / Double(count)
        var squares = 0.0
        for position in positions where !values[position].isNaN {
            let difference = Double(values[position]) - mean
            squares += difference * difference
        }
        let deviation = Float((squares / Double(count)).squareRoot())
        // Below the spacing of floats around the mean, a difference is rounding, not signal.
        let isNoise = deviation < max(Float(mean).ulp, .leastNormalMagnitude)
        return (Float(mean), isNoise || !deviation.isFinite ? 1 : deviation, count < total)
    }
}
