import Attar

/// Where student, teacher and labels differ.
func disagreementSection(_ subject: Subject) -> String {
    guard let disagreement = subject.evidence.disagreement else { return "" }
    var parts: [String] = []
    if !disagreement.confusion.isEmpty, disagreement.confusion.count == subject.names.count {
        parts.append(
            heatTable(
                caption: "Labels (lines) and the student's answers (columns)", corner: "label", names: subject.names,
                counts: disagreement.confusion)
                + explanation(mostMistaken(disagreement.confusion, subject.names, whom: "labelled")))
    }
    if !disagreement.answers.isEmpty, disagreement.answers.count == subject.names.count {
        parts.append(
            heatTable(
                caption: "The teacher's answers (lines) and the student's (columns)", corner: "teacher",
                names: subject.names,
                counts: disagreement.answers)
                + explanation(mostMistaken(disagreement.answers, subject.names, whom: "that the teacher calls")))
    }
    if disagreement.values.count > 2 {
        let points = disagreement.values.filter { $0.count >= 2 }
        let (labels, own) = (points.map { $0[0] }, points.map { $0[1] })
        var plot = Plot(
            "The student's values against the labels", x: Axis(around: labels, format: brief),
            y: Axis(around: own + labels, format: brief), xLabel: "label", yLabel: "student", height: 300)
        if let low = labels.min(), let high = labels.max() {
            plot.line([(low, low), (high, high)], Series(name: "", colour: "ink", mark: "", dash: "4 4"), isThin: true)
        }
        for point in points {
            plot.mark(x: point[0], y: point[1], .student, words: "\(brief(point[0])): \(brief(point[1]))", size: 2.5)
        }
        parts.append(plot.svg + explanation("Points on the dashed line are right; up to 300 rows are shown."))
    }
    let hasTeacher = disagreement.rows.contains { !$0.teacher.isEmpty }
    if !disagreement.rows.isEmpty, hasTeacher {
        func sure(_ answer: String, _ confidence: Double?) -> String {
            shortened(answer, to: 24) + (confidence.map { " (\(percent($0, digits: 0)))" } ?? "")
        }
        let hasLabels = disagreement.rows.contains { !$0.label.isEmpty }
        parts.append(
            table(
                caption:
                    "The rows on which teacher and student differ most; a row's number is its position in its file, from 0",
                header: ["row"] + (hasLabels ? ["label"] : []) + ["student", "teacher", "values"],
                rows: disagreement.rows.map {
                    [String($0.row)] + (hasLabels ? [shortened($0.label, to: 24)] : []) + [
                        sure($0.student, $0.studentConfidence),
                        sure($0.teacher, $0.teacherConfidence), shortened($0.values, to: 120),
                    ]
                })
                + explanation("Look at these first: wrong labels and broken cells are often among them."))
    }
    return parts.isEmpty ? "" : section("Where they differ", parts.joined(separator: "\n"))
}

private func mostMistaken(_ counts: [[Int]], _ names: [String], whom: String) -> String {
    var most = (count: 0, row: 0, column: 0)
    for (row, line) in counts.enumerated() {
        for (column, count) in line.enumerated() where row != column && count > most.count {
            most = (count, row, column)
        }
    }
    return most.count == 0
        ? "All of them are on the diagonal."
        : "Most often off the diagonal: \(most.count) rows \(whom) '\(shortened(names[most.row], to: 30))' are answered '\(shortened(names[most.column], to: 30))'."
}
