internal import CKernels

/// How the range that bytes cover is found from the numbers that a tensor took on calibration rows.
///
/// The three are compared in Wu et al. 2020, "Integer Quantization for Deep Learning Inference: Principles and Empirical Evaluation",
/// section 4. Measurements on our own networks are in docs/quantization.md.
public enum RangeRule: Hashable, Sendable {
    /// From the smallest to the largest.
    case extremes
    /// Without the given share of the numbers at either end that differs from 0, such as 0.0001.
    case quantiles(share: Float)
    /// The range with the least expected squared error, from the numbers x and their count n over a histogram's bins: Σ n·Δ²/12 inside of it,
    /// with Δ = (high − low)/255, and Σ n·(x − nearest end)² outside (Banner et al. 2019, "Post training 4-bit quantization of
    /// convolutional networks for rapid-deployment", equation 5, with counts in the place of a distribution).
    case leastSquares
}

/// The numbers of one tensor, and 0: their extremes, and how many fall into each of many bins. Zeros are exact in bytes and not counted.
package struct ValueHistogram {
    /// At most 0.
    package var low: Float = 0
    /// At least 0.
    package var high: Float = 0
    package private(set) var counts = [Int64](repeating: 0, count: 2048)

    /// Of no numbers.
    package init() {}

    /// Widens the extremes so that they hold the numbers; to be done with all of them before any is counted.
    package mutating func widen(to values: UnsafeBufferPointer<Float>) {
        attar_widen_range(values.baseAddress, values.count, &low, &high)
    }

    /// Counts numbers between the extremes.
    package mutating func count(_ values: UnsafeBufferPointer<Float>) {
        let bins = counts.count
        if high > low { attar_count_into_bins(values.baseAddress, values.count, low, high, &counts, bins) }
    }

    /// The range that a rule finds.
    package func range(by rule: RangeRule) -> Quantization {
        guard high > low else { return Quantization(from: low, to: high) }
        switch rule {
        case .extremes: return Quantization(from: low, to: high)
        case .quantiles(let share):
            let (first, last) = quantiles(share)
            return Quantization(from: edge(first), to: edge(last + 1))
        case .leastSquares: return leastSquares()
        }
    }

    private var width: Double { (Double(high) - Double(low)) / Double(counts.count) }

    /// The lower end of a bin.
    private func edge(_ bin: Int) -> Float { Float(Double(low) + Double(bin) * width) }

    /// The first and the last bin that less than the given share of the numbers lies beyond.
    private func quantiles(_ share: Float) -> (first: Int, last: Int) {
        let most = Double(share) * Double(counts.reduce(0, +))
        var (first, last) = (0, counts.count - 1)
        var (below, above) = (Double(counts[first]), Double(counts[last]))
        while first < last, below <= most {
            first += 1
            below += Double(counts[first])
        }
        while last > first, above <= most {
            last -= 1
            above += Double(counts[last])
        }
        return (first, last)
    }

    /// Tries cuts at each 128th of either end, first the upper and then the lower, until neither moves.
    private func leastSquares() -> Quantization {
        let steps = 128
        // Without negative numbers there is nothing to cut below, and the same above.
        var (below, above) = (low < 0 ? steps : 0, high > 0 ? steps : 0)
        func error(_ below: Int, _ above: Int) -> Double {
            squaredError(
                from: Double(low) * Double(below) / Double(steps),
                to: Double(high) * Double(above) / Double(steps))
        }
        func best(among candidates: ClosedRange<Int>, _ error: (Int) -> Double) -> Int {
            // Of equal ones the widest.
            candidates.reversed().map { ($0, error($0)) }.min { $0.1 < $1.1 }?.0 ?? candidates.upperBound
        }
        for _ in 0..<4 {
            let last = (below, above)
            if above > 0 { above = best(among: 1...steps) { error(below, $0) } }
            if below > 0 { below = best(among: 1...steps) { error($0, above) } }
            if last == (below, above) { break }
        }
        return Quantization(
            from: low * Float(below) / Float(steps), to: high * Float(above) / Float(steps))
    }

    private func squaredError(from least: Double, to most: Double) -> Double {
        let step = (most - least) / 255
        let rounding = step * step / 12
        var error = 0.0
        for (bin, count) in counts.enumerated() where count > 0 {
            let x = Double(low) + (Double(bin) + 0.5) * width
            let beyond = max(least - x, x - most, 0)
            error += Double(count) * (beyond > 0 ? beyond * beyond : rounding)
        }
        return error
    }
}
