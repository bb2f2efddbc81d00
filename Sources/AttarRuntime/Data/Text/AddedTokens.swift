/// Tokens that are found in a text before it is cut into words: `[MASK]`, `<|endoftext|>`.
struct AddedTokens: Sendable {
    struct Token: Sendable {
        var content: [UInt8]
        var id: Int32
        var isSingleWord = false
        var stripsLeft = false
        var stripsRight = false
        var isNormalized = false
        var isSpecial = false
    }

    /// All of them, by their place in the trie.
    let tokens: [Token]
    private var trie = ByteTrie()
    private var firstBytes = [Bool](repeating: false, count: 256)

    init(_ tokens: [Token]) {
        self.tokens = tokens
        for (index, token) in tokens.enumerated() where !token.content.isEmpty {
            trie.insert(token.content, Int32(index))
            firstBytes[Int(token.content[0])] = true
        }
    }

    /// A part of a text: an added token, or what stands between two of them (id −1).
    struct Part {
        var start: Int
        var end: Int
        var id: Int32 = -1
    }

    /// Cuts a text at its added tokens; of several that begin at one place, the longest.
    func parts(of text: [UInt8]) -> [Part] {
        if tokens.isEmpty { return [Part(start: 0, end: text.count)] }
        var parts: [Part] = []
        let span = text.span
        var end = 0
        var position = 0
        while position < span.count {
            guard firstBytes[Int(span[position])], let match = longest(span, position) else {
                position += 1
                continue
            }
            let token = tokens[match.token]
            var (start, stop) = (position, match.end)
            position = match.end
            if token.isSingleWord, isWord(span, before: start) || isWord(span, at: stop) { continue }
            if token.stripsLeft {
                while start > end {
                    let before = UTF8Scalar.before(span, start)
                    guard ScalarCategory.isSpace(UTF8Scalar.read(span, before).value) else { break }
                    start = before
                }
            }
            if token.stripsRight {
                while stop < span.count {
                    let (value, length) = UTF8Scalar.read(span, stop)
                    guard ScalarCategory.isSpace(value) else { break }
                    stop += length
                }
            }
            if start > end { parts.append(Part(start: end, end: start)) }
            parts.append(Part(start: start, end: stop, id: token.id))
            end = stop
            position = stop
        }
        if end < span.count { parts.append(Part(start: end, end: span.count)) }
        return parts
    }

    private func longest(_ text: borrowing Span<UInt8>, _ start: Int) -> (token: Int, end: Int)? {
        var node = ByteTrie.root
        var found: (token: Int, end: Int)?
        for position in start..<text.count {
            node = trie.next(node, text[position])
            if node < 0 { break }
            let number = trie.number(node)
            if number >= 0 { found = (Int(number), position + 1) }
        }
        return found
    }

    private func isWord(_ text: borrowing Span<UInt8>, before position: Int) -> Bool {
        position > 0 && ScalarCategory.isWord(UTF8Scalar.read(text, UTF8Scalar.before(text, position)).value)
    }

    private func isWord(_ text: borrowing Span<UInt8>, at position: Int) -> Bool {
        position < text.count && ScalarCategory.isWord(UTF8Scalar.read(text, position).value)
    }
}
