import Attar

/// The range of one axis with the numbers that are written along it.
struct Axis {
    let low: Double
    let high: Double
    let isLogarithmic: Bool
    let ticks: [(value: Double, text: String)]

    /// From the smallest to the largest value, with a little room, and round numbers in between.
    ///
    /// - Parameter format: how a tick is written.
    init(around values: [Double], format: (Double) -> String) {
        let (least, most) = (values.min() ?? 0, values.max() ?? 1)
        let room = max(most - least, 0.02 * max(abs(most), abs(least)), 1e-9) * 0.08
        (low, high, isLogarithmic) = (least - room, most + room, false)
        ticks = IntervalChart.ticks(from: low, to: high).map { ($0, format($0)) }
    }

    /// From one number to another, with the given ticks.
    init(from low: Double, to high: Double, ticks: [Double], format: (Double) -> String) {
        (self.low, self.high, isLogarithmic) = (low, high, false)
        self.ticks = ticks.map { ($0, format($0)) }
    }

    /// By powers, for positive values.
    init(logarithmicAround values: [Double], format: (Double) -> String) {
        let (least, most) = (max(values.min() ?? 1, 1e-12), max(values.max() ?? 10, 1e-11))
        let (low, high) = (least / 1.6, most * 1.6)
        (self.low, self.high, isLogarithmic) = (low, high, true)
        var ticks: [Double] = []
        var tick = 1e-12
        while tick <= high {
            if tick >= low { ticks.append(tick) }
            tick *= 10
        }
        // Less than two powers of ten: their halves and fifths say where one is.
        if ticks.count < 2 {
            ticks = []
            tick = 1e-12
            while tick <= high {
                ticks += [1, 2, 5].map { $0 * tick }.filter { $0 >= low && $0 <= high }
                tick *= 10
            }
        }
        self.ticks = ticks.map { ($0, format($0)) }
    }

    /// Where a value lies, from 0 to 1.
    func place(_ value: Double) -> Double {
        let (from, to, at) =
            isLogarithmic
            ? (naturalLogarithm(low), naturalLogarithm(high), naturalLogarithm(max(value, 1e-12))) : (low, high, value)
        return min(1, max(0, (at - from) / (to - from)))
    }
}
