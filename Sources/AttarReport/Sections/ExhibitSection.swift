import Attar

/// The section of a result that has none of its own.
func exhibitSection(_ result: any EvidenceResult) -> String {
    let shown = result.exhibits
    return shown.isEmpty ? "" : section(type(of: result).heading, shown.map(drawn).joined(separator: "\n"))
}

/// An exhibit as HTML.
func drawn(_ exhibit: Exhibit) -> String {
    switch exhibit {
    case .text(let text): return explanation(text)
    case .table(let caption, let header, let rows): return table(caption: caption, header: header, rows: rows)
    case .matrix(let caption, let names, let counts):
        return heatTable(caption: caption, corner: "", names: names, counts: counts)
    case .bars(let title, let groups):
        let shown = groups.map { group in
            (name: group.name, bars: group.values.map { (series: Series(of: $0.whose), value: $0.value) })
        }
        let legend = shown.max { $0.bars.count < $1.bars.count }?.bars.map(\.series) ?? []
        return explanation("\(title).") + BarGroups(title: title, groups: shown, format: brief).svg
            + Series.legend(legend)
    case .curve(let title, let x, let y, let lines):
        let points = lines.flatMap(\.points).filter { $0.count == 2 }
        guard !points.isEmpty else { return "" }
        var plot = Plot(
            title, x: Axis(around: points.map { $0[0] }, format: brief),
            y: Axis(around: points.map { $0[1] }, format: brief),
            xLabel: x, yLabel: y)
        for line in lines {
            let own = line.points.filter { $0.count == 2 }.map { (x: $0[0], y: $0[1]) }
            plot.line(own, Series(of: line.whose))
        }
        return explanation("\(title).") + plot.svg + Series.legend(lines.map { Series(of: $0.whose) })
    }
}

extension Series {
    /// How a model looks.
    init(of whose: Exhibit.Whose) {
        switch whose {
        case .student: self = .student
        case .labelsOnly: self = .labels
        case .teacher: self = .teacher
        }
    }
}
