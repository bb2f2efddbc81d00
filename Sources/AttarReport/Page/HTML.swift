/// Text that is safe to put between tags or into a quoted attribute; a number and its unit stay on one line.
func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "%", "µ": result = (result.last == " " ? result.dropLast() + "\u{a0}" : result) + String(character)
        default: result.append(character)
        }
    }
    return result
}

/// A table with a caption; cells are escaped here. The first cell of each row is its header. What a cell has in brackets at
/// its end, such as an interval, stands smaller on a line of its own.
func table(caption: String, header: [String], rows: [[String]]) -> String {
    let head = header.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
    let body = rows.map { row in
        let cells = row.enumerated().map { index, cell in
            index == 0 ? "<th scope=\"row\">\(escaped(cell))</th>" : "<td>\(twoLines(cell))</td>"
        }
        return "<tr>\(cells.joined())</tr>"
    }
    return """
        <div class="wide"><table><caption><span>\(escaped(caption))</span></caption>
        <thead><tr>\(head)</tr></thead>
        <tbody>\(body.joined(separator: "\n"))</tbody></table></div>
        """
}

private func twoLines(_ cell: String) -> String {
    guard cell.hasSuffix(")"), let open = cell.firstIndex(of: "("), open > cell.startIndex else { return escaped(cell) }
    let inside = cell[cell.index(after: open)...].dropLast()
    return "\(escaped(String(cell[..<open])))<br><small>\(escaped(String(inside)))</small>"
}

/// A section with its heading; the content is HTML already.
func section(_ heading: String, _ content: String) -> String {
    "<section id=\"\(anchor(heading))\"><h2>\(escaped(heading))</h2>\n\(content)\n</section>"
}

/// Links to the sections.
func contents(of sections: [String]) -> String {
    let headings = sections.compactMap { section -> String? in
        guard let begin = section.firstRange(of: "<h2>"), let end = section.firstRange(of: "</h2>") else { return nil }
        return String(section[begin.upperBound..<end.lowerBound])
    }
    let links = headings.map { "<a href=\"#\(anchor($0))\">\($0)</a>" }
    return "<nav>\(links.joined(separator: " · "))</nav>"
}

private func anchor(_ heading: String) -> String {
    String(heading.lowercased().map { $0.isLetter ? $0 : "-" })
}

/// A self-contained page: no scripts, nothing loaded from elsewhere, light and dark, printable.
func page(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(title))</title>
    <style>\(style)</style>
    </head>
    <body>
    \(body)
    </body>
    </html>

    """
}

/// Colours that colour-blind readers can tell apart (after Okabe and Ito), with enough contrast on both grounds.
private let style = """
    :root { color-scheme: light dark; --ink: #1b1b1f; --ground: #ffffff; --quiet: #5c5f66; --line: #d9dbe0;
      --student: #0072b2; --labels: #b35400; --teacher: #4d4d4d; --panel: #f5f6f8; }
    @media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --ground: #16171a; --quiet: #a7abb3; --line: #3a3d44;
      --student: #56b4e9; --labels: #e69f00; --teacher: #bdbdbd; --panel: #1f2125; } }
    body { margin: 0 auto; max-width: 56rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
    p { margin: .5rem 0; } .quiet { color: var(--quiet); }
    nav { margin: 1rem 0; line-height: 1.9; } a { color: var(--student); }
    .verdict { background: var(--panel); border-left: 5px solid var(--student); padding: .75rem 1rem; }
    .decision { font-size: 1.25rem; } .checks { padding-left: 0; list-style: none; } .checks li { margin: .25rem 0; }
    .fails { color: var(--labels); font-weight: 600; }
    .legend span { margin-right: 1rem; white-space: nowrap; } span.student { color: var(--student); } span.labels { color: var(--labels); }
    span.teacher { color: var(--teacher); } span.quiet { color: var(--quiet); }
    .row { display: flex; flex-wrap: wrap; gap: .5rem; } .row svg { flex: 1 1 16rem; max-width: 22rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
    .heat td { text-align: center; background: color-mix(in srgb, var(--labels) var(--share), transparent); }
    .heat td.right { background: color-mix(in srgb, var(--student) var(--share), transparent); }
    h1, li, p { overflow-wrap: anywhere; }
    .verdict.no { border-color: var(--labels); }
    .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
    caption span { display: block; position: sticky; left: 0; max-width: min(54rem, calc(100vw - 2rem)); }
    th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
    th:first-child { text-align: left; font-weight: 600; white-space: normal; } td { vertical-align: top; }
      small { color: var(--quiet); } thead th { font-weight: 600; color: var(--quiet); white-space: normal; vertical-align: bottom; }
    svg { width: 100%; max-width: 40rem; height: auto; display: block; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
    svg .axis { stroke: var(--line); } svg .small { fill: var(--quiet); font-size: 12px; }
    svg { margin: .5rem 0; }
    @media print { body { max-width: none; font-size: 12px; } svg, tr, figure { break-inside: avoid; } .wide { overflow: visible; } nav { display: none; } }
    """
