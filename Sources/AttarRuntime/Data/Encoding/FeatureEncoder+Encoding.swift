internal import CKernels
public import Compute

extension FeatureEncoder {
    /// Refuses rows that cannot be encoded, before time is spent on anything else.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) as `encoded(_:)`.
    package func check(_ rows: Dataset) throws {
        _ = try matched(rows)
    }

    /// The features of the rows, (rows.count, width); finite numbers only. Columns are found by name, in any order.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) naming the column that is missing or of another type.
    public func encoded(_ rows: Dataset) throws -> Matrix {
        let sources = try matched(rows)
        var features = [Float](repeating: 0, count: rows.count * width)
        // A block of rows stays in the cache while all its columns are written.
        let block = max(16, 1 << 15 / max(1, width))
        for first in stride(from: 0, to: rows.count, by: block) {
            let last = min(rows.count, first + block)
            var offset = 0
            for (column, source) in zip(columns, sources) {
                switch source {
                case .numbers(let values):
                    attar_standardize(
                        values, 0, 1, first, last, column.mean, column.deviation, Self.limit, column.hasIndicator,
                        &features, width, offset)
                case .arrays(let values):
                    for row in first..<last {
                        let (from, to) = (row * column.rawWidth, row * width + offset)
                        if column.vocabulary > 0 {
                            attar_token_ids(
                                values, from, column.rawWidth, Float(column.vocabulary), &features, to)
                        } else {
                            attar_standardize_channels(
                                values, from, column.rawWidth, column.means.count, column.means, column.deviations,
                                Self.limit, &features, to)
                        }
                    }
                case .bytes(let values):
                    for row in first..<last {
                        attar_standardize_bytes(
                            values, row * column.rawWidth, column.rawWidth, column.means.count, column.means,
                            column.deviations, Self.limit, &features, row * width + offset)
                    }
                case .categories(let codes, let mapped):
                    let other = column.categories.count
                    for row in first..<last {
                        let code = codes[row] < 0 ? other : mapped[Int(codes[row])]
                        features[row * width + offset + code] = 1
                    }
                }
                offset += column.width
            }
        }
        return Matrix(rows: rows.count, columns: width, elements: features)
    }

    /// The rows as one number a column, (rows.count, rawWidth): the number itself, the category's index in the column's
    /// `categories`, NaN where missing or unknown; a tensor's elements one after the other.
    ///
    /// - Throws: as `encoded(_:)`.
    public func rawRows(_ rows: Dataset) throws -> Matrix {
        let sources = try matched(rows)
        var raw = [Float](repeating: 0, count: rows.count * rawWidth)
        var offset = 0
        for (column, source) in zip(columns, sources) {
            for row in 0..<rows.count {
                switch source {
                case .numbers(let values):
                    raw[row * rawWidth + offset] = values[row]
                case .bytes(let values):
                    for element in 0..<column.rawWidth {
                        raw[row * rawWidth + offset + element] = Float(values[row * column.rawWidth + element])
                    }
                case .arrays(let values):
                    for element in 0..<column.rawWidth {
                        raw[row * rawWidth + offset + element] = values[row * column.rawWidth + element]
                    }
                case .categories(let codes, let mapped):
                    let code = codes[row] < 0 ? column.categories.count : mapped[Int(codes[row])]
                    raw[row * rawWidth + offset] = code < column.categories.count ? Float(code) : .nan
                }
            }
            offset += column.rawWidth
        }
        return Matrix(rows: rows.count, columns: rawWidth, elements: raw)
    }

