internal import Compute
internal import Foundation

extension Corruption {
    /// Of Laplace's noise, the deviation in the column's own deviations. Laplace's tails are heavier than those of the normal noise in training.
    static let noise: [Float] = [0.05, 0.1, 0.2, 0.35, 0.5]
    /// The share of cells that go missing.
    static let missing: [Float] = [0.02, 0.05, 0.1, 0.2, 0.3]
    /// What a tenth of the columns of numbers are multiplied by; the last is an inch read as centimetres.
    static let factors: [Float] = [1.05, 1.1, 1.25, 1.6, 2.54]
    /// The share of rows in which columns of numbers change places: one pair for every ten columns.
    static let swaps: [Float] = [0.1, 0.2, 0.4, 0.7, 1]
    /// The share of categories that become another: every second one of the rarer half, the others one that was never seen.
    static let drift: [Float] = [0.05, 0.1, 0.2, 0.35, 0.5]

    /// Noise, missing cells, scaled units, swapped columns and category drift, as far as there are columns for them.
    static func table(_ usual: UsualCells, seed: UInt64) -> [Corruption] {
        let numbers = usual.deviations.keys.sorted()
        let hasArrays = !usual.arrays.isEmpty
        var corruptions: [Corruption] = []
        if usual.deviations.values.contains(where: { $0 > 0 }) || hasArrays {
            corruptions.append(.ofColumns("noise") { noisy($0, usual, deviation: noise[$1], &$2) })
        }
        if !numbers.isEmpty || !usual.rarer.isEmpty || hasArrays {
            corruptions.append(.ofColumns("missing cells") { thinned($0, usual, share: missing[$1], &$2) })
        }
        if !numbers.isEmpty {
            var generator = SeededGenerator(seed: seed, stream: "scaled columns")
            let varied = numbers.filter { (usual.deviations[$0] ?? 0) > 0 }
            let scaled = Set(varied.shuffled(using: &generator).prefix(max(1, varied.count / 10)))
            corruptions.append(
                .ofColumns("scaled units") { column, strength, _ in
                    guard case .numeric(let values) = column.storage, scaled.contains(column.name) else { return nil }
                    return Column(column.name, .numeric(values.map { bounded($0 * factors[strength]) }))
                })
        }
        if numbers.count > 1 {
            corruptions.append(
                Corruption(name: "swapped columns") { swapped($0, share: swaps[$1], &$2) })
        }
        if !usual.rarer.isEmpty {
            corruptions.append(.ofColumns("category drift") { drifted($0, usual, share: drift[$1], &$2) })
        }
        return corruptions
    }

    /// Columns hold no infinite numbers; missing ones stay missing.
    private static func bounded(_ value: Float) -> Float {
        value.isInfinite ? (value < 0 ? -1 : 1) * .greatestFiniteMagnitude : value
    }

    /// A number of Laplace's distribution with deviation 1.
    static func laplace(_ generator: inout SeededGenerator) -> Float {
        // Never 0, of which there is no logarithm.
        let size = -Float.log(generator.uniform() + 0x1p-25) * Float(0.5).squareRoot()
        return generator.next() >> 63 == 0 ? size : -size
    }

    private static func noisy(
        _ column: Column, _ usual: UsualCells, deviation: Float, _ generator: inout SeededGenerator
    ) -> Column? {
        switch (column.storage, usual.arrays[column.name]) {
        case (.numeric(var values), _):
            let own = deviation * (usual.deviations[column.name] ?? 0)
            guard own > 0 else { return nil }
            for row in values.indices { values[row] = bounded(values[row] + own * laplace(&generator)) }
            return Column(column.name, .numeric(values))
        case (.tensor(var values, let shape), let unit?) where unit > 0:
            for place in values.indices { values[place] += deviation * unit * laplace(&generator) }
            return Column(column.name, .tensor(values, shape: shape))
        default: return nil
        }
    }

    private static func thinned(
        _ column: Column, _ usual: UsualCells, share: Float, _ generator: inout SeededGenerator
    ) -> Column? {
        switch (column.storage, usual.arrays[column.name]) {
        case (.numeric(var values), _):
            for row in values.indices where generator.uniform() < share { values[row] = .nan }
            return Column(column.name, .numeric(values))
        case (.categorical(var codes, let categories), _):
            for row in codes.indices where generator.uniform() < share { codes[row] = -1 }
            return Column(column.name, .categorical(codes: codes, categories: categories))
        case (.tensor(var values, let shape), _?):
            for place in values.indices where generator.uniform() < share { values[place] = .nan }
            return Column(column.name, .tensor(values, shape: shape))
        default: return nil
        }
    }

    private static func swapped(_ columns: [Column], share: Float, _ generator: inout SeededGenerator) -> [Column] {
        let places = columns.indices.filter { columns[$0].kind == .numeric }
        guard places.count > 1 else { return columns }
        var values = places.map { place -> [Float] in
            if case .numeric(let values) = columns[place].storage { values } else { [] }
        }
        let pairs = max(1, places.count / 10)
        for row in values[0].indices where generator.uniform() < share {
            for _ in 0..<pairs {
                let first = generator.index(below: places.count)
                let second = (first + 1 + generator.index(below: places.count - 1)) % places.count
                (values[first][row], values[second][row]) = (values[second][row], values[first][row])
            }
        }
        var changed = columns
        for (index, place) in places.enumerated() {
            changed[place] = Column(columns[place].name, .numeric(values[index]))
        }
        return changed
    }

    private static func drifted(
        _ column: Column, _ usual: UsualCells, share: Float, _ generator: inout SeededGenerator
    ) -> Column? {
        guard case .categorical(var codes, var categories) = column.storage, let rarer = usual.rarer[column.name]
        else { return nil }
        // Rows may be a selection that lacks some of the usual rows' categories.
        let targets = rarer.map { name in
            if let code = categories.firstIndex(of: name) { return Int32(code) }
            categories.append(name)
            return Int32(categories.count - 1)
        }
        var unseen = "another \(column.name)"
        while categories.contains(unseen) { unseen += "*" }
        categories.append(unseen)
        for row in codes.indices where codes[row] >= 0 && generator.uniform() < share {
            let isUnseen = targets.isEmpty || generator.next() >> 63 == 0
            codes[row] = isUnseen ? Int32(categories.count - 1) : targets[generator.index(below: targets.count)]
        }
        return Column(column.name, .categorical(codes: codes, categories: categories))
    }
}
