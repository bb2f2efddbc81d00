internal import Foundation
internal import Synchronization

/// Turns texts into the token ids of a Hugging Face `tokenizer.json`, equal to those of the Python package `tokenizers`.
///
/// Read are the models WordPiece, BPE, Unigram and WordLevel with their usual normalisers, pre-tokenisers and post-processors.
/// Truncation and padding that the file asks for are not applied: the caller says how long a sequence may be.
public struct Tokenizer: Sendable {
    /// The tokens by id; empty where an id has none.
    public var vocabulary: [String] { parts.vocabulary }
    /// The ids of special tokens, such as `[CLS]`, in rising order.
    public var specialIDs: [Int32] { parts.specialIDs }
    /// The id that fills sequences up, as the file or a token called `[PAD]`, `<pad>` or `<|pad|>` has it; else 0.
    public var paddingID: Int32 { parts.paddingID }
    /// The id of what has no token, where the model has one.
    public var unknownID: Int32? { parts.unknownID }
    /// The most tokens of a sequence that the file itself asks for; nil where it does not.
    public var suggestedLength: Int? { parts.suggestedLength }
    /// How many ids stand before a sequence's own, and behind them.
    public var specialCounts: (before: Int, after: Int) { (parts.prefix.count, parts.suffix.count) }
    /// The ids that stand before a sequence's own, and behind them.
    package var frame: (prefix: [Int32], suffix: [Int32]) { (parts.prefix, parts.suffix) }
    /// The file's bytes.
    package let file: [UInt8]

    let parts: TokenizerParts
    private let scratches = ScratchPool()

    /// Reads a `tokenizer.json`.
    ///
    /// - Throws: `AttarError`: `unreadableFile`, or `malformedData` naming what in it is damaged or not understood.
    public init(path: String) throws {
        try self.init(bytes: FileReader.contents(of: path), source: path)
    }

    /// Parses the contents of a `tokenizer.json`.
    ///
    /// - Parameter source: where they come from, for messages.
    /// - Throws: as `init(path:)`.
    public init(bytes: [UInt8], source: String) throws {
        do {
            parts = try TokenizerParts(JSONDocument(bytes).root, source: source)
        } catch let fault as JSONFault {
            throw AttarError(
                .malformedData, "'\(source)' is not JSON: \(fault.text)",
                remedy: "Give a tokenizer.json as the Python package 'tokenizers' writes it")
        }
        file = bytes
    }

    /// The ids of a text with the special ones around them.
    ///
    /// - Parameter maxLength: the most ids, special ones included: the text's own are cut to fit; nil for all.
    public func encode(_ text: String, maxLength: Int? = nil) -> [Int32] {
        scratches.with { framed(text, maxLength, &$0) }
    }

    /// The ids of a text alone.
    public func encodeWithoutSpecialTokens(_ text: String) -> [Int32] {
        scratches.with { scratch in
            var ids: [Int32] = []
            append(text, &scratch, to: &ids)
            return ids
        }
    }

    /// The ids of many texts, as `encode` or `encodeWithoutSpecialTokens` gives them, on several threads.
    ///
    /// - Parameters:
    ///   - maxLength: the most ids of a text, special ones included; nil for all.
    ///   - addsSpecialTokens: whether the special ids stand around them.
    ///   - threads: how many threads share the texts, at least 1.
    public func encodeBatch(
        _ texts: [String], maxLength: Int? = nil, addsSpecialTokens: Bool = true, threads: Int = 1
    ) -> [[Int32]] {
        let block = max(1, min(512, (texts.count + threads - 1) / max(1, threads)))
        let blocks = try? concurrently((texts.count + block - 1) / block, threads: threads) { number in
            scratches.with { scratch in
                texts[number * block..<min(texts.count, (number + 1) * block)].map { text in
                    if addsSpecialTokens { return framed(text, maxLength, &scratch) }
                    var ids: [Int32] = []
                    append(text, &scratch, to: &ids)
                    if let maxLength, ids.count > maxLength { ids.removeLast(ids.count - maxLength) }
                    return ids
                }
            }
        }
        return (blocks ?? []).flatMap { $0 }
    }

