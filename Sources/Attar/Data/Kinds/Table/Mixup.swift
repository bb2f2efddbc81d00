internal import Compute

extension RowSynthesiser {
    /// mixup: each new row is λ of one training row and 1 − λ of another, λ drawn evenly from [0, 1); a category comes from
    /// the first with probability λ.
    ///
    /// Source: Zhang et al., "mixup: Beyond Empirical Risk Minimization", ICLR 2018, with Beta(1, 1). The paper mixes the
    /// labels too; here the teacher answers the mixed row.
    func mixed(_ count: Int, _ generator: inout SeededGenerator) -> MadeRows {
        let bases = bases(count, &generator)
        let partners = (0..<count).map { _ in generator.index(below: rows.count) }
        let shares = (0..<count).map { _ in generator.uniform() }
        let columns = rows.columns.map { column in
            switch column.storage {
            case .numeric(let values):
                let mixed = (0..<count).map { row in
                    let (own, other) = (values[bases[row]], values[partners[row]])
                    if own.isNaN || other.isNaN { return shares[row] >= 0.5 ? own : other }
                    return shares[row] * own + (1 - shares[row]) * other
                }
                return Column(column.name, .numeric(mixed))
            case .categorical(let codes, let categories):
                let mixed = (0..<count).map { row in
                    codes[generator.uniform() < shares[row] ? bases[row] : partners[row]]
                }
                return Column(column.name, .categorical(codes: mixed, categories: categories))
            case .text, .tensor, .bytes:
                return column.selecting(bases)
            }
        }
        return MadeRows(columns, from: bases, partners: zip(partners, shares).map { (row: $0, share: $1) })
    }
}
