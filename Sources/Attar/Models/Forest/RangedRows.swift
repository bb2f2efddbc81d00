internal import CKernels
package import Compute

/// Rows as trees of a forest are grown on them: each column cut into at most 256 ranges of about as many rows, one byte a number.
///
/// Columns that are the same in all rows are left out, so that no node draws them.
package struct RangedRows: Sendable {
    /// Number of rows.
    package let count: Int
    /// The columns that vary, by their numbers among all.
    package let columns: [Int32]
    /// Each row's ranges, (count, columns).
    package let codes: [UInt8]
    /// The least value of each range, (columns, 256).
    package let lows: [Float]
    /// The largest value of each range, (columns, 256).
    package let highs: [Float]

    /// Ranges that a column is cut into at most.
    package static let most = Int(ATTAR_FOREST_RANGES)

    /// Cuts the columns of some rows, whose numbers are finite.
    ///
    /// - Complexity: O(rows · columns).
    package init(_ features: Matrix) {
        let (count, width) = (features.rows, features.columns)
        let values = features.elements
        let varying = (0..<width).filter { column in
            stride(from: column, to: values.count, by: width).contains { values[$0] != values[column] }
        }
        var codes = [UInt8](repeating: 0, count: count * varying.count)
        var (lows, highs) = ([Float](), [Float]())
        var order = [Int32](repeating: 0, count: count)
        var room = [UInt64](repeating: 0, count: 2 * count)
        for (place, column) in varying.enumerated() {
            var (low, high) = ([Float](repeating: 0, count: Self.most), [Float](repeating: 0, count: Self.most))
            values.withUnsafeBufferPointer { values in
                codes.withUnsafeMutableBufferPointer { codes in
                    guard let values = values.baseAddress, let codes = codes.baseAddress else { return }
                    attar_order(values + column, width, count, &order, &room)
                    _ = attar_ranges(
                        values + column, width, count, order, Self.most, codes + place, varying.count, &low, &high)
                }
            }
            lows += low
            highs += high
        }
        (self.count, self.columns, self.codes) = (count, varying.map(Int32.init), codes)
        (self.lows, self.highs) = (lows, highs)
    }
}
