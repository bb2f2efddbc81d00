internal import Foundation

/// Rows put into groups by one of their properties, each row into one group or none: where slices come from.
public struct RowPartition: Sendable {
    /// What makes the groups.
    public let kind: SliceEvidence.Kind
    /// What is looked at, as in messages: a column's name.
    public let subject: String
    /// The groups' names: "colour = red".
    public let names: [String]
    /// Each row's group, `none` where it is in none.
    public let codes: [Int32]

    /// The code of rows in no group.
    public static let none: Int32 = -1

    /// Groups of rows.
    ///
    /// - Parameter codes: each row's position in the names, −1 for none.
    public init(kind: SliceEvidence.Kind, subject: String, names: [String], codes: [Int32]) {
        (self.kind, self.subject, self.names, self.codes) = (kind, subject, names, codes)
    }

    /// How many rows each group has.
    public var counts: [Int] {
        var counts = [Int](repeating: 0, count: names.count)
        for code in codes where code >= 0 { counts[Int(code)] += 1 }
        return counts
    }

    /// The most categories of a column that are slices of their own: the most frequent ones.
    static let mostCategories = 100

    // MARK: By columns

    /// A column's values as groups: categories one by one, numbers cut at their quartiles, texts by their length in words. Missing values are a group.
    /// Nil for arrays, and where all rows fall into one group.
    package static func of(
        _ column: Column, kinds: Registry<DataKind>
    ) -> RowPartition? {
        kinds.kind(of: column).showing.partition(column)
    }

    /// Rows by their category, the rarest of many in no group.
    static func byCategory(_ name: String, _ codes: [Int32], _ categories: [String]) -> RowPartition? {
        var counts = [Int](repeating: 0, count: categories.count)
        for code in codes where code >= 0 { counts[Int(code)] += 1 }
        let kept = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
            .prefix(mostCategories).sorted()
        var positions = [Int32](repeating: none, count: categories.count)
        for (position, category) in kept.enumerated() { positions[category] = Int32(position) }
        var names = kept.map { "\(name) = \(categories[$0])" }
        let missing = Int32(names.count)
        if codes.contains(where: { $0 < 0 }) { names.append("\(name) is missing") }
        guard names.count > 1 else { return nil }
        return RowPartition(
            kind: .category, subject: name, names: names, codes: codes.map { $0 < 0 ? missing : positions[Int($0)] })
    }

    /// Numbers cut at their quartiles. Equal values are never parted, so that ranges with ties may be larger; up to four different values are a
    /// group each.
    static func byRange(_ name: String, _ values: [Float]) -> RowPartition? {
        let sorted = values.filter { !$0.isNaN }.sorted()
        var names: [String] = []
        // The lowest values of all ranges but the first.
        var starts: [Float] = []
        if let first = sorted.first, let last = sorted.last {
            var distinct = [first]
            for value in sorted where distinct.count <= 4 && value != distinct[distinct.count - 1] {
                distinct.append(value)
            }
            if distinct.count <= 4 {
                starts = Array(distinct.dropFirst())
            } else {
                for quarter in 1...3 {
                    let start = sorted[quarter * sorted.count / 4]
                    if start > first, start != starts.last { starts.append(start) }
                }
            }
            var from = first
            for index in 0...starts.count {
                let end = index < starts.count ? lowerBound(of: starts[index], in: sorted) - 1 : sorted.count - 1
                let to = index < starts.count ? sorted[end] : last
                names.append(from == to ? "\(name) = \(label(from))" : "\(name) in \(label(from)) to \(label(to))")
                if index < starts.count { from = starts[index] }
            }
        }
        let missing = Int32(names.count)
        if sorted.count < values.count { names.append("\(name) is missing") }
        guard names.count > 1 else { return nil }
        let codes = values.map { value -> Int32 in
            if value.isNaN { return missing }
            var code: Int32 = 0
            for start in starts where value >= start { code += 1 }
            return code
        }
        return RowPartition(kind: .range, subject: name, names: names, codes: codes)
    }

    /// The first position of sorted numbers at which a value stands that is not below the given one.
    private static func lowerBound(of value: Float, in sorted: [Float]) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// A number as slices name it: whole numbers as they are, others with four digits.
    static func label(_ number: Float) -> String {
        number == number.rounded() && abs(number) < 1e7
            ? Column.label(of: number)
            : String(format: "%.4g", locale: Locale(identifier: "en_US_POSIX"), Double(number))
    }

    // MARK: By other things

    /// Rows by their class; nil where all are of one.
    package static func byClass(_ truth: Truth, of task: LearningTask) -> RowPartition? {
        guard case .classes(let labels) = truth else { return nil }
        let partition = RowPartition(
            kind: .label, subject: "class", names: task.names.map { "class \($0)" }, codes: labels)
        return partition.counts.count { $0 > 0 } > 1 ? partition : nil
    }

    /// Rows in a group of this and a group of another; the eight largest groups of each are looked at.
    public func paired(with other: RowPartition) -> RowPartition {
        func largest(_ partition: RowPartition) -> (kept: [Int], positions: [Int32]) {
            let counts = partition.counts
            let kept = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(8).sorted()
            var positions = [Int32](repeating: Self.none, count: counts.count)
            for (position, code) in kept.enumerated() { positions[code] = Int32(position) }
            return (kept, positions)
        }
        let (own, others) = (largest(self), largest(other))
        let width = Int32(others.kept.count)
        let both = zip(codes, other.codes).map { code, otherCode -> Int32 in
            guard code >= 0, otherCode >= 0, own.positions[Int(code)] >= 0, others.positions[Int(otherCode)] >= 0
            else { return Self.none }
            return own.positions[Int(code)] * width + others.positions[Int(otherCode)]
        }
        return RowPartition(
            kind: .pair, subject: "\(subject) and \(other.subject)",
            names: own.kept.flatMap { first in others.kept.map { "\(names[first]) and \(other.names[$0])" } },
            codes: both)
    }
}
