/// Who is paired with whom where each pair gains something.
package enum Assignment {
    /// For each row the column, each column once, whose gains are the largest in sum.
    ///
    /// The Hungarian method with shortest augmenting paths: Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems",
    /// Computing 38 (1987).
    /// - Parameter gains: as many columns as rows.
    /// - Complexity: O(n³) for n rows.
    package static func best(_ gains: [[Int]]) -> [Int] {
        let count = gains.count
        // Potentials of rows and columns, and the row of each column; 0 stands for none.
        var (ofRow, ofColumn) = ([Int](repeating: 0, count: count + 1), [Int](repeating: 0, count: count + 1))
        var owner = [Int](repeating: 0, count: count + 1)
        for row in 1..<(count + 1) {
            owner[0] = row
            var column = 0
            var slack = [Int](repeating: .max, count: count + 1)
            var before = [Int](repeating: 0, count: count + 1)
            var isReached = [Bool](repeating: false, count: count + 1)
            repeat {
                isReached[column] = true
                let own = owner[column]
                var (least, next) = (Int.max, 0)
                for other in 1..<(count + 1) where !isReached[other] {
                    let cost = -gains[own - 1][other - 1] - ofRow[own] - ofColumn[other]
                    if cost < slack[other] { (slack[other], before[other]) = (cost, column) }
                    if slack[other] < least { (least, next) = (slack[other], other) }
                }
                for other in 0...count {
                    if isReached[other] {
                        ofRow[owner[other]] += least
                        ofColumn[other] -= least
                    } else if slack[other] < .max {
                        slack[other] -= least
                    }
                }
                column = next
            } while owner[column] != 0
            while column != 0 {
                owner[column] = owner[before[column]]
                column = before[column]
            }
        }
        var columns = [Int](repeating: 0, count: count)
        for column in 1..<(count + 1) { columns[owner[column] - 1] = column - 1 }
        return columns
    }
}
