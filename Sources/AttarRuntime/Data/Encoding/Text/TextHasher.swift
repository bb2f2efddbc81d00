/// Cuts a text into words and their parts, each as a hash.
///
/// A word is a run of letters, marks and digits, in small letters, or any other sign that is no blank.
package struct TextHasher {
    /// The text in small letters, without its blanks.
    let bytes: [UInt8]
    /// Where each word stands in `bytes`.
    let words: [(start: Int, end: Int)]

    /// Runs of characters have two to this many.
    private static let longestRun = 4

    package init(_ text: String) {
        var bytes: [UInt8] = []
        var words: [(start: Int, end: Int)] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        let source = Array(text.utf8)
        let span = source.span
        var position = 0
        var start = -1
        while position < span.count {
            let (value, length) = UTF8Scalar.read(span, position)
            position += length
            if ScalarCategory.isWord(value) {
                if start < 0 { start = bytes.count }
                if value < 0x80 {
                    bytes.append(UInt8(value >= 65 && value <= 90 ? value + 32 : value))
                } else if let scalar = Unicode.Scalar(value) {
                    bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
                }
                continue
            }
            if start >= 0 { words.append((start, bytes.count)) }
            start = -1
            if !ScalarCategory.isSpace(value) {
                words.append((bytes.count, bytes.count + length))
                UTF8Scalar.append(value, to: &bytes)
            }
        }
        if start >= 0 { words.append((start, bytes.count)) }
        (self.bytes, self.words) = (bytes, words)
    }

    /// Hands over the hash of each word, and unless `ordered` of each pair of neighbouring words and each run of two to four
    /// characters of a word with a blank on both sides.
    package func forEachFeature(ordered: Bool, _ body: (UInt64) -> Void) {
        let span = bytes.span
        var previous: UInt64?
        for (start, end) in words {
            var hash = Self.seed
            for position in start..<end { hash = Self.step(hash, span[position]) }
            body(Self.mixed(hash))
            if ordered { continue }
            if let previous { body(Self.mixed(previous &* 31 ^ hash)) }
            previous = hash
            Self.forEachRun(span, start, end, body)
        }
    }

    /// Runs of characters: a blank, the word's, a blank.
    private static func forEachRun(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ body: (UInt64) -> Void) {
        var first = start - 1
        while first < end {
            var hash = seed ^ 0x5bd1_e995
            var count = 0
            var position = first
            while count < longestRun, position <= end {
                if position < start || position == end {
                    hash = step(hash, 0x20)
                    position += 1
                } else {
                    let length = UTF8Scalar.length(bytes[position])
                    for offset in 0..<length { hash = step(hash, bytes[position + offset]) }
                    position += length
                }
                count += 1
                if count > 1 { body(mixed(hash)) }
            }
            first = first < start ? start : first + UTF8Scalar.length(bytes[first])
        }
    }

    static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    /// One byte of FNV-1a.
    @inline(__always)
    static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }

    /// All bits made to depend on all others (the finish of MurmurHash3).
    @inline(__always)
    static func mixed(_ hash: UInt64) -> UInt64 {
        var hash = hash
        hash = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ hash >> 33
    }
}
