internal import Compute

extension RowSynthesiser {
    /// New sequences of tokens; a column of other arrays, or one that the strategy does not change, as it is.
    ///
    /// - `spunge`: a tenth of a sequence's tokens, at least one, become tokens drawn from all training rows.
    /// - `mixup`: the beginning of one sequence and the end of another, cut at a place that is drawn evenly, as CutMix does with pictures (Yun et al.,
    ///   ICCV 2019).
    /// - `noise`: a tenth of the tokens become the unknown one, and of every fourth sequence only one to five neighbouring tokens are left (Tang et al.,
    ///   "Distilling Task-Specific Knowledge from BERT into Simple Neural Networks", 2019, section 3.2).
    func sequences(
        _ column: Column, made count: Int, by strategy: TransferStrategy, _ generator: inout SeededGenerator
    ) -> Column? {
        guard case .tensor(let values, let shape) = column.storage, let vocabulary = vocabularies[column.name],
            strategy != .munge
        else { return nil }
        let length = shape[0]
        let bases = bases(count, &generator)
        var made: [Float] = []
        made.reserveCapacity(count * length)
        for (index, base) in bases.enumerated() {
            let start = made.count
            made.append(contentsOf: values[base * length..<(base + 1) * length])
            switch strategy {
            case .spunge:
                for _ in 0..<max(1, length / 10) {
                    let other = generator.index(below: values.count)
                    let place = start + generator.index(below: length)
                    if made[place] > 0, values[other] > 0 { made[place] = values[other] }
                }
            case .mixup:
                let other = (origins?.partners?[index].row ?? generator.index(below: rows.count)) * length
                for place in generator.index(below: length + 1)..<length { made[start + place] = values[other + place] }
            default:
                let isShort = generator.uniform() < 0.25
                let kept = 1 + generator.index(below: 5)
                let first = generator.index(below: max(1, length - kept + 1))
                for place in 0..<length where made[start + place] > 0 {
                    if isShort, !(first..<first + kept).contains(place) {
                        made[start + place] = 0
                    } else if generator.uniform() < 0.1 {
                        made[start + place] = Float(vocabulary - 1)
                    }
                }
            }
        }
        return Column(column.name, .tensor(made, shape: shape))
    }
}
