/// Counts by two kinds of classes as a table, darker where there are more.
func heatTable(caption: String, corner: String, names: [String], counts: [[Int]]) -> String {
    let most = Double(
        max(
            1,
            counts.enumerated().flatMap { row, line in line.enumerated().filter { $0.offset != row }.map(\.element) }
                .max() ?? 1))
    let head = names.map { "<th scope=\"col\">\(escaped(shortened($0, to: 14)))</th>" }.joined()
    let body = counts.enumerated().map { row, line in
        let cells = line.enumerated().map { column, count in
            // The diagonal is what is right; shades tell the mistakes apart, which are few beside it.
            let shade = row == column ? "right" : "off"
            let share = row == column ? 0.25 : 0.75 * Double(count) / most
            return
                "<td class=\"\(shade)\" style=\"--share:\(svgNumber(100 * share))%\">\(count == 0 ? "·" : String(count))</td>"
        }
        return "<tr><th scope=\"row\">\(escaped(shortened(names[row], to: 14)))</th>\(cells.joined())</tr>"
    }
    return """
        <div class="wide"><table class="heat"><caption><span>\(escaped(caption))</span></caption>
        <thead><tr><th scope="col">\(escaped(corner))</th>\(head)</tr></thead>
        <tbody>\(body.joined(separator: "\n"))</tbody></table></div>
        """
}

/// A text cut to a length, with three dots where something is missing.
func shortened(_ text: String, to length: Int) -> String {
    text.count > length ? text.prefix(length - 1) + "…" : text
}
