internal import Attar

/// A chart of figures with their intervals, one line each: a dot for the figure, a bar from low to high.
struct IntervalChart {
    /// One line of the chart.
    struct Line {
        let name: String
        let estimate: Estimate
        /// The name of a colour in the page's style: `student`, `labels` or `teacher`.
        let colour: String
    }

    let title: String
    let lines: [Line]
    /// How a figure is written beside its dot.
    let format: (Double) -> String

    private let width = 400.0
    private let left = 108.0
    private let right = 64.0
    private let lineHeight = 34.0

    /// The chart as SVG, with a title for screen readers.
    var svg: String {
        let lows = lines.map(\.estimate.low)
        let highs = lines.map(\.estimate.high)
        let span = max((highs.max() ?? 1) - (lows.min() ?? 0), 1e-9)
        let (low, high) = ((lows.min() ?? 0) - 0.08 * span, (highs.max() ?? 1) + 0.08 * span)
        func x(_ value: Double) -> Double { left + (width - left - right) * (value - low) / (high - low) }
        let bottom = lineHeight * Double(lines.count) + 8
        var parts: [String] = []
        var last = -100.0
        for tick in Self.ticks(from: low, to: high) {
            parts.append(
                "<line class=\"axis\" x1=\"\(number(x(tick)))\" x2=\"\(number(x(tick)))\" y1=\"0\" y2=\"\(number(bottom))\"/>"
            )
            // Numbers that would run into each other are left out.
            let half = Double(format(tick).count) * 3.7
            guard x(tick) - half > last + 4 else { continue }
            last = x(tick) + half
            parts.append(
                "<text class=\"small\" text-anchor=\"middle\" x=\"\(number(x(tick)))\" y=\"\(number(bottom + 16))\">\(format(tick))</text>"
            )
        }
        for (index, line) in lines.enumerated() {
            let y = lineHeight * (Double(index) + 0.5) + 4
            let colour = "var(--\(line.colour))"
            parts.append(
                "<text x=\"0\" y=\"\(number(y + 4))\">\(escaped(line.name))</text>"
                    + "<line x1=\"\(number(x(line.estimate.low)))\" x2=\"\(number(x(line.estimate.high)))\" y1=\"\(number(y))\" "
                    + "y2=\"\(number(y))\" stroke=\"\(colour)\" stroke-width=\"3\"/>"
                    + "<circle cx=\"\(number(x(line.estimate.value)))\" cy=\"\(number(y))\" r=\"6\" fill=\"\(colour)\"/>"
                    + "<text text-anchor=\"end\" x=\"\(number(width))\" y=\"\(number(y + 4))\">"
                    + "\(escaped(format(line.estimate.value)))</text>")
        }
        return """
            <svg viewBox="0 0 \(number(width)) \(number(bottom + 24))" role="img" aria-label="\(escaped(title))">
            <title>\(escaped(title))</title>
            \(parts.joined(separator: "\n"))
            </svg>
            """
    }

    /// Round numbers inside a range, two to five of them.
    static func ticks(from low: Double, to high: Double) -> [Double] {
        let rough = (high - low) / 4
        var step = 1.0
        while step > rough { step /= 10 }
        while step * 10 <= rough { step *= 10 }
        if step * 5 <= rough { step *= 5 } else if step * 2 <= rough { step *= 2 }
        var ticks: [Double] = []
        var tick = (low / step).rounded(.up) * step
        while tick <= high, ticks.count < 12 {
            ticks.append(tick)
            tick += step
        }
        return ticks
    }

    private func number(_ value: Double) -> String { svgNumber(value) }
}
