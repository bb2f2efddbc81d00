extension String {
    /// The text as a terminal shows it without obeying it: control characters, and those that turn the direction of writing, as `\\u{1B}`. Names,
    /// paths and messages of programs and servers may hold any.
    ///
    /// - Parameter keepsLines: whether line feeds and tabs stay what they are.
    package func printable(keepsLines: Bool = false) -> String {
        func isHarmful(_ scalar: UnicodeScalar) -> Bool {
            switch scalar.value {
            case 0x09, 0x0A: !keepsLines
            case 0..<0x20, 0x7F..<0xA0: true
            // Marks, embeddings, overrides and isolates of direction; separators of lines and paragraphs.
            case 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C: true
            default: false
            }
        }
        guard unicodeScalars.contains(where: isHarmful) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if isHarmful(scalar) {
                text +=
                    scalar == "\n"
                    ? "\\n" : scalar == "\t" ? "\\t" : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The text, its middle left out where it is longer than so many bytes.
    package func shortened(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        // Bytes that are cut in a character become the sign for what cannot be read.
        let (start, end) = (utf8.prefix(limit * 3 / 4), utf8.suffix(limit / 4))
        return String(decoding: Array(start), as: UTF8.self) + " … " + String(decoding: Array(end), as: UTF8.self)
    }
}
