package import Compute

extension FeatureEncoder {
    /// Whether a strategy that makes up rows makes others of these than copies: arrays of numbers, such as pictures, are changed by none, and
    /// texts and sequences of tokens have no nearest neighbour for `munge` to move to.
    package func isChanged(by strategy: TransferStrategy, kinds: Registry<DataKind>) -> Bool {
        columns.contains { kinds.kind(of: $0).making.isChanged($0, strategy) }
    }

    /// Features by which rows are near or far: all, or where some are ids, which are no distances, all others. (rows, some of the width).
    package func distanceFeatures(_ features: Matrix) -> Matrix {
        guard case .mixed = layout else { return features }
        let numbers = MixedRows.parts(of: blocks).numbers
        return numbers.isEmpty ? features : MixedRows.columns(numbers, of: features)
    }
}
