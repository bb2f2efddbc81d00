internal import CKernels

/// How sequences of tokens are made for a model that takes them as ids, with a mask of those that count.
struct ONNXTokens: Sendable {
    /// What an input of such a model holds.
    enum Part: Hashable, Sendable {
        /// The tokens' ids, 0 behind the last.
        case ids
        /// 1 for each token, 0 behind the last.
        case mask
        /// Which of two texts a token belongs to: 0, as there is one.
        case types
        /// The tokens' places, from 0.
        case places

        /// Told by the input's name; nil for one that holds something else.
        init?(of port: ONNXPort) {
            guard let element = port.element, element.isWhole || element.isReal || element == .bool else { return nil }
            switch port.name.lowercased() {
            case "input_ids", "ids", "tokens", "token_ids", "input": self = .ids
            case "attention_mask", "input_mask", "mask": self = .mask
            case "token_type_ids", "segment_ids": self = .types
            case "position_ids": self = .places
            default: return nil
            }
        }
    }

    /// The column that holds the ids.
    let column: String
    /// The number of tokens in each row, where the model says one.
    let fixedLength: Int?
    /// The most tokens of a row.
    let maxTokens: Int?

    /// The sequences of a model's rows; nil where it takes none, or the data fills its inputs by their names.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where it takes sequences and the data holds none.
    init?(_ model: ONNXModel, for rows: Dataset, settings: TeacherSettings) throws {
        let parts = model.inputs.map(Part.init(of:))
        guard let place = parts.firstIndex(of: .ids), parts.contains(.mask) || model.inputs[place].name == "input_ids",
            model.inputs.contains(where: { rows.column(named: $0.name) == nil })
        else { return nil }
        let arrays = rows.columns.filter { column in
            if case .tensor(_, let shape) = column.storage { shape.count == 1 } else { false }
        }
        guard let column = arrays.first(where: { FeatureEncoder.tokenNames.contains($0.name) }) ?? arrays.first else {
            let text = rows.columns.first { $0.kind == .text || $0.kind == .categorical }
            throw AttarError(
                .unusableTeacher,
                "the teacher '\(model.path)' takes tokens in its input '\(model.inputs[place].name)', and \(rows.source) has no column of token ids",
                remedy: text == nil
                    ? "Give them as an array named 'tokens' in an .npz file"
                    : "Name its tokenizer.json with --tokenizer, which turns the column '\(text?.name ?? "")' into tokens"
            )
        }
        self.column = column.name
        let shape = model.inputs[place].shape
        fixedLength = shape.count > 1 ? shape[1] : nil
        maxTokens = settings.maxTokens
    }

    /// The tokens of all rows.
    struct Sequences: Sendable {
        /// The ids of all rows, (rows, length), 0 behind the last.
        let ids: [Float]
        /// The longest that a row can be.
        let length: Int
        /// Each row's number of tokens, at least 1.
        let counts: [Int]

        /// Rows by their number of tokens, longest first, so that those asked together are of like length.
        var order: [Int] { counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) } }
    }

    /// The sequences of some rows.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where the column is missing.
    func sequences(of rows: Dataset, name: String) throws -> Sequences {
        guard case .tensor(let ids, let shape)? = rows.column(named: column)?.storage, shape.count == 1 else {
            throw AttarError(
                .schemaMismatch,
                "\(rows.source) has no column '\(column)' of token ids, which the teacher \(name) reads",
                remedy: "Give the same columns for all rows")
        }
        let length = shape[0]
        let most = min(length, maxTokens ?? length, fixedLength ?? length)
        let counts = (0..<rows.count).map { row in
            var count = most
            while count > 1, ids[row * length + count - 1] == 0 { count -= 1 }
            return count
        }
        return Sequences(ids: ids, length: length, counts: counts)
    }

    /// The inputs for some rows: each part as floats, (rows.count, the longest of these rows).
    func block(_ part: Part, of sequences: Sequences, rows: ArraySlice<Int>) -> (values: [Float], length: Int) {
        let length = fixedLength ?? rows.reduce(1) { max($0, sequences.counts[$1]) }
        var values = [Float](repeating: 0, count: rows.count * length)
        for (place, row) in rows.enumerated() {
            for token in 0..<sequences.counts[row] {
                values[place * length + token] =
                    switch part {
                    case .ids: sequences.ids[row * sequences.length + token]
                    case .mask: 1
                    case .types: 0
                    case .places: Float(token)
                    }
            }
        }
        return (values, length)
    }
}
