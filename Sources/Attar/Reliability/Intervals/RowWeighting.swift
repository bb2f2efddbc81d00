/// How much rows count, and which of them belong together.
package struct RowWeighting: Sendable {
    /// One a row.
    let weights: [Float]
    /// What each row belongs to, which was drawn as a whole; nil where each row is a unit of its own.
    let units: [Int32]?
    /// Whether all rows count the same, each by itself.
    let isPlain: Bool
    /// How much further figures of the rows may be off than these tell by themselves.
    let dependence: FoldDependence

    package init(_ weights: [Float], units: [Int32]? = nil, dependence: FoldDependence = .none) {
        (self.weights, self.units, self.dependence) = (weights, units, dependence)
        isPlain = units == nil && weights.allSatisfy { $0 == weights.first }
    }

    func weight(_ row: Int) -> Double { Double(weights[row]) }

    /// Each unit's weight, and the weighted sum of something over its rows.
    func forEachUnit(of rows: [Int], _ body: (_ weight: Double, _ sum: Double) -> Void, off: (Int) -> Double) {
        guard let units else {
            for row in rows { body(weight(row), weight(row) * off(row)) }
            return
        }
        var sums: [Int32: (weight: Double, sum: Double)] = [:]
        var order: [Int32] = []
        for row in rows {
            if sums[units[row]] == nil { order.append(units[row]) }
            sums[units[row], default: (0, 0)].weight += weight(row)
            sums[units[row], default: (0, 0)].sum += weight(row) * off(row)
        }
        for unit in order { body(sums[unit]?.weight ?? 0, sums[unit]?.sum ?? 0) }
    }
}
