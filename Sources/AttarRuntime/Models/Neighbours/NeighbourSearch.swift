package import Compute

/// The rows that lie nearest to others: every distance is looked at, in products of blocks of rows.
package struct NeighbourSearch: Sendable {
    /// (rows, features).
    package let rows: Matrix
    /// Each row's squared length.
    private let lengths: [Float]

    /// Rows that are looked up at a time, so that their distances stay in the cache.
    private static let blockRows = 64
    /// Candidates that are kept beside the neighbours asked for: products of floats order distances only roughly, and the nearest are then measured exactly.
    private static let margin = 8

    /// Neighbours of several rows, the nearest first.
    package struct Found: Sendable {
        /// The neighbours' positions, `count` a row.
        package var positions: [Int32]
        /// Their Euclidean distances.
        package var distances: [Float]
        /// Neighbours a row.
        package let count: Int
    }

    package init(_ rows: Matrix) {
        self.rows = rows
        lengths = rows.squaredLengths()
    }

    /// The nearest rows to each of some others. One that is equal to a row in every feature is taken to be that row, which is no neighbour of its own; further equal rows are.
    ///
    /// - Precondition: there are more rows than neighbours asked for, and features are as wide.
    package func nearest(_ count: Int, to features: Matrix) -> Found {
        precondition(
            count < rows.rows && features.columns == rows.columns, "more rows than neighbours, of the same features")
        var found = Found(positions: [], distances: [], count: count)
        found.positions.reserveCapacity(features.rows * count)
        found.distances.reserveCapacity(features.rows * count)
        for start in stride(from: 0, to: features.rows, by: Self.blockRows) {
            let block = features.selecting(rows: Array(start..<min(start + Self.blockRows, features.rows)))
            let products = block.timesTransposed(rows)
            for row in 0..<block.rows {
                let candidates = candidates(products, row, keeping: min(rows.rows, count + 1 + Self.margin))
                append(candidates, of: block, row, to: &found)
            }
        }
        return found
    }

    /// The rows that seem nearest, in no order.
    private func candidates(_ products: Matrix, _ row: Int, keeping count: Int) -> [Int32] {
        // A heap whose top is the farthest of those that are kept.
        var heap: [(distance: Float, position: Int32)] = []
        heap.reserveCapacity(count)
        let start = row * rows.rows
        var limit = Float.infinity
        let (products, lengths) = (products.elements.span, lengths.span)
        for position in lengths.indices {
            // The length of the row itself is the same for all.
            let distance = lengths[position] - 2 * products[start + position]
            if heap.count < count {
                heap.append((distance, Int32(position)))
                if heap.count == count {
                    heap.sort { $0.distance > $1.distance }
                    limit = heap[0].distance
                }
            } else if distance < limit {
                Self.replaceTop(&heap, (distance, Int32(position)))
                limit = heap[0].distance
            }
        }
        return heap.map(\.position)
    }

    private static func replaceTop(
        _ heap: inout [(distance: Float, position: Int32)], _ entry: (distance: Float, position: Int32)
    ) {
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].distance > heap[child].distance { child += 1 }
            guard heap[child].distance > entry.distance else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = entry
    }

    /// Measures candidates exactly, and adds the nearest.
    private func append(_ candidates: [Int32], of block: Matrix, _ row: Int, to found: inout Found) {
        let own = block.row(row)
        var measured = candidates.map { position -> (square: Double, position: Int32) in
            var square = 0.0
            for (value, other) in zip(own, rows.row(Int(position))) {
                let off = Double(value) - Double(other)
                square += off * off
            }
            return (square, position)
        }
        measured.sort { ($0.square, $0.position) < ($1.square, $1.position) }
        let first = measured[0].square == 0 ? 1 : 0
        for neighbour in measured[first..<first + found.count] {
            found.positions.append(neighbour.position)
            found.distances.append(Float(neighbour.square.squareRoot()))
        }
    }
}
