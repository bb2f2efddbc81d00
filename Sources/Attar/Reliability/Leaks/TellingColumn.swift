internal import Compute

/// A column that alone gives the target.
package struct TellingColumn {
    /// The column.
    package let name: String
    /// How well it does, and by what.
    let metric: Metric
    let figure: Double

    /// From here on a column gives the target: the area under the curve of the class that it tells worst, or the share of the target's variance.
    static let limit = 0.99
    /// Fewest rows of a class, and of all, that tell it from chance.
    static let (fewestOfClass, fewestRows) = (5, 30)
    /// At most so many cells are looked at; of larger tables some of the rows.
    static let mostCells = 2_000_000
}

extension Problem {
    /// The columns of numbers and categories that alone give the target.
    ///
    /// A column's answer to a row is what the other rows of its value say, or of its fiftieth of the values where there are many; of two classes and of values the number
    /// itself, too.
    package var tellingColumns: [TellingColumn] {
        let columns = rows.columns.filter { $0.kind == .numeric || $0.kind == .categorical }
        let most = max(500, TellingColumn.mostCells / max(1, columns.count))
        let count = min(rows.count, most)
        guard count >= TellingColumn.fewestRows else { return [] }
        let positions = (0..<count).map { $0 * rows.count / count }
        let truth = truth.selecting(positions)
        return columns.compactMap { column in
            let cells = ColumnCells(column.selecting(positions))
            let figure: (Metric, Double)?
            switch truth {
            case .classes(let labels): figure = cells.area(labels, classes: task.names.count).map { (.auroc, $0) }
            case .values(let values):
                let figures = (0..<values.columns).map { output in
                    cells.explained((0..<values.rows).map { Double(values[$0, output]) })
                }
                figure = figures.max().map { (.r2, $0) }
            default: figure = nil
            }
            guard let (metric, value) = figure, value >= TellingColumn.limit else { return nil }
            return TellingColumn(name: column.name, metric: metric, figure: value)
        }
    }
}

/// A column's values in bins, to be held against the target.
private struct ColumnCells {
    /// Each row's bin.
    let bins: [Int]
    let binCount: Int
    /// The numbers, where there are any and none is missing.
    let numbers: [Float]?

    init(_ column: Column) {
        let ranks: [Int32]
        switch column.storage {
        case .numeric(let values):
            // Missing values stand in a bin of their own, before all others.
            ranks = Column(column.name, .numeric(values.map { $0.isNaN ? -.greatestFiniteMagnitude : $0 })).ranks
            numbers = values.contains(where: \.isNaN) ? nil : values
        case .categorical(let codes, _): (ranks, numbers) = (codes.map { $0 + 1 }, nil)
        case .text, .tensor, .bytes: (ranks, numbers) = ([Int32](repeating: 0, count: column.count), nil)
        }
        let distinct = Int(ranks.max() ?? 0) + 1
        guard distinct > 50, column.kind == .numeric else {
            (bins, binCount) = (ranks.map(Int.init), distinct)
            return
        }
        // Bins of as many rows; equal values are never parted.
        var counts = [Int](repeating: 0, count: distinct)
        for rank in ranks { counts[Int(rank)] += 1 }
        var (places, before) = ([Int](repeating: 0, count: distinct), 0)
        for rank in counts.indices {
            places[rank] = min(49, before * 50 / ranks.count)
            before += counts[rank]
        }
        (bins, binCount) = (ranks.map { places[Int($0)] }, 50)
    }

    /// The area under the curve of the class that the column tells worst; nil where no class has enough rows.
    func area(_ labels: [Int32], classes: Int) -> Double? {
        var counts = [[Double]](repeating: [Double](repeating: 0, count: binCount), count: classes)
        var sizes = [Double](repeating: 0, count: binCount)
        for (bin, label) in zip(bins, labels) where label >= 0 {
            counts[Int(label)][bin] += 1
            sizes[bin] += 1
        }
        let weights = labels.map { Float($0 >= 0 ? 1 : 0) }
        var least: Double?
        for one in 0..<classes {
            let total = Int(counts[one].reduce(0, +))
            guard min(total, labels.count - total) >= TellingColumn.fewestOfClass else { continue }
            let isPositive = labels.map { $0 == Int32(one) }
            let scores = zip(bins, isPositive).map { bin, isOwn in
                sizes[bin] > 1
                    ? Float((counts[one][bin] - (isOwn ? 1 : 0)) / (sizes[bin] - 1))
                    : Float(total) / Float(labels.count)
            }
            var area = RankStatistics.area(scores, isPositive: isPositive, weights: weights)?.value ?? 0
            if let numbers, classes == 2,
                let own = RankStatistics.area(numbers, isPositive: isPositive, weights: weights)
            {
                area = max(area, own.value, 1 - own.value)
            }
            least = min(least ?? 1, area)
        }
        return least
    }

    /// The share of a target's variance that the column explains: by the other rows of a bin, or by the line through its numbers.
    func explained(_ target: [Double]) -> Double {
        guard target.allSatisfy(\.isFinite) else { return 0 }
        let mean = target.reduce(0, +) / Double(target.count)
        let total = target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard total > 0 else { return 0 }
        var (sums, sizes) = ([Double](repeating: 0, count: binCount), [Double](repeating: 0, count: binCount))
        for (bin, value) in zip(bins, target) {
            sums[bin] += value
            sizes[bin] += 1
        }
        let squares = zip(bins, target).reduce(0.0) { sum, row in
            let (bin, value) = row
            let answer = sizes[bin] > 1 ? (sums[bin] - value) / (sizes[bin] - 1) : mean
            return sum + (value - answer) * (value - answer)
        }
        var share = 1 - squares / total
        if let numbers {
            let own = numbers.map(Double.init)
            let centre = own.reduce(0, +) / Double(own.count)
            let (cross, spread) = zip(own, target).reduce((0.0, 0.0)) {
                ($0.0 + ($1.0 - centre) * ($1.1 - mean), $0.1 + ($1.0 - centre) * ($1.0 - centre))
            }
            if spread > 0 { share = max(share, cross * cross / (spread * total)) }
        }
        return share
    }
}
