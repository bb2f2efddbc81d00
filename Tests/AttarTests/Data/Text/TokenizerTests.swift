import Attar
import Foundation
import Testing

struct TokenizerTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let file: String
            let ids: [[Int32]]
        }
        let lines: [String]
        let tokenizers: [String: Case]
    }

    private static func tokenizer(_ name: String) throws -> Tokenizer {
        let saved = try golden("text/tokenizers.json", as: Golden.self)
        return try Tokenizer(bytes: Array(#require(saved.tokenizers[name]).file.utf8), source: "\(name).json")
    }

    @Test(arguments: [
        "gpt2", "llama3", "gpt4o", "llama2", "suffixes", "unigram", "unigram-bytes", "cased-pieces", "precompiled",
        "words",
    ])
    func `Small tokenizers of every kind give the ids of the Python package`(name: String) throws {
        let saved = try golden("text/tokenizers.json", as: Golden.self)
        let expected = try #require(saved.tokenizers[name])
        let tokenizer = try Self.tokenizer(name)
        for (line, ids) in zip(saved.lines, expected.ids) {
            #expect(tokenizer.encode(line) == ids, "\(line)")
        }
    }

    @Test(arguments: [
        "minilm", "gpt2", "llama3", "gpt4o", "llama2", "suffixes", "unigram", "unigram-bytes", "cased-pieces",
    ])
    func `Tokenizers give the ids of the Python package on eleven thousand lines in eleven languages`(name: String)
        throws
    {
        let folder = try fixtures("text")
        let tokenizer = try Tokenizer(path: folder.appendingPathComponent("\(name)-tokenizer.json").path)
        let lines: [String] = try jsonLines(folder.appendingPathComponent("lines.jsonl"))
        let expected = try String(contentsOf: folder.appendingPathComponent("\(name)-ids.jsonl"), encoding: .utf8)
            .split(separator: "\n").map { line in
                line.dropFirst().dropLast().split(separator: ",").map { Int32($0.drop { $0 == " " }) ?? -1 }
            }
        #expect(lines.count > 10_000 && lines.count == expected.count)
        let found = tokenizer.encodeBatch(lines, threads: 2)
        let wrong = lines.indices.filter { found[$0] != expected[$0] }
        #expect(wrong.isEmpty, "\(wrong.count) lines differ, such as '\(wrong.first.map { lines[$0] } ?? "")'")
    }

    @Test func `A length cuts the text and keeps the special tokens`() throws {
        let tokenizer = try Self.tokenizer("cased-pieces")
        let whole = tokenizer.encode("The essence distilled from petals")
        #expect(tokenizer.specialCounts == (1, 1) && whole.count > 6)
        #expect(tokenizer.encode("The essence distilled from petals", maxLength: 6) == whole[..<5] + [whole.last ?? -1])
        #expect(tokenizer.encode("The essence distilled from petals", maxLength: whole.count) == whole)
        #expect(tokenizer.encode("The essence", maxLength: 1) == [whole[0], whole.last ?? -1])
        let own = tokenizer.encodeWithoutSpecialTokens("The essence distilled from petals")
        #expect(own == Array(whole.dropFirst().dropLast()))
        let batch = tokenizer.encodeBatch(
            ["The essence distilled from petals"], maxLength: 3, addsSpecialTokens: false)
        #expect(batch == [Array(own[..<3])])
    }

    @Test func `Many texts on several threads get the ids that each gets alone`() throws {
        let tokenizer = try Self.tokenizer("llama3")
        let texts = (0..<3000).map { "Sentence \($0) of \($0 % 17) ‘roses’, größer" }
        #expect(tokenizer.encodeBatch(texts, threads: 3) == texts.map { tokenizer.encode($0) })
    }

    @Test func `The vocabulary, special ids and the padding are told`() throws {
        let pieces = try Self.tokenizer("cased-pieces")
        #expect(pieces.vocabulary[0] == "[UNK]" && pieces.vocabulary[3] == "[MASK]")
        #expect(pieces.specialIDs == [0, 1, 2, 3] && pieces.unknownID == 0)
        #expect(try Self.tokenizer("suffixes").paddingID == 1)
        #expect(try Self.tokenizer("suffixes").fingerprint != pieces.fingerprint)
        #expect(try Self.tokenizer("suffixes").fingerprint == Self.tokenizer("suffixes").fingerprint)
    }

    @Test(arguments: Self.refusals)
    func `What a file has and Attar does not know, or what is damaged, is named`(part: String, expected: String) throws
    {
        let model = #""model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "a": 1}}"#
        let text = part.contains("model") || !part.hasPrefix("\"") ? "{\(part)}" : "{\(model), \(part)}"
        let message = sentence { try Tokenizer(bytes: Array(text.utf8), source: "t.json") }
        #expect(message.contains(expected), "\(message)")
    }

    private static let refusals: [(String, String)] = [
        (#""normalizer": {"type": "Sorcery"}"#, "normalizer 'Sorcery', which Attar does not know"),
        (#""pre_tokenizer": {"type": "Sorcery"}"#, "pre-tokenizer 'Sorcery'"),
        (#""post_processor": {"type": "Sorcery"}"#, "post-processor 'Sorcery'"),
        (#""pre_tokenizer": {"type": "Split", "pattern": {"Regex": "(?<=a)b"}, "behavior": "Isolated"}"#, "(?<"),
        (#""pre_tokenizer": {"type": "Split", "pattern": {"Regex": "(a"}, "behavior": "Isolated"}"#, "without its end"),
        (#""pre_tokenizer": {"type": "Split", "pattern": {"Regex": "\\p{Elvish}"}, "behavior": "Isolated"}"#, "Elvish"),
        (#""pre_tokenizer": {"type": "Split", "pattern": {"Regex": "(a*)*"}, "behavior": "Isolated"}"#, "can be empty"),
        (#""pre_tokenizer": {"type": "Split", "pattern": {"String": "a"}, "behavior": "Hidden"}"#, "behavior 'Hidden'"),
        (#""normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}"#, "damaged"),
        (#""added_tokens": [{"content": "x", "id": -1}]"#, "without content or id"),
        (
            #""post_processor": {"type": "BertProcessing", "sep": ["b", 99], "cls": ["a", 1]}"#,
            "puts the token 99 around texts"
        ),
        (#""model": {"type": "WordPiece"}"#, "its model has no vocabulary"),
        (#""model": {"type": "Sorcery", "vocab": {}}"#, "model 'Sorcery'"),
        (#""model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}"#, "merge 'a b' is of tokens"),
        (#""model": {"type": "BPE", "vocab": {"a": 0}, "merges": [["a"]]}"#, "not of two tokens"),
        (#""model": {"type": "BPE", "vocab": {"a": 0}, "merges": [], "dropout": 0.5}"#, "at random"),
        (#""model": {"type": "WordPiece", "vocab": {"a": 0}}"#, "lacks the unknown token '[UNK]'"),
        (#""model": {"type": "WordPiece", "vocab": {"a": 9999999999}}"#, "no whole number from 0"),
        (#""model": {"type": "Unigram", "vocab": [["a", "b"]]}"#, "entry 0"),
        (#""model": {"type": "Unigram", "unk_id": 7, "vocab": [["a", -1]]}"#, "unknown token 7"),
        (#"x: 1"#, "is not JSON: a name in quotes is missing, at column 2"),
        (#""model" {"#, "is not JSON"),
    ]

    @Test func `Values inside one another without end are refused`() {
        let text = "{\"model\": " + String(repeating: "[", count: 100_000)
        #expect(sentence { try Tokenizer(bytes: Array(text.utf8), source: "t.json") }.contains("is not JSON"))
    }

    @Test func `A file that is not there is named`() {
        #expect(sentence { try Tokenizer(path: "/nowhere/tokenizer.json") }.contains("/nowhere/tokenizer.json"))
    }
}