    /// Encodes one raw row without allocating: the same numbers, to the bit, as `encoded(_:)`.
    ///
    /// - Parameters:
    ///   - raw: `rawWidth` numbers, as `rawRows(_:)` gives them. An infinity counts as missing; so does an index that no
    ///     category has.
    ///   - features: receives `width` finite numbers.
    /// - Precondition: both have these lengths.
    public func encode(_ raw: Span<Float>, into features: inout MutableSpan<Float>) {
        precondition(
            raw.count == rawWidth && features.count == width, "a raw row and its features have the schema's widths")
        var from = 0
        var to = 0
        for index in columns.indices {
            let width = columns[index].width
            switch columns[index].kind {
            case .categorical:
                for feature in to..<to + width { features[feature] = 0 }
                let code = raw[from]
                let isKnown = code >= 0 && code < Float(width - 1)
                features[to + (isKnown ? Int(code) : width - 1)] = 1
                from += 1
            case .numeric:
                let value = missing.contains(raw[from]) ? .nan : raw[from]
                features[to] = standardized(value, index)
                if columns[index].hasIndicator { features[to + 1] = value.isFinite ? 0 : 1 }
                from += 1
            case .tensor, .text, .date:
                let channels = columns[index].means.count
                let vocabulary = columns[index].vocabulary
                for element in 0..<width {
                    let value = raw[from + element]
                    features[to + element] =
                        vocabulary > 0
                        ? Self.tokenID(value, vocabulary) : standardized(value, index, channel: element % channels)
                }
                from += width
            }
            to += width
        }
    }

    private func standardized(_ value: Float, _ column: Int, channel: Int = 0) -> Float {
        guard value.isFinite else { return 0 }
        let feature = (value - columns[column].means[channel]) / columns[column].deviations[channel]
        return max(-Self.limit, min(Self.limit, feature))
    }

    private static func tokenID(_ value: Float, _ vocabulary: Int) -> Float {
        guard value.isFinite else { return 0 }
        let other = Float(vocabulary - 1)
        return value >= 0 && value < other ? value.rounded(.towardZero) : other
    }
}

// MARK: - Matching columns

extension FeatureEncoder {
    /// Where a column's features come from.
    private enum Source {
        /// Numbers, NaN where missing.
        case numbers([Float])
        /// Arrays of the column's shape, one after the other.
        case arrays([Float])
        /// The same, of bytes.
        case bytes([UInt8])
        /// Codes, −1 where missing, and what each becomes: an index into the encoded column's categories, or their number.
        case categories([Int32], [Int])
    }

