import Attar

/// A frame with two axes in which lines and marks are drawn, as SVG.
struct Plot {
    let title: String
    let x: Axis
    let y: Axis
    let xLabel: String
    let yLabel: String
    var width = 420.0
    var height = 250.0
    private var drawn: [String] = []

    private let left = 58.0
    private let right = 22.0
    private let top = 26.0
    private let bottom = 42.0

    init(_ title: String, x: Axis, y: Axis, xLabel: String, yLabel: String, width: Double = 420, height: Double = 250) {
        (self.title, self.x, self.y) = (title, x, y)
        (self.xLabel, self.yLabel, self.width, self.height) = (xLabel, yLabel, width, height)
    }

    private func px(_ value: Double) -> Double { left + (width - left - right) * x.place(value) }
    private func py(_ value: Double) -> Double { height - bottom - (height - top - bottom) * y.place(value) }

    /// A line through points.
    mutating func line(_ points: [(x: Double, y: Double)], _ series: Series, isThin: Bool = false) {
        let places = points.map { "\(svgNumber(px($0.x))),\(svgNumber(py($0.y)))" }.joined(separator: " ")
        drawn.append(
            "<polyline points=\"\(places)\" fill=\"none\" stroke=\"var(--\(series.colour))\" "
                + "stroke-width=\"\(isThin ? 1.2 : 2.4)\" stroke-dasharray=\"\(series.dash)\"/>")
    }

    /// A mark, with words that show where the pointer rests on it.
    mutating func mark(x: Double, y: Double, _ series: Series, words: String, size: Double = 5) {
        drawn.append("<g><title>\(escaped(words))</title>\(series.svgMark(x: px(x), y: py(y), size: size))</g>")
    }

    /// A bar from the lower edge.
    mutating func bar(from: Double, to: Double, height value: Double, _ series: Series, words: String) {
        let (begin, end, high) = (px(from), px(to), py(value))
        drawn.append(
            "<rect x=\"\(svgNumber(begin + 1))\" y=\"\(svgNumber(high))\" width=\"\(svgNumber(max(1, end - begin - 2)))\" "
                + "height=\"\(svgNumber(py(y.low) - high))\" fill=\"var(--\(series.colour))\" fill-opacity=\"0.75\">"
                + "<title>\(escaped(words))</title></rect>")
    }

    /// An upright line from low to high, for an interval.
    mutating func interval(x: Double, low: Double, high: Double, _ series: Series) {
        drawn.append(
            "<line x1=\"\(svgNumber(px(x)))\" x2=\"\(svgNumber(px(x)))\" y1=\"\(svgNumber(py(low)))\" "
                + "y2=\"\(svgNumber(py(high)))\" stroke=\"var(--ink)\" stroke-width=\"1.2\"/>")
    }

    /// The picture, with a title for screen readers.
    var svg: String {
        let (floor, end) = (height - bottom, width - right)
        var parts: [String] = []
        for tick in y.ticks {
            let place = svgNumber(py(tick.value))
            parts.append(
                "<line class=\"axis\" x1=\"\(svgNumber(left))\" x2=\"\(svgNumber(end))\" y1=\"\(place)\" y2=\"\(place)\"/>"
                    + "<text class=\"small\" text-anchor=\"end\" x=\"\(svgNumber(left - 6))\" y=\"\(svgNumber(py(tick.value) + 4))\">"
                    + "\(escaped(tick.text))</text>")
        }
        var last = -100.0
        for tick in x.ticks {
            let place = px(tick.value)
            let half = Double(tick.text.count) * 3.6
            parts.append(
                "<line class=\"axis\" x1=\"\(svgNumber(place))\" x2=\"\(svgNumber(place))\" y1=\"\(svgNumber(floor))\" "
                    + "y2=\"\(svgNumber(floor + 4))\"/>")
            // Numbers that would run into each other, or out of the picture, are left out.
            guard place - half > last + 4, place + half < width, place - half > 0 else { continue }
            last = place + half
            parts.append(
                "<text class=\"small\" text-anchor=\"middle\" x=\"\(svgNumber(place))\" y=\"\(svgNumber(floor + 17))\">"
                    + "\(escaped(tick.text))</text>")
        }
        parts.append(
            "<text class=\"small\" text-anchor=\"end\" x=\"\(svgNumber(end))\" y=\"\(svgNumber(floor + 36))\">\(escaped(xLabel)) →</text>"
                + "<text class=\"small\" x=\"2\" y=\"13\">↑ \(escaped(yLabel))</text>")
        return """
            <svg viewBox="0 0 \(svgNumber(width)) \(svgNumber(height))" role="img" aria-label="\(escaped(title))">
            <title>\(escaped(title))</title>
            \((parts + drawn).joined(separator: "\n"))
            </svg>
            """
    }
}
