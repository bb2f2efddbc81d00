/// What asking a teacher has taken in a run.
public struct AskingSummary: Codable, Sendable {
    /// The teacher as it was named.
    public let teacher: String
    /// Rows that it answered.
    public let asked: Int
    /// Rows whose answers were kept, each time that they were needed.
    public let found: Int
    /// Rows that it had no usable answer to.
    public let failed: Int
    /// Requests, tokens and cost; nil where nothing is counted.
    public let spending: Spending?
    /// Where the answers are kept; nil where they were only remembered.
    public let store: String?

    /// What a teacher was asked since it was opened.
    init(_ teacher: StoredTeacher) {
        let counts = teacher.activity
        (asked, found, failed) = (counts.asked, counts.found, counts.failed)
        (self.teacher, spending, store) = (teacher.name, teacher.spending, teacher.folder)
    }

    /// Whether anything was asked or spent.
    public var isWorthSaying: Bool { asked + failed > 0 || (spending?.requests ?? 0) > 0 }

    /// "asked the teacher 'm.onnx' 1,003 rows: 1,003 requests, cost 0.55".
    public var text: String {
        var text = "asked the teacher '\(teacher)' \(Spending.count(asked, "row"))"
        if failed > 0 { text += ", \(Spending.grouped(failed)) more without a usable answer" }
        if let spending { text += ": \(spending.words)" }
        return text
    }
}
