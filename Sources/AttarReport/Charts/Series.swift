import Attar

/// How one of the compared models looks in all pictures: a colour, a mark and a kind of line, so that none of them alone has to tell.
struct Series: Hashable {
    /// The model's name in words.
    let name: String
    /// The name of a colour in the page's style.
    let colour: String
    /// The mark as a character, for legends.
    let mark: String
    /// The dashes of its lines; empty for a whole line.
    let dash: String

    static let student = Series(name: "student", colour: "student", mark: "●", dash: "")
    static let labels = Series(name: "labels alone", colour: "labels", mark: "■", dash: "6 3")
    static let teacher = Series(name: "teacher", colour: "teacher", mark: "▲", dash: "2 3")
    static let others = Series(name: "tried, not taken", colour: "quiet", mark: "○", dash: "")

    /// Each model's part with its looks, those that are at hand.
    static func of<Value>(_ models: SideBySide<Value>) -> [(series: Series, value: Value)] {
        [(student, models.student)]
            + [(labels, models.labelsOnly), (teacher, models.teacher)].compactMap { pair in
                pair.1.map { (pair.0, $0) }
            }
    }

    /// What the marks mean, as HTML.
    static func legend(_ series: [Series]) -> String {
        let keys = series.map { "<span class=\"\($0.colour)\">\($0.mark) \(escaped($0.name))</span>" }
        return "<p class=\"legend\">\(keys.joined(separator: " "))</p>"
    }

    /// The mark as SVG.
    func svgMark(x: Double, y: Double, size: Double = 5) -> String {
        let fill = "fill=\"var(--\(colour))\""
        switch mark {
        case "■":
            return
                "<rect x=\"\(svgNumber(x - size))\" y=\"\(svgNumber(y - size))\" width=\"\(svgNumber(2 * size))\" "
                + "height=\"\(svgNumber(2 * size))\" \(fill)/>"
        case "▲":
            let points = [(x, y - 1.3 * size), (x - 1.2 * size, y + size), (x + 1.2 * size, y + size)]
            return
                "<polygon points=\"\(points.map { "\(svgNumber($0.0)),\(svgNumber($0.1))" }.joined(separator: " "))\" \(fill)/>"
        case "○":
            return
                "<circle cx=\"\(svgNumber(x))\" cy=\"\(svgNumber(y))\" r=\"\(svgNumber(size))\" fill=\"none\" "
                + "stroke=\"var(--\(colour))\" stroke-width=\"2\"/>"
        default: return "<circle cx=\"\(svgNumber(x))\" cy=\"\(svgNumber(y))\" r=\"\(svgNumber(size))\" \(fill)/>"
        }
    }
}

/// A coordinate with a digit behind the point.
func svgNumber(_ value: Double) -> String { value.formatted(digits: 1).replacing("−", with: "-") }
