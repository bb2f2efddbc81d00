internal import Foundation

/// The exact distribution of a slice's net losses, were the slice's rows any rows: of N rows, P have the loss 1 and M the loss −1; n of the N are
/// drawn without putting back, and the net loss is the number of the former minus that of the latter.
package struct SignedHypergeometric {
    private let plus: Int
    private let minus: Int
    private let rows: Int
    /// ln k! for k from 0 to N.
    private let logFactorials: [Double]

    /// - Precondition: plus + minus ≤ rows.
    package init(rows: Int, plus: Int, minus: Int) {
        precondition(plus + minus <= rows, "a row has one loss")
        (self.rows, self.plus, self.minus) = (rows, plus, minus)
        var logs = [Double](repeating: 0, count: rows + 1)
        for number in stride(from: 2, through: rows, by: 1) { logs[number] = logs[number - 1] + log(Double(number)) }
        logFactorials = logs
    }

    /// P(net ≥ k) for k from −minus to plus, at the position k + minus, where n rows are drawn.
    ///
    /// - Complexity: O(√plus · √minus · 600); terms below 10⁻²⁵ are left out.
    package func tails(drawing n: Int) -> [Double] {
        var mass = [Double](repeating: 0, count: plus + minus + 1)
        for (a, chance) in probabilities(marked: plus, of: rows, drawing: n) {
            for (b, other) in probabilities(marked: minus, of: rows - plus, drawing: n - a) {
                mass[a - b + minus] += chance * other
            }
        }
        var sum = 0.0
        for place in mass.indices.reversed() {
            sum += mass[place]
            mass[place] = min(1, sum)
        }
        return mass
    }

    /// The hypergeometric distribution around its mode, as far as it weighs anything.
    private func probabilities(marked: Int, of total: Int, drawing n: Int) -> [(count: Int, chance: Double)] {
        let (low, high) = (max(0, n - (total - marked)), min(n, marked))
        if low >= high { return [(low, 1)] }
        let mode = min(high, max(low, (n + 1) * (marked + 1) / (total + 2)))
        let l = logFactorials
        // ln of C(marked, k) · C(total − marked, n − k) / C(total, n).
        let start = exp(
            l[marked] - l[mode] - l[marked - mode] + l[total - marked] - l[n - mode] - l[total - marked - n + mode]
                - l[total] + l[n] + l[total - n])
        let smallest = 1e-25
        var below: [(count: Int, chance: Double)] = []
        var chance = start
        for count in stride(from: mode, to: low, by: -1) {
            chance *=
                Double(count) * Double(total - marked - n + count)
                / (Double(marked - count + 1) * Double(n - count + 1))
            if chance < smallest { break }
            below.append((count - 1, chance))
        }
        var all = Array(below.reversed())
        all.append((mode, start))
        chance = start
        for count in mode..<high {
            chance *=
                Double(marked - count) * Double(n - count)
                / (Double(count + 1) * Double(total - marked - n + count + 1))
            if chance < smallest { break }
            all.append((count + 1, chance))
        }
        return all
    }
}
