internal import Compute

extension RowSynthesiser {
    /// MUNGE: each new row starts from a training row and moves, attribute by attribute, towards its nearest neighbour.
    ///
    /// With probability p = .5 a number becomes one drawn from a normal distribution around the neighbour's value, its
    /// deviation the distance of the two (s = 1), and a category is taken over from the neighbour.
    /// Source: Bucilă, Caruana and Niculescu-Mizil, "Model compression", KDD 2006, algorithm 1. The paper changes a row and
    /// its neighbour in place and runs k passes; here every pass starts from the training rows, so that rows stay
    /// independent of their order.
    func munged(_ count: Int, _ generator: inout SeededGenerator) -> MadeRows {
        guard rows.count > 1 else { return blurred(count, &generator) }
        let neighbours = nearestNeighbours(of: features, among: candidates(&generator))
        let bases = bases(count, &generator)
        let columns = rows.columns.map { column in
            switch column.storage {
            case .numeric(let values):
                let moved = bases.map { base in
                    let (own, other) = (values[base], values[neighbours[base]])
                    if generator.uniform() < 0.5 || own.isNaN || other.isNaN { return own }
                    return other + abs(own - other) * generator.normal()
                }
                return Column(column.name, .numeric(moved))
            case .categorical(let codes, let categories):
                let moved = bases.map { generator.uniform() < 0.5 ? codes[$0] : codes[neighbours[$0]] }
                return Column(column.name, .categorical(codes: moved, categories: categories))
            case .text, .tensor, .bytes:
                return column.selecting(bases)
            }
        }
        return MadeRows(columns, from: bases)
    }

    /// The rows among which neighbours are sought: all, or a sample where all pairs would take minutes.
    private func candidates(_ generator: inout SeededGenerator) -> [Int]? {
        let most = 5_000
        return rows.count <= most ? nil : Array(0..<rows.count).shuffled(using: &generator).prefix(most).sorted()
    }
}
