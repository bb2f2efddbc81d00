import Attar

extension TeacherKind {
    /// A teacher that is a rule of thumb, as in `rule:hours`: half the column's value and a grade.
    static let rule = TeacherKind(name: "rule", form: "rule:COLUMN", prefixes: ["rule:"], traits: []) {
        column, _, rows, _ in
        guard let task = rows.target?.task else {
            throw AttarError(.invalidTarget, "a rule answers a target, and there is none", remedy: "Name one")
        }
        return RuleTeacher(column: column, task: task)
    }
}

/// Answers from one column.
struct RuleTeacher: Teacher {
    let column: String
    let task: LearningTask

    var fingerprint: Fingerprint { Fingerprint(hex: "rule:\(column)") }

    func predict(_ rows: Dataset) async throws -> Answers {
        guard case .numeric(let values)? = rows.column(named: column)?.storage else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column of numbers '\(column)'",
                remedy: "Name another, as in rule:hours")
        }
        return Answers(.values, Matrix(rows: rows.count, columns: 1, elements: values.map { 1 + $0 / 2 }))
    }
}
