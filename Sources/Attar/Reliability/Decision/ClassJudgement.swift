/// What a decision says of the classes: those that the student gives up, and those of which there are too few rows to tell.
struct ClassJudgement {
    /// Whether none is given up.
    let check: Decision.Check
    /// Which classes cannot be told about, and how many rows would tell; nil where all can.
    let remarks: [String]?

    /// The most classes that are named.
    private static let mostNames = 3

    /// Judges the classes.
    ///
    /// - Parameters:
    ///   - evidence: what student and teacher find of each.
    ///   - margin: how much less of a class than the teacher the student may find.
    /// - Returns: nil where there is no teacher to compare with.
    init?(_ evidence: ClassEvidence, allowing margin: Double) {
        guard evidence.classes.contains(where: { $0.bound != nil }) else { return nil }
        let lost = evidence.classes.filter { $0.isGivenUp(allowing: margin) }
        let worst = evidence.classes.map(\.deficit).max() ?? 0
        let outputs = evidence.outputs ?? "classes"
        func one(_ article: String) -> String {
            "\(article) \(evidence.outputs.map { String($0.dropLast()) } ?? "class")"
        }
        func list(_ texts: [String]) -> String {
            texts.prefix(Self.mostNames).joined(separator: "; ")
                + (texts.count > Self.mostNames ? "; and \(texts.count - Self.mostNames) more" : "")
        }
        let points = Metric.accuracy.difference(margin)
        let names = lost.map { one in
            let teacher = one.recall.teacher.map { Decision.share($0.value) } ?? "–"
            let few =
                (one.pValue ?? 1) > 0.05
                ? ", and \(one.neededRows(allowing: margin)) rows are needed to tell for sure" : ""
            return
                "of '\(one.name)' it finds \(Decision.share(one.recall.student.value)), the teacher \(teacher) (\(one.rows) rows\(few))"
        }
        check = Decision.Check(
            name: "recallDeficit", value: worst, limit: margin, holds: lost.isEmpty,
            text: lost.isEmpty
                ? "The student gives up none of the \(evidence.classes.count) \(outputs) that the test rows have: of none does it find measurably less than the teacher, by more than \(points)"
                : "The student gives up \(lost.count == 1 ? one("a") : "\(lost.count) \(outputs)"): \(list(names))")
        let untold = evidence.classes.filter { $0.isUntold(allowing: margin) }.map { one in
            "'\(one.name)' (\(one.rows) rows, about \(one.neededRows(allowing: margin)) needed)"
        }
        remarks =
            untold.isEmpty
            ? nil
            : [
                "Too few test rows to tell within \(points) how much less than the teacher the student finds of \(untold.count == 1 ? one("the") : "the \(outputs)") \(list(untold))."
            ]
    }
}
