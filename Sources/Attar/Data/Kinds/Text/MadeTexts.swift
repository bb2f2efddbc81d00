internal import Compute

extension RowSynthesiser {
    /// New texts of a column's words, which are what stands between blanks; nil for other columns, for codes of digits and, beside other columns, names and codes, which are
    /// taken over whole, and for `munge`, which has no neighbours to move to.
    ///
    /// - `spunge`: a tenth of a text's words, at least one, become words drawn from all training texts.
    /// - `mixup`: the beginning of one text and the end of another, beside numbers that of the row that these are mixed with.
    /// - `noise`: a tenth of the words are left out, and of every fourth text only one to five neighbouring words are left (Tang et al.,
    ///   "Distilling Task-Specific Knowledge from BERT into Simple Neural Networks", 2019, section 3.2).
    func texts(
        _ column: Column, made count: Int, by strategy: TransferStrategy, _ generator: inout SeededGenerator
    ) -> Column? {
        guard case .text(let texts) = column.storage, strategy != .munge, !column.holdsCodesOfDigits,
            origins == nil || column.isProse
        else { return nil }
        let words = texts.map { $0.split(separator: " ") }
        let all = words.flatMap { $0 }
        let bases = bases(count, &generator)
        let partners = origins?.partners
        let made = bases.enumerated().map { index, base in
            var own = words[base]
            guard !own.isEmpty else { return "" }
            switch strategy {
            case .spunge:
                for _ in 0..<max(1, own.count / 10) {
                    let place = generator.index(below: own.count)
                    own[place] = all[generator.index(below: all.count)]
                }
            case .mixup:
                // Beside numbers the row and the share that these are mixed by.
                let partner = partners?[index]
                let other = words[partner?.row ?? generator.index(below: words.count)]
                let share = Double(partner?.share ?? generator.uniform())
                let (kept, dropped) = (share * Double(own.count), share * Double(other.count))
                own = Array(own.prefix(Int(kept.rounded())))
                own.append(contentsOf: other.dropFirst(Int(dropped.rounded())))
            default:
                if generator.uniform() < 0.25 {
                    let kept = 1 + generator.index(below: 5)
                    own = Array(own.dropFirst(generator.index(below: max(1, own.count - kept + 1))).prefix(kept))
                } else {
                    let left = own.filter { _ in generator.uniform() >= 0.1 }
                    if !left.isEmpty { own = left }
                }
            }
            return own.joined(separator: " ")
        }
        return Column(column.name, .text(made))
    }
}
