internal import Attar

/// Figures of several models side by side, one metric a line.
enum FiguresTable {
    /// The table's lines. Where they do not fit the terminal, each metric is a heading with a line a model below it.
    static func lines(_ models: [(name: String, figures: Certificate.Figures)]) -> [String] {
        let shown = models.filter { !$0.figures.isEmpty }
        var rows = [[""] + shown.map(\.name)]
        for metric in Metric.all where shown.contains(where: { $0.figures[metric.name] != nil }) {
            rows.append([metric.label] + shown.map { metric.interval($0.figures[metric.name]) })
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        guard widths.reduce(1, { $0 + $1 + 3 }) <= Console.tableWidth else {
            return stacked(rows.dropFirst(), shown.map(\.name))
        }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "  " + String(cells.joined(separator: "   ").reversed().drop { $0 == " " }.reversed())
        }
    }

    /// A heading for each row, with a line below it for each model that has such a figure.
    private static func stacked(_ rows: some Sequence<[String]>, _ models: [String]) -> [String] {
        let longest = models.map(\.count).max() ?? 0
        var lines: [String] = []
        for row in rows {
            lines.append("  \(row[0])")
            for (model, figure) in zip(models, row.dropFirst()) where figure != "–" {
                lines.append("    \(model)\(String(repeating: " ", count: longest - model.count + 2))\(figure)")
            }
        }
        return lines
    }
}
