import Attar
import Compute

/// A teacher that has no usable answer to some rows, and says which as it comes to them.
struct ChoosyTeacher: PartialTeacher {
    let task: LearningTask
    let fingerprint = Fingerprint(hex: "choosy")
    /// Which rows of a set it has no answer to.
    let refusing: @Sendable (Dataset, Int) -> Bool
    /// What it answers to all others, (rows, task.width).
    let answering: @Sendable (Dataset) -> Matrix

    func predict(_ rows: Dataset, receiving: @escaping @Sendable ([Int], Answers) throws -> Void) async throws {
        try await predict(rows, receiving: receiving) { throw $0.error }
    }

    func predict(
        _ rows: Dataset, receiving: @escaping @Sendable ([Int], Answers) throws -> Void,
        leavingOut: @escaping @Sendable (RowFailure) throws -> Void
    ) async throws {
        let answers = Answers(answering(rows), to: task)
        var answered: [Int] = []
        for row in 0..<rows.count {
            if refusing(rows, row) {
                let error = AttarError(.unusableTeacher, "\(rows.place(row)): it will not")
                try leavingOut(RowFailure(row, error, reason: "it will not"))
            } else {
                answered.append(row)
            }
        }
        if !answered.isEmpty { try receiving(answered, answers.selecting(rows: answered)) }
    }

    /// One that knows the three clouds of `SampleTable`, and has no answer where `x0` is one of some numbers.
    static func ofClouds(refusing numbers: @escaping @Sendable (Float) -> Bool) -> ChoosyTeacher {
        ChoosyTeacher(task: .classification(["class 0", "class 1", "class 2"])) { rows, row in
            numbers(AttarTests.numbers(rows, "x0")[row])
        } answering: { rows in
            let (x, y) = (AttarTests.numbers(rows, "x0"), AttarTests.numbers(rows, "x1"))
            let logits = (0..<rows.count).flatMap { row -> [Float] in
                [2.5, y[row].isNaN ? 0 : y[row], x[row].isNaN ? 0 : x[row]]
            }
            return Matrix(rows: rows.count, columns: 3, elements: logits).softmax()
        }
    }

    /// The teacher behind a store of its own, which leaves so many rows out.
    func stored(
        in folder: String? = nil, leavingOut most: Allowance, columns: [String] = ["x0", "x1", "side"],
        _ change: (inout TeacherSettings) -> Void = { _ in }
    ) throws -> StoredTeacher {
        var settings = TeacherSettings()
        settings.maxFailures = most
        change(&settings)
        return try StoredTeacher(
            self, named: "choosy", columns: columns, asking: settings, in: folder.map { try AnswerStore($0) })
    }
}
