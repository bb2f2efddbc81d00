/// The nearest other row of each row by Euclidean distance.
///
/// - Parameters:
///   - points: (rows, features), finite.
///   - candidates: the rows that may be a neighbour, at least two of them different from each row; nil for all.
/// - Returns: for each row the position of its nearest candidate, the row itself excluded; the first of several equally near.
/// - Complexity: O(rows × candidates × features), as matrix products of blocks of rows.
public func nearestNeighbours(of points: Matrix, among candidates: [Int]? = nil) -> [Int] {
    let references = candidates ?? Array(0..<points.rows)
    precondition(references.count > 1 || points.rows == 0, "a nearest neighbour needs another row")
    let targets = candidates == nil ? points : points.selecting(rows: references)
    let squares = (0..<targets.rows).map { row in targets.row(row).reduce(Float(0)) { $0 + $1 * $1 } }
    var nearest = [Int](repeating: 0, count: points.rows)
    let blockRows = 256
    for start in stride(from: 0, to: points.rows, by: blockRows) {
        let rows = min(blockRows, points.rows - start)
        let block = points.selecting(rows: Array(start..<start + rows))
        let products = block.timesTransposed(targets)  // (rows, references)
        for row in 0..<rows {
            var best = Float.infinity
            for column in 0..<references.count where references[column] != start + row {
                // |a − b|² without |a|², which is the same for every candidate.
                let distance = squares[column] - 2 * products[row, column]
                if distance < best {
                    best = distance
                    nearest[start + row] = references[column]
                }
            }
        }
    }
    return nearest
}
