import Compute

/// Changes bytes the ways in which files and messages come to be wrong, by accident and on purpose. All follows from the seed.
package struct ByteMutator {
    private var generator: SeededGenerator
    /// Other inputs of the same kind, of which parts are taken.
    private let others: [[UInt8]]

    /// The most bytes that a mutation grows to.
    private static let most = 1 << 20

    package init(seed: UInt64, stream: String, others: [[UInt8]]) {
        generator = SeededGenerator(seed: seed, stream: stream)
        self.others = others
    }

    /// A number from 0, below the bound.
    package mutating func index(below bound: Int) -> Int { generator.index(below: max(1, bound)) }

    /// One of several.
    package mutating func one<Element>(of elements: [Element]) -> Element { elements[index(below: elements.count)] }

    /// Whether something happens that does once in so many times.
    package mutating func once(in times: Int) -> Bool { index(below: times) == 0 }

    /// Bytes with a few changes.
    ///
    /// - Parameter isText: whether they are text, whose numbers, texts and lines are changed as wholes.
    package mutating func changed(_ bytes: [UInt8], isText: Bool) -> [UInt8] {
        var bytes = bytes
        for _ in 0...index(below: 3) {
            if isText, !once(in: 3) { changeText(&bytes) } else { changeBytes(&bytes) }
            if bytes.count > Self.most { bytes.removeLast(bytes.count - Self.most) }
        }
        return bytes
    }

    // MARK: - Bytes

    private mutating func changeBytes(_ bytes: inout [UInt8]) {
        let place = index(below: bytes.count + 1)
        switch index(below: 10) {
        case 0 where place < bytes.count: bytes[place] ^= UInt8(1 << index(below: 8))
        case 1 where place < bytes.count: bytes[place] = UInt8(index(below: 256))
        case 2, 3: overwrite(&bytes, at: place, with: number())
        case 4: bytes.removeSubrange(range(in: bytes, from: place))
        case 5: bytes.removeLast(bytes.count - place)
        case 6:
            let part = Array(bytes[range(in: bytes, from: place)])
            let times = once(in: 20) ? min(4000, (1 << 18) / max(1, part.count)) : 1
            bytes.insert(contentsOf: (0..<times).flatMap { _ in part }, at: place)
        case 7: bytes.insert(contentsOf: (0..<index(below: 16)).map { _ in UInt8(index(below: 256)) }, at: place)
        case 8:
            let other = others.isEmpty ? bytes : one(of: others)
            let part = Array(other[range(in: other, from: index(below: other.count + 1))])
            overwrite(&bytes, at: place, with: part)
        default:
            let other = others.isEmpty ? bytes : one(of: others)
            bytes = Array(bytes[..<place]) + other[index(below: other.count + 1)...]
        }
    }

    /// A number that is seldom thought of, in 1 to 8 bytes of either order.
    private mutating func number() -> [UInt8] {
        let value = one(of: [
            0, 1, -1, .max, .min, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x7FFF, 0xFFFF, 1 << 40, 255, 127,
        ])
        let width = one(of: [1, 2, 4, 8])
        let bytes = (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return once(in: 2) ? bytes : bytes.reversed()
    }

    private func overwrite(_ bytes: inout [UInt8], at place: Int, with part: [UInt8]) {
        bytes.replaceSubrange(place..<min(bytes.count, place + part.count), with: part)
    }

    private mutating func range(in bytes: [UInt8], from place: Int) -> Range<Int> {
        let most = once(in: 4) ? bytes.count : 32
        return place..<min(bytes.count, place + 1 + index(below: most))
    }

    // MARK: - Text

    private mutating func changeText(_ bytes: inout [UInt8]) {
        switch index(below: 10) {
        case 0...2: replace(&bytes, Self.numbers(in: bytes), Self.otherNumbers)
        case 3, 4: replace(&bytes, Self.words(in: bytes), Self.otherWords)
        case 5, 6: changeLines(&bytes)
        case 7:
            // Brackets, commas and quotes, where one is missing or too many.
            let signs = bytes.indices.filter { Self.signs.contains(bytes[$0]) }
            guard !signs.isEmpty else { return }
            let place = one(of: signs)
            if once(in: 2) { bytes.remove(at: place) } else { bytes[place] = one(of: Self.signs) }
        case 8:
            let (open, close) = one(of: [("[", "]"), (#"{"a":"#, "}"), ("(", ")"), ("- ", "")])
            let times = one(of: [2, 70, 3000])
            let inside = Array(String(repeating: open, count: times).utf8)
            let words = Self.numbers(in: bytes)
            let place = words.isEmpty ? index(below: bytes.count + 1) : one(of: words).lowerBound
            bytes.insert(contentsOf: inside + Array(String(repeating: close, count: times).utf8), at: place)
        default: bytes.insert(contentsOf: Array(one(of: Self.otherWords)), at: index(below: bytes.count + 1))
        }
    }

    private mutating func replace(_ bytes: inout [UInt8], _ places: [Range<Int>], _ others: [[UInt8]]) {
        guard !places.isEmpty else { return }
        let place = one(of: places)
        // What stands elsewhere is the right sort of thing in the wrong place.
        let other = once(in: 3) ? Array(bytes[one(of: places)]) : one(of: others)
        bytes.replaceSubrange(place, with: other)
    }

    private mutating func changeLines(_ bytes: inout [UInt8]) {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
        let (one, other) = (index(below: lines.count), index(below: lines.count))
        switch index(below: 4) {
        case 0: lines.remove(at: one)
        case 1: lines.insert(lines[one], at: other)
        case 2: lines.swapAt(one, other)
        default: lines.insert(contentsOf: (0..<50).map { _ in lines[one] }, at: other)
        }
        bytes = Array(lines.joined(separator: [10]))
    }

    private static let signs = Array(#"[]{}(),:;"'|=-"#.utf8)

    /// Where numbers stand.
    private static func numbers(in bytes: [UInt8]) -> [Range<Int>] {
        runs(in: bytes) { (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    /// Where words stand.
    private static func words(in bytes: [UInt8]) -> [Range<Int>] {
        runs(in: bytes) { (65...90).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "_") }
    }

    private static func runs(in bytes: [UInt8], _ belongs: (UInt8) -> Bool) -> [Range<Int>] {
        var (runs, start): ([Range<Int>], Int?) = ([], nil)
        for place in bytes.indices {
            if belongs(bytes[place]) {
                start = start ?? place
            } else if let begun = start {
                runs.append(begun..<place)
                start = nil
            }
        }
        if let start { runs.append(start..<bytes.count) }
        return runs
    }

    private static let otherNumbers = [
        "-1", "0", "1", "-0", "2", "255", "256", "65536", "2147483647", "-2147483648", "4294967296",
        "4611686018427387904",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "99999999999999999999999", "1e308",
        "-1e999",
        "1e-400", "0.5", "NaN", "Infinity", "-inf", "null", "true", "[]", "{}", "\"1\"", "", "16777217", "1000000000",
        "100000000000000000",
    ].map { Array($0.utf8) }

    private static let otherWords: [[UInt8]] =
        [
            "", "a", "null", "true", "nan", "\"", "\\u0000", "\\ud800", "\u{0}", "\u{1B}[31m", "\u{202E}", "e\u{301}",
            "é",
            "👩‍👩‍👧", "../../etc/passwd", "%s%n", "id", "x", "yes", "no", "&a", "*a", "!!binary", "\r", "\t", " ",
            String(repeating: "long", count: 20_000),
        ].map { Array($0.utf8) } + [
            [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF],
        ]
}
