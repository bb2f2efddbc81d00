internal import CKernels
internal import Compute

/// Numbers of rows that are summed up bin by bin: the rows of each class, or of each range of confidence.
package struct BinnedSums: Sendable {
    /// How many bins there are.
    let count: Int
    /// Each row's bin; −1 for none.
    let bins: [Int32]
    /// What each row adds.
    let values: [Float]

    /// The sums under the given weights of the rows, (bins).
    func sums(weights: [Float]) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for (row, bin) in bins.enumerated() where bin >= 0 {
            sums[Int(bin)] += Double(weights[row]) * Double(values[row])
        }
        return sums
    }

    /// The sums of each replicate, (replicates, bins).
    ///
    /// - Parameters:
    ///   - counts: how often each replicate holds each of some rows, times its weight; (replicates, rows), at most 64 replicates.
    ///   - first: the first of those rows.
    func sums(counts: Matrix, from first: Int = 0) -> Matrix {
        var sums = Matrix(rows: counts.rows, columns: count)
        attar_binned_sums(counts.elements, counts.rows, counts.columns, bins, values, first, count, &sums.elements)
        return sums
    }
}
