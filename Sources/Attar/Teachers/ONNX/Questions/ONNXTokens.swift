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

    /// Where the ids come from.
    private enum Source: Sendable {
        /// A column of arrays of them, 0 behind the last.
        case ids
        /// A column of texts.
        case texts(Tokenizer)
    }

    /// The column that holds the ids, or the texts.
    let column: String
    private let source: Source
    /// The number of tokens in each row, where the model says one.
    private let fixedLength: Int?
    /// The most tokens of a row.
    private let most: Int
    /// Whether short rows are asked before long ones.
    private let asksShortFirst: Bool

    /// The column of ids beside which no texts are needed.
    static let idsColumn = "input_ids"

    /// The most tokens of a text where neither the user, the model nor the tokenizer's file says how many: what models after BERT read.
    private static let usualMost = 512
    /// The same where a text's embedding is asked for.
    private static let usualMostOfEmbeddings = 256

    /// The sequences of a model's rows; nil where it takes none, or the data fills its inputs by their names.
    ///
    /// - Throws: `AttarError`: `unusableTeacher` where it takes sequences and the data holds neither ids nor texts; `unreadableFile` or
    ///   `malformedData` for a tokenizer's file that cannot be read.
    init?(_ model: ONNXModel, for rows: Dataset, settings: TeacherSettings) throws {
        let parts = model.inputs.map(Part.init(of:))
        guard let place = parts.firstIndex(of: .ids), parts.contains(.mask) || model.inputs[place].name == "input_ids",
            model.inputs.contains(where: { rows.column(named: $0.name) == nil })
        else { return nil }
        let shape = model.inputs[place].shape
        asksShortFirst = settings.wantsEmbedding
        fixedLength = shape.count > 1 ? shape[1] : nil
        let input = "the teacher '\(model.path)' takes tokens in its input '\(model.inputs[place].name)'"
        if let path = settings.tokenizer {
            let tokenizer = try Tokenizer(path: path)
            column = try Self.textColumn(of: rows, input)
            source = .texts(tokenizer)
            let usual =
                settings.wantsEmbedding
                ? Self.usualMostOfEmbeddings : tokenizer.suggestedLength ?? Self.usualMost
            most = settings.maxTokens ?? fixedLength ?? usual
            return
        }
        let arrays = rows.columns.filter { column in
            if case .tensor(_, let shape) = column.storage { shape.count == 1 } else { false }
        }
        guard let ids = arrays.first(where: { FeatureEncoder.tokenNames.contains($0.name) }) ?? arrays.first else {
            let text = rows.columns.first { $0.kind == .text || $0.kind == .categorical }
            throw AttarError(
                .unusableTeacher, "\(input), and \(rows.source) has no column of token ids",
                remedy: text.map {
                    "Name its tokenizer.json with --tokenizer, which turns the column '\($0.name)' into tokens"
                } ?? "Give them as an array named 'tokens' in an .npz file")
        }
        column = ids.name
        source = .ids
        most = settings.maxTokens ?? fixedLength ?? .max
    }

    /// The tokenizer that texts are cut with; nil where ids are given.
    var tokenizer: Tokenizer? { if case .texts(let tokenizer) = source { tokenizer } else { nil } }

    /// What its answers depend on besides the model and the rows.
    var identity: String {
        switch source {
        case .ids: "\(most)"
        case .texts(let tokenizer): "\(most) \(tokenizer.fingerprint)"
        }
    }

    /// The one column of texts; where there is none, the one of categories.
    private static func textColumn(of rows: Dataset, _ input: String) throws -> String {
        let texts =
            [Column.Kind.text, .categorical].map { kind in rows.columns.filter { $0.kind == kind } }
            .first { !$0.isEmpty } ?? []
        guard texts.count == 1 else {
            throw AttarError(
                .unusableTeacher,
                "\(input), and \(rows.source) has \(texts.isEmpty ? "no column of text" : "\(texts.count) columns of text: \(listed(texts.map(\.name)))")",
                remedy: "Give one column of text")
        }
        return texts[0].name
    }

    /// The tokens of all rows.
    struct Sequences: Sendable {
        /// The ids of all rows, one row after the other.
        let ids: [Float]
        /// Where each row begins.
        let starts: [Int]
        /// Each row's number of tokens, at least 1.
        let counts: [Int]
        /// What stands behind a row's last token.
        let padding: Float
        /// Whether short rows are asked before long ones.
        let asksShortFirst: Bool

        /// Rows by their number of tokens, longest first unless wanted otherwise, so that those asked together are of like length.
        var order: [Int] {
            asksShortFirst
                ? counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
                : counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
        }
    }

    /// The sequences of some rows.
    ///
    /// - Throws: `AttarError` (`schemaMismatch`) where the column is missing.
    func sequences(of rows: Dataset, name: String) throws -> Sequences {
        // Rows that are made of tokens have their ids alone.
        if case .texts(let tokenizer) = source, rows.column(named: column) == nil,
            let own = rows.column(named: Self.idsColumn), case .tensor(let ids, let shape) = own.storage,
            shape.count == 1
        {
            return sequences(ids, length: shape[0], rows: rows.count, padding: Float(tokenizer.paddingID))
        }
        guard let values = rows.column(named: column) else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column '\(column)', which the teacher \(name) reads",
                remedy: didYouMean(column, among: rows.columns.map(\.name)))
        }
        switch (source, values.storage) {
        case (.ids, .tensor(let ids, let shape)) where shape.count == 1:
            return sequences(ids, length: shape[0], rows: rows.count, padding: 0)
        case (.texts(let tokenizer), .text), (.texts(let tokenizer), .categorical):
            let texts = ONNXQuestions.texts(of: values)
            let padding = Float(tokenizer.paddingID)
            var ids: [Float] = []
            var (starts, counts): ([Int], [Int]) = ([], [])
            for row in tokenizer.encodeBatch(texts, maxLength: most, threads: availableThreads()) {
                starts.append(ids.count)
                ids.append(contentsOf: row.lazy.map { Float($0) })
                if row.isEmpty { ids.append(padding) }
                counts.append(ids.count - (starts.last ?? 0))
            }
            return Sequences(
                ids: ids, starts: starts, counts: counts, padding: padding, asksShortFirst: asksShortFirst)
        default:
            throw AttarError(
                .schemaMismatch,
                "the column '\(column)' of \(rows.source) is \(values.kind.rawValue) and holds nothing that the teacher \(name) reads",
                remedy: "Give the same columns for all rows")
        }
    }

    /// Ids in rows of one length, 0 behind the last.
    private func sequences(_ ids: [Float], length: Int, rows: Int, padding: Float) -> Sequences {
        let counts = (0..<rows).map { row in
            var count = min(length, most)
            while count > 1, ids[row * length + count - 1] == 0 { count -= 1 }
            return count
        }
        return Sequences(
            ids: ids, starts: (0..<rows).map { $0 * length }, counts: counts, padding: padding,
            asksShortFirst: asksShortFirst)
    }

    /// An input for some rows: a part of their sequences as floats, (rows.count, the longest of these rows).
    func block(_ part: Part, of sequences: Sequences, rows: ArraySlice<Int>) -> (values: [Float], length: Int) {
        let length = fixedLength ?? rows.reduce(1) { max($0, sequences.counts[$1]) }
        var values = [Float](repeating: part == .ids ? sequences.padding : 0, count: rows.count * length)
        for (place, row) in rows.enumerated() {
            for token in 0..<min(length, sequences.counts[row]) {
                values[place * length + token] =
                    switch part {
                    case .ids: sequences.ids[sequences.starts[row] + token]
                    case .mask: 1
                    case .types: 0
                    case .places: Float(token)
                    }
            }
        }
        return (values, length)
    }
}