    private func framed(_ text: String, _ maxLength: Int?, _ scratch: inout TokenizerScratch) -> [Int32] {
        var ids = parts.prefix
        append(text, &scratch, to: &ids)
        if let maxLength {
            let most = max(parts.prefix.count, maxLength - parts.suffix.count)
            if ids.count > most { ids.removeLast(ids.count - most) }
        }
        ids.append(contentsOf: parts.suffix)
        return ids
    }

    /// Appends a text's own ids.
    private func append(_ text: String, _ scratch: inout TokenizerScratch, to ids: inout [Int32]) {
        let raw = Array(text.utf8)
        for part in parts.rawTokens.parts(of: raw) {
            if part.id >= 0 {
                ids.append(part.id)
                continue
            }
            var normal = part.start == 0 && part.end == raw.count ? raw : Array(raw[part.start..<part.end])
            parts.normalizer?.apply(to: &normal, &scratch.memo)
            let isFirst = part.start == 0 && keepsFirstScalar(raw, &scratch.memo)
            for inner in parts.normalizedTokens.parts(of: normal) {
                if inner.id >= 0 {
                    ids.append(inner.id)
                } else if inner.end > inner.start {
                    scratch.text.removeAll()
                    scratch.text.bytes = normal
                    scratch.text.pieces.append(
                        TextPieces.Piece(
                            start: inner.start, end: inner.end, isFirst: isFirst && inner.start == 0))
                    parts.preTokenizer?.apply(to: &scratch.text, &scratch.spare)
                    appendPieces(&scratch, to: &ids)
                }
            }
        }
    }

    /// Whether the normalised text begins with what the text begins with, so that it stands at the text's start.
    private func keepsFirstScalar(_ raw: [UInt8], _ memo: inout ScalarMemo) -> Bool {
        guard let byte = raw.first, byte <= 0x20 || byte >= 0x7F, let normalizer = parts.normalizer else { return true }
        var first = Array(raw[..<UTF8Scalar.length(byte)])
        normalizer.apply(to: &first, &memo)
        return !first.isEmpty
    }

    private func appendPieces(_ scratch: inout TokenizerScratch, to ids: inout [Int32]) {
        let bytes = scratch.text.bytes
        let span = bytes.span
        for index in scratch.text.pieces.indices {
            let (start, end) = (scratch.text.pieces[index].start, scratch.text.pieces[index].end)
            guard end > start else { continue }
            let isShort = end - start <= WordCache.longest
            let hash = isShort ? WordCache.hash(span, start, end) : 0
            if isShort, scratch.words.append(span, start, end, hash, to: &ids) { continue }
            let first = ids.count
            switch parts.model {
            case .wordPiece(let model): model.append(span, start, end, to: &ids)
            case .bytePairs(let model): model.append(span, start, end, to: &ids)
            case .unigram(let model): model.append(span, start, end, &scratch.steps, to: &ids)
            case .words(let tokens, let unknown):
                let number = tokens.number(of: span, start, end)
                if number >= 0 { ids.append(number) } else if let unknown { ids.append(unknown) }
            }
            if isShort { scratch.words.keep(span, start, end, hash, ids, from: first) }
        }
    }
}

/// Room for one text's work, and what was learned on earlier ones.
struct TokenizerScratch {
    var text = TextPieces()
    var spare = TextPieces()
    var memo = ScalarMemo()
    var words = WordCache()
    var steps: [UnigramVocabulary.Step] = []
}

/// Scratches that no thread uses at the moment.
private final class ScratchPool: Sendable {
    private let free = Mutex<[TokenizerScratch]>([])

    func with<Result>(_ body: (inout TokenizerScratch) -> Result) -> Result {
        var scratch = free.withLock { $0.popLast() } ?? TokenizerScratch()
        let result = body(&scratch)
        let kept = scratch
        free.withLock { $0.append(kept) }
        return result
    }
}
