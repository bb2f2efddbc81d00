internal import Compute

extension Corruption {
    /// The share of words with a slip of the fingers.
    static let typos: [Float] = [0.03, 0.08, 0.15, 0.25, 0.4]
    /// The share of words, or tokens, that are left out.
    static let dropped: [Float] = [0.04, 0.08, 0.16, 0.25, 0.4]
    /// The share of tokens that change places with the next one.
    static let disorder: [Float] = [0.03, 0.08, 0.15, 0.25, 0.4]

    /// Typos and dropped words of texts that are read; dropped and swapped tokens of sequences.
    static func texts(_ usual: UsualValues) -> [Corruption] {
        var corruptions: [Corruption] = []
        if !usual.texts.isEmpty {
            corruptions.append(.ofWords("typos", usual) { misspelt($0, share: typos[$1], &$2) })
            corruptions.append(
                .ofWords("dropped words", usual) { words, strength, generator in
                    let kept = words.filter { _ in generator.uniform() >= dropped[strength] }
                    return kept.isEmpty ? Array(words.prefix(1)) : kept
                })
        }
        if usual.arrays.values.contains(where: { if case .tokens = $0 { true } else { false } }) {
            corruptions.append(
                .ofTokens("dropped tokens", usual) { tokens, strength, generator in
                    let kept = tokens.filter { _ in generator.uniform() >= dropped[strength] }
                    return kept.isEmpty ? Array(tokens.prefix(1)) : kept
                })
            corruptions.append(
                .ofTokens("swapped tokens", usual) { tokens, strength, generator in
                    var tokens = tokens
                    for place in tokens.indices.dropLast() where generator.uniform() < disorder[strength] {
                        tokens.swapAt(place, place + 1)
                    }
                    return tokens
                })
        }
        return corruptions
    }

    /// A corruption of the words of texts, which are what stands between blanks.
    private static func ofWords(
        _ name: String, _ usual: UsualValues,
        _ change: @escaping @Sendable ([Substring], Int, inout SeededGenerator) -> [Substring]
    ) -> Corruption {
        .ofColumns(name) { column, strength, generator in
            guard case .text(let texts) = column.storage, usual.texts.contains(column.name) else { return nil }
            var changed: [String] = []
            changed.reserveCapacity(texts.count)
            for text in texts {
                changed.append(change(text.split(separator: " "), strength, &generator).joined(separator: " "))
            }
            return Column(column.name, .text(changed))
        }
    }

    /// A corruption of sequences of tokens; what follows the last one is 0.
    private static func ofTokens(
        _ name: String, _ usual: UsualValues,
        _ change: @escaping @Sendable ([Float], Int, inout SeededGenerator) -> [Float]
    ) -> Corruption {
        .ofColumns(name) { column, strength, generator in
            guard case .tokens? = usual.arrays[column.name] else { return nil }
            func changed(_ values: [Float], _ length: Int) -> [Float] {
                var all: [Float] = []
                all.reserveCapacity(values.count)
                for start in stride(from: 0, to: values.count, by: max(1, length)) {
                    let tokens = values[start..<start + length].filter { $0 != 0 }
                    let own = change(Array(tokens), strength, &generator)
                    all += own + [Float](repeating: 0, count: length - own.count)
                }
                return all
            }
            switch column.storage {
            case .tensor(let values, let shape):
                return Column(column.name, .tensor(changed(values, shape[0]), shape: shape))
            case .bytes(let bytes, let shape):
                return Column(
                    column.name, .bytes(changed(bytes.map(Float.init), shape[0]).map { UInt8($0) }, shape: shape))
            default: return nil
            }
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
