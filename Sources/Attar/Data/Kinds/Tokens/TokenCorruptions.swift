internal import Compute

extension Corruption {
    /// The share of tokens that change places with the next one.
    static let disorder: [Float] = [0.03, 0.08, 0.15, 0.25, 0.4]

    /// Dropped and swapped tokens of sequences.
    static func sequences(_ columns: [Column]) -> [Corruption] {
        guard !columns.isEmpty else { return [] }
        let names = Set(columns.map(\.name))
        return [
            .ofTokens("dropped tokens", names) { tokens, strength, generator in
                let kept = tokens.filter { _ in generator.uniform() >= dropped[strength] }
                return kept.isEmpty ? Array(tokens.prefix(1)) : kept
            },
            .ofTokens("swapped tokens", names) { tokens, strength, generator in
                var tokens = tokens
                for place in tokens.indices.dropLast() where generator.uniform() < disorder[strength] {
                    tokens.swapAt(place, place + 1)
                }
                return tokens
            },
        ]
    }

    /// A corruption of sequences of tokens; what follows the last one is 0.
    private static func ofTokens(
        _ name: String, _ columns: Set<String>,
        _ change: @escaping @Sendable ([Float], Int, inout SeededGenerator) -> [Float]
    ) -> Corruption {
        .ofColumns(name) { column, strength, generator in
            guard columns.contains(column.name) else { return nil }
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
}
