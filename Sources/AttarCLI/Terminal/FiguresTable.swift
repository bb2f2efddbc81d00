internal import Attar

/// Figures of several models side by side, one metric a line.
enum FiguresTable {
    /// The table's lines.
    static func lines(_ models: [(name: String, figures: Certificate.Figures)]) -> [String] {
        let shown = models.filter { !$0.figures.isEmpty }
        var rows = [[""] + shown.map(\.name)]
        for metric in Metric.all where shown.contains(where: { $0.figures[metric.name] != nil }) {
            rows.append([metric.label] + shown.map { metric.interval($0.figures[metric.name]) })
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "  " + String(cells.joined(separator: "   ").reversed().drop { $0 == " " }.reversed())
        }
    }
}
