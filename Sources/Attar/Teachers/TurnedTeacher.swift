internal import Compute

/// A teacher whose numbers are turned around: a lower one says more, as where scores are how usual a row is.
struct TurnedTeacher: Teacher {
    private let base: any Teacher

    /// The teacher with the opposite numbers.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where it answers with something else than a number.
    init(_ base: any Teacher) throws {
        guard base.task.form == .values, base.task.width == 1 else {
            throw AttarError(
                .invalidSetting,
                "--lower-is-stranger turns a teacher's scores around, and this one answers with something else",
                remedy: "Leave it out")
        }
        self.base = base
    }

    var task: LearningTask { base.task }
    var wrapped: [any Teacher] { [base] }

    var fingerprint: Fingerprint {
        var hasher = FingerprintHasher()
        hasher.combine("turned")
        hasher.combine(base.fingerprint.hex)
        return hasher.finished()
    }

    func predict(_ rows: Dataset) async throws -> Answers {
        let answers = try await base.predict(rows)
        var matrix = answers.matrix
        for index in matrix.elements.indices { matrix.elements[index] = -matrix.elements[index] }
        return Answers(answers.kind, .dense(matrix), known: answers.known)
    }
}
