internal import Compute

/// Rows of the same contents, and whether they are copies of each other or equal by chance, as rows of three flags are.
///
/// A share of equal rows says little: a table of flags has eight different rows, however many it holds. So rows that have equals are held against the other rows. They are
/// copies where the numbers or texts in them are too many-valued to meet by chance: a finely graded value that no row of other contents has, or contents that are improbable
/// by the columns' shares, with no row that differs in one or two columns only, as there would be many if chance had brought them together.
package struct EqualRows {
    /// Each row's contents.
    package let contents: [UInt64]
    /// Rows whose contents occur once more at least.
    package let repeated: Int
    /// Whether rows of the same contents are copies.
    package let areCopies: Bool

    /// How many of the contents that occur more than once, and of the others that they are held against, are looked at.
    private static let (mostLooked, mostOthers) = (100, 2_000)

    /// - Parameters:
    ///   - rows: the rows.
    ///   - contents: one for each.
    init(_ rows: Dataset, contents: [UInt64]) {
        self.contents = contents
        var first: [UInt64: Int] = [:]
        var counts: [UInt64: Int] = [:]
        for (row, content) in contents.enumerated() {
            if counts[content, default: 0] == 0 { first[content] = row }
            counts[content, default: 0] += 1
        }
        repeated = counts.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) }
        guard repeated > 0 else {
            areCopies = false
            return
        }
        // In the rows' order, so that nothing depends on that of a dictionary.
        let different = contents.indices.filter { first[contents[$0]] == $0 }
        let several = different.filter { (counts[contents[$0]] ?? 0) > 1 }
        let looked = Self.spread(several, most: Self.mostLooked)
        let table = ComparableRows(rows, different: different)
        let others = Self.spread(different, most: Self.mostOthers)
        let copies = looked.count { table.isCopied($0, among: others, rows: contents.count) }
        areCopies = 2 * copies > looked.count
    }

    /// At most so many of the positions, evenly spread.
    private static func spread(_ positions: [Int], most: Int) -> [Int] {
        guard positions.count > most else { return positions }
        return (0..<most).map { positions[$0 * positions.count / most] }
    }

    /// What each row belongs to, copies together; nil where there are none.
    package var wholes: [Int32]? {
        guard areCopies else { return nil }
        var numbers: [UInt64: Int32] = [:]
        return contents.map { content in
            if let number = numbers[content] { return number }
            let number = Int32(numbers.count)
            numbers[content] = number
            return number
        }
    }
}

/// Rows as they can be compared column by column.
private struct ComparableRows {
    /// For each column each row's value as a number that equal values share.
    private let values: [[Int32]]
    /// For each column how many of the different rows have a value.
    private let counts: [[Int32: Int]]
    /// Whether values of a column are so finely graded that two hardly meet by chance.
    private let isFine: [Bool]
    private let different: Int

    init(_ rows: Dataset, different: [Int]) {
        let own = rows.identifierColumns.map(\.name)
        let columns = rows.columns.filter { !own.contains($0.name) }
        values = columns.map(Self.numbered)
        counts = values.map { values in
            different.reduce(into: [:]) { counts, row in counts[values[row], default: 0] += 1 }
        }
        isFine = columns.map { Self.isFine($0, rows: rows.count) }
        self.different = different.count
    }

    /// Whether rows of a row's contents are copies of it.
    func isCopied(_ row: Int, among others: [Int], rows: Int) -> Bool {
        if zip(isFine, zip(values, counts)).contains(where: { $0 && $1.1[$1.0[row]] == 1 }) { return true }
        guard values.count >= 3 else { return false }
        let chance = zip(values, counts).reduce(Double(rows)) {
            $0 * Double($1.1[$1.0[row]] ?? 0) / Double(different)
        }
        guard chance < 0.01 else { return false }
        let near = values.count == 3 ? 1 : 2
        return !others.contains { other in
            var differences = 0
            for column in values where column[row] != column[other] {
                differences += 1
                if differences > near { return false }
            }
            return differences > 0
        }
    }

    private static func numbered(_ column: Column) -> [Int32] {
        if case .categorical(let codes, _) = column.storage { return codes }
        if column.wholes == nil, case .numeric(let values) = column.storage {
            return values.map { Int32(bitPattern: $0.bitPattern) }
        }
        let hashes = RowHashes(Dataset(source: "", columns: [column])).values
        return hashes.map { Int32(truncatingIfNeeded: $0 >> 32) }
    }

    /// Numbers of which twenty times as many as there are rows would fit between the smallest and the largest; texts of several words; arrays that vary.
    private static func isFine(_ column: Column, rows: Int) -> Bool {
        switch column.storage {
        case .numeric(let values):
            let distinct = Set(values.filter { !$0.isNaN }).sorted()
            guard let least = distinct.first, let most = distinct.last, least < most else { return false }
            let gaps = zip(distinct, distinct.dropFirst()).map { Double($1) - Double($0) }
            return Double(most) - Double(least) >= 20 * Double(rows) * (gaps.min() ?? 1)
        case .text(let texts): return texts.count { $0.utf8.count >= 20 } * 2 > texts.count
        case .tensor(let values, let shape):
            let width = shape.reduce(1, *)
            return width >= 8 && Set(values.prefix(width)).count >= 8
        case .bytes(let values, let shape):
            let width = shape.reduce(1, *)
            return width >= 8 && Set(values.prefix(width)).count >= 8
        case .categorical: return false
        }
    }
}

extension Dataset {
    /// The rows by their contents.
    package var equalRows: EqualRows { EqualRows(self, contents: contents.values) }

    /// What each row belongs to that is not parted: its group, or the copies of it; nil where every row stands alone.
    package var keptTogether: [Int32]? {
        guard let group else { return equalRows.wholes }
        return group.numbers
    }
}

extension Column {
    /// Each row's value as a number from 0, in the order in which values first occur.
    package var numbers: [Int32] {
        var known: [String: Int32] = [:]
        return (0..<count).map { row in
            let key = key(row)
            if let number = known[key] { return number }
            let number = Int32(known.count)
            known[key] = number
            return number
        }
    }
}
