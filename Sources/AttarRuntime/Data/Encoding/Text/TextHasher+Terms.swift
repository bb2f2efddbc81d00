/// Terms: what of a text can have a name of its own among the features.
extension TextHasher {
    /// Hands over each term of the text, as often as it occurs: its hash, and where it stands in `bytes`, one range or two.
    ///
    /// Terms are words, pairs of neighbouring words with nothing but a blank between them, and in scripts that part no words by blanks, such as
    /// Chinese, Japanese and Thai, runs of one to three characters. The hash is that of the term's name.
    package func forEachTerm(_ body: (_ hash: UInt64, _ first: Range<Int>, _ second: Range<Int>?) -> Void) {
        let span = bytes.span
        var previous: (range: Range<Int>, state: UInt64)?
        for (start, end) in words {
            let (value, _) = UTF8Scalar.read(span, start)
            if Self.isUnparted(span, start, end) {
                previous = nil
                Self.forEachRun(span, start..<end, body)
                continue
            }
            let state = Self.hashed(span, start..<end, from: Self.seed)
            body(Self.mixed(state), start..<end, nil)
            guard ScalarCategory.isWord(value) else {
                previous = nil
                continue
            }
            if let previous {
                let joined = Self.hashed(span, start..<end, from: Self.step(previous.state, 0x20))
                body(Self.mixed(joined), previous.range, start..<end)
            }
            previous = (start..<end, state)
        }
    }

    /// The name of a term that `forEachTerm` handed over.
    package func name(_ first: Range<Int>, _ second: Range<Int>?) -> String {
        let word = String(decoding: bytes[first], as: UTF8.self)
        return second.map { "\(word) \(String(decoding: bytes[$0], as: UTF8.self))" } ?? word
    }

    /// The hash of a term of that name.
    package static func hash(ofTerm name: String) -> UInt64 {
        mixed(name.utf8.reduce(seed, step))
    }

    /// Runs of one to three characters.
    private static func forEachRun(
        _ bytes: borrowing Span<UInt8>, _ word: Range<Int>, _ body: (UInt64, Range<Int>, Range<Int>?) -> Void
    ) {
        var first = word.lowerBound
        while first < word.upperBound {
            var (state, position) = (seed, first)
            for _ in 0..<3 where position < word.upperBound {
                let next = min(word.upperBound, position + UTF8Scalar.length(bytes[position]))
                state = hashed(bytes, position..<next, from: state)
                position = next
                body(mixed(state), first..<position, nil)
            }
            first += UTF8Scalar.length(bytes[first])
        }
    }

    private static func hashed(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>, from state: UInt64) -> UInt64 {
        var state = state
        for position in range { state = step(state, bytes[position]) }
        return state
    }

    /// Whether a word has a character of a script that parts no words by blanks.
    private static func isUnparted(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var position = start
        while position < end {
            // All of them take three bytes or more.
            guard bytes[position] >= 0xe0 else {
                position += UTF8Scalar.length(bytes[position])
                continue
            }
            let (value, length) = UTF8Scalar.read(bytes, position)
            if isUnparted(value) { return true }
            position += length
        }
        return false
    }

    /// Thai, Lao, Burmese, Khmer, kana and Chinese characters.
    package static func isUnparted(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x0e00...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x3040...0x30ff, 0x3400...0x9fff, 0xf900...0xfaff,
            0x20000...0x3ffff:
            true
        default: false
        }
    }
}
