extension Tokenizer {
    /// A token as a text of its own writes it: without the marks of where in a word it stands, for those who are asked about it and read texts.
    package func text(ofToken id: Int) -> String {
        var token = vocabulary[id]
        if case .wordPiece = parts.model, token.hasPrefix("##") { token.removeFirst(2) }
        let scalars = token.unicodeScalars.map(\.value)
        // Letters from U+0100 on stand for bytes only where all others could.
        let bytes = scalars.compactMap { scalar in ByteAlphabet.scalars.firstIndex(of: scalar).map { UInt8($0) } }
        if case .bytePairs = parts.model, bytes.count == scalars.count, scalars.contains(where: { $0 >= 0x100 }) {
            token = String(decoding: bytes, as: UTF8.self)
        }
        let blanks: Set<Character> = [" ", "▁"]
        let plain = token.map { blanks.contains($0) ? " " : $0 }.drop { $0 == " " }.reversed().drop { $0 == " " }
        return plain.isEmpty ? token : String(plain.reversed())
    }
}
