internal import Foundation

/// SentencePiece's compiled table of replacements: a double array of prefixes, and the texts that they become.
///
/// Source: the format of `normalization_rule` in SentencePiece's `normalizer.cc`, and Darts' double array.
struct PrecompiledMap: Sendable {
    private let units: [UInt32]
    /// The replacements, each ended by a 0.
    private let texts: [UInt8]

    /// Reads a table in Base64.
    ///
    /// - Throws: `AttarError` (`malformedData`).
    init(base64: String) throws {
        let damaged = AttarError(
            .malformedData, "the tokenizer's compiled table of replacements is damaged",
            remedy: "Fetch the tokenizer.json again")
        guard let data = Data(base64Encoded: base64), data.count >= 4 else { throw damaged }
        let bytes = Array(data)
        func word(_ at: Int) -> UInt32 {
            UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
        }
        let size = Int(word(0))
        guard size % 4 == 0, size >= 4, size + 4 <= bytes.count else { throw damaged }
        units = (0..<size / 4).map { word(4 + 4 * $0) }
        texts = Array(bytes[(4 + size)...])
    }

    func apply(to text: inout [UInt8]) {
        let string = String(decoding: text, as: UTF8.self)
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 4)
        for character in string {
            let whole = Array(character.utf8)
            if whole.count < 6, let replacement = replacement(whole) {
                result.append(contentsOf: replacement)
                continue
            }
            for scalar in character.unicodeScalars {
                let own = Array(String(Character(scalar)).utf8)
                result.append(contentsOf: replacement(own).map(Array.init) ?? own)
            }
        }
        text = result
    }

    /// What the shortest prefix in the table becomes; nil where there is none.
    private func replacement(_ key: [UInt8]) -> ArraySlice<UInt8>? {
        var position = 0
        position ^= Self.offset(units[0])
        for byte in key {
            position ^= Int(byte)
            guard position < units.count, byte != 0 else { return nil }
            let unit = units[position]
            guard unit & 0x8000_00FF == UInt32(byte) else { return nil }
            position ^= Self.offset(unit)
            guard position < units.count else { return nil }
            if unit >> 8 & 1 == 1 {
                let start = Int(units[position] & 0x7FFF_FFFF)
                guard start < texts.count else { return nil }
                return texts[start...].prefix { $0 != 0 }
            }
        }
        return nil
    }

    private static func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 1 << 9) >> 6) }
}
