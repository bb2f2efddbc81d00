import Attar

/// Lying bars in groups: one group a name, one bar a model.
struct BarGroups {
    let title: String
    let groups: [(name: String, bars: [(series: Series, value: Double)])]
    /// How a value is written behind its bar.
    let format: (Double) -> String

    init(
        title: String, groups: [(name: String, bars: [(series: Series, value: Double)])],
        format: @escaping (Double) -> String
    ) {
        (self.title, self.groups, self.format) = (title, groups, format)
    }

    private let width = 420.0
    private let barHeight = 15.0
    private let gap = 12.0
    private let right = 62.0

    /// The picture; the bars begin at 0, or at the smallest value where that is below.
    var svg: String {
        let values = groups.flatMap { $0.bars.map(\.value) }
        let (low, high) = (min(0, values.min() ?? 0), max(values.max() ?? 1, 1e-9))
        func x(_ value: Double) -> Double { (width - right) * (value - low) / (high - low) }
        var parts: [String] = []
        var y = 0.0
        for group in groups {
            y += gap
            parts.append("<text x=\"0\" y=\"\(svgNumber(y + 6))\">\(escaped(group.name))</text>")
            y += 12
            for bar in group.bars {
                let (begin, end) = (min(x(0), x(bar.value)), max(x(0), x(bar.value)))
                parts.append(
                    "<rect x=\"\(svgNumber(begin))\" y=\"\(svgNumber(y))\" width=\"\(svgNumber(max(1, end - begin)))\" "
                        + "height=\"\(svgNumber(barHeight - 5))\" fill=\"var(--\(bar.series.colour))\"/>"
                        + "<text class=\"small\" x=\"\(svgNumber(max(end, 0) + 4))\" y=\"\(svgNumber(y + 9))\">"
                        + "\(escaped("\(bar.series.mark) \(format(bar.value))"))</text>")
                y += barHeight
            }
        }
        return """
            <svg viewBox="0 0 \(svgNumber(width)) \(svgNumber(y + 6))" role="img" aria-label="\(escaped(title))">
            <title>\(escaped(title))</title>
            \(parts.joined(separator: "\n"))
            </svg>
            """
    }
}
