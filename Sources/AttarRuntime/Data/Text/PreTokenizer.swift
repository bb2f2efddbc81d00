/// One step that cuts a text into the pieces that the vocabulary is asked about, as a tokenizer's file names it.
indirect enum PreTokenizer: Sendable {
    case sequence([PreTokenizer])
    /// Words and runs of other signs, without the blanks.
    case whitespace
    case whitespaceSplit
    case bert
    case byteLevel(addsPrefixSpace: Bool, TextPattern?)
    case metaspace(replacement: [UInt8], Prepending, splits: Bool)
    case split(TextPattern, SplitBehavior, isInverted: Bool)
    case punctuation(SplitBehavior)
    case digits(areSingle: Bool)
    case delimiter(UInt32)

    /// Which pieces get a replaced blank before them.
    enum Prepending: Sendable { case always, first, never }

    /// GPT-2's expression, which byte-level tokenizers use unless they bring their own.
    static let gpt2 = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
}

/// What becomes of the places at which a text is cut.
enum SplitBehavior: String, Sendable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
}

/// A text in pieces.
struct TextPieces {
    struct Piece {
        var start: Int
        var end: Int
        /// Whether it begins where the whole text begins.
        var isFirst = false
    }

    var bytes: [UInt8] = []
    var pieces: [Piece] = []
    private var cuts: [(start: Int, end: Int, isMatch: Bool)] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
    }
}

extension PreTokenizer {
    /// Cuts the pieces further.
    ///
    /// - Parameter spare: room for the next state of the pieces; its contents do not matter.
    func apply(to text: inout TextPieces, _ spare: inout TextPieces) {
        switch self {
        case .sequence(let steps):
            for step in steps { step.apply(to: &text, &spare) }
        case .whitespace:
            text.split(.removed, isInverted: true, &spare) { bytes, start, end, cut in
                var position = start
                while position < end {
                    let begin = position
                    let kind = Self.wordKind(bytes, &position)
                    if kind == 0 { continue }
                    while position < end {
                        var next = position
                        guard Self.wordKind(bytes, &next) == kind else { break }
                        position = next
                    }
                    cut(begin, position)
                }
            }
        case .whitespaceSplit:
            text.split(.removed, &spare, where: ScalarCategory.isSpace)
        case .bert:
            text.splitAsBert(&spare)
        case .byteLevel(let addsPrefixSpace, let pattern):
            if addsPrefixSpace { text.prepend([0x20], unlessAtStart: [0x20], isWanted: { _ in true }, &spare) }
            if let pattern { text.split(.isolated, isInverted: false, &spare, pattern.forEachMatch) }
            text.rewrite(&spare) { byte, result in ByteAlphabet.append(byte, to: &result) }
        case .metaspace(let replacement, let prepending, let splits):
            text.rewrite(&spare) { byte, result in
                if byte == 0x20 { result.append(contentsOf: replacement) } else { result.append(byte) }
            }
            if prepending != .never {
                text.prepend(
                    replacement, unlessAtStart: replacement,
                    isWanted: { prepending == .always || $0.isFirst }, &spare)
            }
            if splits {
                let scalar = UTF8Scalar.read(replacement.span, 0).value
                text.split(.mergedWithNext, &spare) { $0 == scalar }
            }
        case .split(let pattern, let behavior, let isInverted):
            text.split(behavior, isInverted: isInverted, &spare, pattern.forEachMatch)
        case .punctuation(let behavior):
            text.split(behavior, &spare, where: ScalarCategory.isPunctuation)
        case .digits(let areSingle):
            text.split(areSingle ? .isolated : .contiguous, &spare) {
                ScalarCategory.isIn(ScalarCategory.number, $0)
            }
        case .delimiter(let scalar):
            text.split(.removed, &spare) { $0 == scalar }
        }
    }

    /// Moves past a scalar: 0 for a blank, 1 for one of a word, 2 for others.
    private static func wordKind(_ bytes: borrowing Span<UInt8>, _ position: inout Int) -> Int {
        let (value, length) = UTF8Scalar.read(bytes, position)
        position += length
        if ScalarCategory.isSpace(value) { return 0 }
        // Rust's expressions count the two joiners as parts of words, Oniguruma's do not.
        return ScalarCategory.isWord(value) || value == 0x200C || value == 0x200D ? 1 : 2
    }
}

extension TextPieces {
    /// Cuts at the scalars that meet a condition, each of them a match of its own.
    mutating func split(_ behavior: SplitBehavior, _ spare: inout TextPieces, where isMatch: (UInt32) -> Bool) {
        split(behavior, isInverted: false, &spare) { bytes, start, end, cut in
            var position = start
            while position < end {
                let (value, length) = UTF8Scalar.read(bytes, position)
                if isMatch(value) { cut(position, position + length) }
                position += length
            }
        }
    }

