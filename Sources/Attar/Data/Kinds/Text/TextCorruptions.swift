internal import Compute

extension Corruption {
    /// The share of words with a slip of the fingers.
    static let typos: [Float] = [0.03, 0.08, 0.15, 0.25, 0.4]
    /// The share of words, or tokens, that are left out.
    static let dropped: [Float] = [0.04, 0.08, 0.16, 0.25, 0.4]

    /// Typos and dropped words of texts.
    static func texts(_ columns: [Column]) -> [Corruption] {
        guard !columns.isEmpty else { return [] }
        let names = Set(columns.map(\.name))
        return [
            .ofWords("typos", names) { misspelt($0, share: typos[$1], &$2) },
            .ofWords("dropped words", names) { words, strength, generator in
                let kept = words.filter { _ in generator.uniform() >= dropped[strength] }
                return kept.isEmpty ? Array(words.prefix(1)) : kept
            },
        ]
    }

    /// A corruption of the words of texts, which are what stands between blanks.
    private static func ofWords(
        _ name: String, _ columns: Set<String>,
        _ change: @escaping @Sendable ([Substring], Int, inout SeededGenerator) -> [Substring]
    ) -> Corruption {
        .ofColumns(name) { column, strength, generator in
            guard case .text(let texts) = column.storage, columns.contains(column.name) else { return nil }
            var changed: [String] = []
            changed.reserveCapacity(texts.count)
            for text in texts {
                changed.append(change(text.split(separator: " "), strength, &generator).joined(separator: " "))
            }
            return Column(column.name, .text(changed))
        }
    }

    /// Of some words two neighbouring characters change places, one is left out, or one is written twice.
    private static func misspelt(
        _ words: [Substring], share: Float, _ generator: inout SeededGenerator
    ) -> [Substring] {
        var changed = words
        for place in words.indices where words[place].count > 1 && generator.uniform() < share {
            var letters = Array(words[place])
            let letter = generator.index(below: letters.count - 1)
            switch generator.index(below: 3) {
            case 0: letters.swapAt(letter, letter + 1)
            case 1: letters.remove(at: letter)
            default: letters.insert(letters[letter], at: letter)
            }
            changed[place] = Substring(String(letters))
        }
        return changed
    }
}
