/// Rows of different lengths, each a list of classes with a number beside each; all lists side by side in memory.
public struct Ragged: Hashable, Sendable {
    /// Where each row begins, and after the last row where it ends, (rows + 1).
    public let offsets: [Int32]
    /// Classes, counted from 0.
    public let ids: [Int32]
    /// The number of each class.
    public let values: [Float]

    /// Rows that begin at the given places.
    ///
    /// - Precondition: offsets rise from 0 to the number of entries, which is below 2³¹; there is a number for each class; no class is below 0.
    public init(offsets: [Int32], ids: [Int32], values: [Float]) {
        precondition(
            offsets.first == 0 && offsets.last.map(Int.init) == ids.count
                && zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }, "rows follow each other")
        precondition(ids.count == values.count, "a number for each class")
        precondition(ids.allSatisfy { $0 >= 0 }, "classes are counted from 0")
        (self.offsets, self.ids, self.values) = (offsets, ids, values)
    }

    /// Rows of pairs of a class and its number.
    public init(_ rows: [[(id: Int32, value: Float)]]) {
        var offsets: [Int32] = [0]
        for row in rows { offsets.append(offsets[offsets.count - 1] + Int32(row.count)) }
        self.init(offsets: offsets, ids: rows.joined().map(\.id), values: rows.joined().map(\.value))
    }

    /// Number of rows.
    public var rows: Int { offsets.count - 1 }

    /// The entries of a row.
    public func entries(of row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

    /// The rows at the given positions, in that order; positions may repeat.
    public func selecting(_ rows: [Int]) -> Ragged {
        var (starts, places): ([Int32], [Int]) = ([0], [])
        for row in rows {
            places.append(contentsOf: entries(of: row))
            starts.append(Int32(places.count))
        }
        return Ragged(offsets: starts, ids: places.map { ids[$0] }, values: places.map { values[$0] })
    }

    /// These rows with others after them.
    public func appending(_ other: Ragged) -> Ragged {
        let end = offsets[offsets.count - 1]
        return Ragged(
            offsets: offsets + other.offsets.dropFirst().map { end + $0 }, ids: ids + other.ids,
            values: values + other.values)
    }

    /// All rows in full: the number of each class that is listed, and of the others what they have together in equal shares.
    ///
    /// - Parameters:
    ///   - width: the number of classes, above each id.
    ///   - tail: what a row's other classes have together, (rows); nil for nothing.
    /// - Returns: (rows, width).
    public func full(width: Int, tail: [Float]?) -> Matrix {
        var full = Matrix(rows: rows, columns: width)
        for row in 0..<rows {
            let entries = entries(of: row)
            let others = width - entries.count
            if let tail, others > 0 {
                let share = tail[row] / Float(others)
                for column in 0..<width { full[row, column] = share }
            }
            for place in entries { full[row, Int(ids[place])] = 0 }
            for place in entries { full[row, Int(ids[place])] += values[place] }
        }
        return full
    }

    /// The number of entries of the longest row.
    var longest: Int { (0..<rows).reduce(0) { max($0, entries(of: $1).count) } }

    /// Whether the classes of each row ascend, none of them twice.
    var ascends: Bool {
        (0..<rows).allSatisfy { row in
            let ids = ids[entries(of: row)]
            return zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }
        }
    }
}