    /// Cuts at the matches that `find` reports, in order; what stands between them is the rest.
    mutating func split(
        _ behavior: SplitBehavior, isInverted: Bool, _ spare: inout TextPieces,
        _ find: (borrowing Span<UInt8>, Int, Int, (Int, Int) -> Void) -> Void
    ) {
        spare.pieces.removeAll(keepingCapacity: true)
        let bytes = self.bytes
        let span = bytes.span
        var cuts: [(start: Int, end: Int, isMatch: Bool)] = []
        swap(&cuts, &spare.cuts)
        for piece in pieces {
            cuts.removeAll(keepingCapacity: true)
            var end = piece.start
            find(span, piece.start, piece.end) { start, stop in
                if start > end { cuts.append((end, start, isInverted)) }
                cuts.append((start, stop, !isInverted))
                end = stop
            }
            if end < piece.end { cuts.append((end, piece.end, isInverted)) }
            Self.collect(cuts, behavior, piece, &spare.pieces)
        }
        swap(&cuts, &spare.cuts)
        swap(&pieces, &spare.pieces)
    }

    private static func collect(
        _ cuts: [(start: Int, end: Int, isMatch: Bool)], _ behavior: SplitBehavior, _ piece: Piece,
        _ result: inout [Piece]
    ) {
        func append(_ start: Int, _ end: Int) {
            result.append(Piece(start: start, end: end, isFirst: piece.isFirst && start == piece.start))
        }
        switch behavior {
        case .removed:
            for cut in cuts where !cut.isMatch { append(cut.start, cut.end) }
        case .isolated:
            for cut in cuts { append(cut.start, cut.end) }
        case .contiguous:
            var previous: Bool?
            for cut in cuts {
                if cut.isMatch == previous {
                    result[result.count - 1].end = cut.end
                } else {
                    append(cut.start, cut.end)
                }
                previous = cut.isMatch
            }
        case .mergedWithPrevious:
            var wasMatch = false
            for (index, cut) in cuts.enumerated() {
                if cut.isMatch, !wasMatch, index > 0 {
                    result[result.count - 1].end = cut.end
                } else {
                    append(cut.start, cut.end)
                }
                wasMatch = cut.isMatch
            }
        case .mergedWithNext:
            // A match takes the rest that follows it along; of several matches in a row only the last does.
            for (index, cut) in cuts.enumerated() {
                if index > 0, !cut.isMatch, cuts[index - 1].isMatch {
                    result[result.count - 1].end = cut.end
                } else {
                    append(cut.start, cut.end)
                }
            }
        }
    }

    /// Blanks removed, punctuation on its own, in one pass.
    mutating func splitAsBert(_ spare: inout TextPieces) {
        spare.pieces.removeAll(keepingCapacity: true)
        let bytes = self.bytes
        let span = bytes.span
        for piece in pieces {
            var start = piece.start
            var position = piece.start
            while position < piece.end {
                let (value, length) = UTF8Scalar.read(span, position)
                let isSpace = ScalarCategory.isSpace(value)
                if isSpace || ScalarCategory.isPunctuation(value) {
                    if position > start { spare.pieces.append(Piece(start: start, end: position)) }
                    if !isSpace { spare.pieces.append(Piece(start: position, end: position + length)) }
                    start = position + length
                }
                position += length
            }
            if position > start { spare.pieces.append(Piece(start: start, end: position)) }
        }
        swap(&pieces, &spare.pieces)
    }

    /// Writes every byte of the pieces anew.
    mutating func rewrite(_ spare: inout TextPieces, _ body: (UInt8, inout [UInt8]) -> Void) {
        spare.bytes.removeAll(keepingCapacity: true)
        for index in pieces.indices {
            let start = spare.bytes.count
            for position in pieces[index].start..<pieces[index].end { body(bytes[position], &spare.bytes) }
            pieces[index].start = start
            pieces[index].end = spare.bytes.count
        }
        swap(&bytes, &spare.bytes)
    }

    /// Puts a prefix before the pieces that are to have it and do not begin with it.
    mutating func prepend(
        _ prefix: [UInt8], unlessAtStart present: [UInt8], isWanted: (Piece) -> Bool, _ spare: inout TextPieces
    ) {
        spare.bytes.removeAll(keepingCapacity: true)
        for index in pieces.indices {
            let piece = pieces[index]
            let start = spare.bytes.count
            if isWanted(piece), !bytes[piece.start..<piece.end].starts(with: present) {
                spare.bytes.append(contentsOf: prefix)
            }
            for position in piece.start..<piece.end { spare.bytes.append(bytes[position]) }
            pieces[index].start = start
            pieces[index].end = spare.bytes.count
        }
        swap(&bytes, &spare.bytes)
    }
}