    /// The data of each encoded column, in order.
    private func matched(_ rows: Dataset) throws -> [Source] {
        var found = Dictionary(rows.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        // The one array that a row has is the one that the model takes, whatever a file calls it.
        if let column = columns.only(where: { $0.kind == .tensor }), found[column.name] == nil {
            found[column.name] = rows.columns.only { $0.kind == .tensor }
        }
        let missing = columns.filter { found[$0.name] == nil }
        if let first = missing.first {
            if first.isTokens {
                throw AttarError(
                    .schemaMismatch,
                    "\(rows.source) lacks the array '\(first.name)' of token ids that the model was trained on",
                    remedy: "Give it as (rows, \(first.rawWidth)) under that name in an .npz file")
            }
            let others = missing.count == 1 ? "" : " and \(missing.count - 1) others"
            throw AttarError(
                .schemaMismatch,
                "\(rows.source) lacks the column '\(first.name)'\(others) that the model was trained on",
                remedy: didYouMean(
                    first.name,
                    among: unexpectedColumns(in: rows).isEmpty ? rows.columns.map(\.name) : unexpectedColumns(in: rows))
            )
        }
        return try columns.map { column in
            guard let own = found[column.name] else { preconditionFailure("missing columns were refused") }
            return try source(own, for: column, in: rows)
        }
    }

    private func source(_ own: Column, for column: EncodedColumn, in rows: Dataset) throws -> Source {
        switch (column.kind, own.storage) {
        case (.text, _):
            guard let encoding = column.text, let texts = own.texts else { break }
            return .arrays(encoding.values(of: texts))
        case (.date, _) where own.kind != .tensor:
            guard let dates = column.dates else { break }
            if (0..<rows.count).allSatisfy(own.isMissing) {
                return .arrays(try dates.values(of: [String](repeating: "", count: rows.count)))
            }
            guard let texts = own.texts else { break }
            do throws(DateEncoding.NoDate) {
                return .arrays(try dates.values(of: texts))
            } catch {
                throw strange(texts[error.row], at: error.row, in: rows, own.name, dates)
            }
        case (.numeric, .numeric(let values)):
            return .numbers(missing.isEmpty ? values : values.map { missing.contains($0) ? .nan : $0 })
        case (.numeric, _) where own.kind != .tensor && (0..<rows.count).allSatisfy(own.isMissing):
            return .numbers([Float](repeating: .nan, count: rows.count))
        case (.tensor, .tensor(let values, let shape)):
            try check(shape, of: own, for: column, in: rows)
            return .arrays(values)
        case (.tensor, .bytes(let values, let shape)):
            try check(shape, of: own, for: column, in: rows)
            return column.vocabulary > 0 ? .arrays(values.map(Float.init)) : .bytes(values)
        case (.categorical, _) where own.kind != .tensor:
            guard let (codes, names) = own.asCategories() else { break }
            let positions = TruthWord.positions(of: names, among: column.categories)
            return .categories(codes, positions.map { $0 ?? column.categories.count })
        default: break
        }
        throw mismatch(own, column, in: rows)
    }

    private func check(_ shape: [Int], of own: Column, for column: EncodedColumn, in rows: Dataset) throws {
        // (h, w) and (h, w, 1) are the same picture.
        func picture(_ shape: [Int]) -> [Int] { shape.count == 3 && shape[2] == 1 ? Array(shape.dropLast()) : shape }
        if column.vocabulary > 0, shape.count == 1, shape != column.shape {
            throw AttarError(
                .schemaMismatch,
                "\(rows.source), column '\(own.name)': rows have \(shape[0]) tokens and the model was trained on \(column.rawWidth)",
                remedy: "Cut longer sequences, and fill shorter ones with 0 as the training rows are")
        }
        guard picture(shape) == picture(column.shape) else {
            throw AttarError(
                .schemaMismatch,
                "\(rows.source), column '\(own.name)': rows have shape \(shape) and the model was trained on \(column.shape)",
                remedy: "Give rows of that shape")
        }
    }

    private func strange(_ text: String, at row: Int, in rows: Dataset, _ name: String, _ dates: DateEncoding)
        -> AttarError
    {
        AttarError(
            .schemaMismatch,
            "\(rows.place(row)): column '\(name)' holds '\(text.prefix(40))', and the model was trained on a \(dates.notation.words)",
            remedy: "Correct the values, or leave them empty where they are missing")
    }

    private func mismatch(_ own: Column, _ column: EncodedColumn, in rows: Dataset) -> AttarError {
        let trained =
            switch column.kind {
            case .numeric: "numbers"
            case .categorical: "categories"
            case .text: "texts"
            case .date: "a \(column.dates?.notation.words ?? "date")"
            case .tensor: "arrays"
            }
        var (found, place) = ("is \(own.kind.rawValue) here", rows.source)
        if column.kind == .numeric, let (codes, names) = own.asCategories(),
            let row = codes.firstIndex(where: { $0 >= 0 && Float(names[Int($0)]) == nil })
                ?? codes.firstIndex(where: { $0 >= 0 })
        {
            found = "holds '\(names[Int(codes[row])].prefix(40))'"
            place = rows.place(row)
        }
        return AttarError(
            .schemaMismatch, "\(place): column '\(own.name)' \(found), and the model was trained on \(trained)",
            remedy: "Correct the values, or leave them empty where they are missing")
    }
}

extension Array {
    /// The one element that meets the condition; nil where there are several or none.
    fileprivate func only(where condition: (Element) -> Bool) -> Element? {
        let all = filter(condition)
        return all.count == 1 ? all[0] : nil
    }
}
