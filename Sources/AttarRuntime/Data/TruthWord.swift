/// True and false as programs write them: `True`, `TRUE` and `true` are one value.
package enum TruthWord {
    /// The value of a word; nil for all other texts.
    package static func value(of text: some StringProtocol) -> Bool? {
        guard (4...5).contains(text.utf8.count) else { return nil }
        return switch text.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// The value as a number, 1 for true and 0 for false.
    package static func number(of text: some StringProtocol) -> Float? { value(of: text).map { $0 ? 1 : 0 } }

    /// Whether all texts are such words.
    package static func areAll(_ texts: some Sequence<String>) -> Bool { texts.allSatisfy { value(of: $0) != nil } }

    /// Where each text stands among the names of categories or classes: by the text itself, and among words of truth by what they mean, however they are written.
    /// Where the names are such words, 1 and 0 stand for them, too.
    package static func positions(of texts: [String], among names: [String]) -> [Int?] {
        let own = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let values = names.compactMap { value(of: $0) }
        guard !names.isEmpty, values.count == names.count, Set(values).count == values.count else {
            return texts.map { own[$0] }
        }
        return texts.map { text in
            let number: Bool? = ["1": true, "1.0": true, "0": false, "0.0": false][text]
            return own[text] ?? (value(of: text) ?? number).flatMap { values.firstIndex(of: $0) }
        }
    }
}
