extension Teacher {
    /// Says what a few rows show that are asked before all others, in sentences; nothing of a teacher whose answers cost next to nothing.
    ///
    /// - Parameters:
    ///   - rows: the rows that are to be asked, with their target.
    ///   - catalogue: the tasks that there are.
    ///   - say: receives each sentence.
    /// - Throws: as asking does; `AttarError` (`unusableTeacher`) where they show that the answers are classes in another order than they are taken for, or values in
    ///   another unit than the labels'.
    public func preview(
        on rows: Dataset, catalogue: Catalogue = .standard, saying say: (String) -> Void
    ) async throws {
        for teacher in foreignTeachers {
            let flight = try await PreFlight(teacher, on: rows, named: teacher.name, catalogue: catalogue)
            flight.sentences(remaining: teacher.unanswered(in: rows).count).forEach(say)
            try flight.refuseNonsense()
        }
    }

    /// The rows that are answered, asked once: others are left out where the settings allow rows without a usable answer.
    ///
    /// - Throws: as asking does.
    public func answerable(_ rows: Dataset) async throws -> Dataset {
        var failed: Set<Int> = []
        for teacher in foreignTeachers where teacher.mayLeaveOut {
            _ = try await teacher.predict(rows)
            failed.formUnion(teacher.failed(in: rows))
        }
        return failed.isEmpty ? rows : rows.selecting((0..<rows.count).filter { !failed.contains($0) })
    }

    /// What asking the teachers outside of Attar behind this one has taken since they were opened.
    public var asked: [AskingSummary] { foreignTeachers.map(AskingSummary.init) }

    /// The rows whose answers are known already.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a teacher whose answers are not kept.
    public func answeredRows(of rows: Dataset) throws -> Dataset {
        let teachers = foreignTeachers
        guard !teachers.isEmpty else {
            throw AttarError(
                .invalidSetting, "only rows with kept answers are to be used, but this teacher's answers are not kept",
                remedy: "Give a teacher outside of Attar and the --store of its answers")
        }
        var positions = Set(0..<rows.count)
        for teacher in teachers { positions.formIntersection(try teacher.answered(in: rows)) }
        guard positions.count >= 20 else {
            throw AttarError(
                .invalidSetting, "only \(positions.count) of the \(rows.count) rows have an answer in the store",
                remedy: "Ask more rows with 'attar label', about the same columns")
        }
        return rows.selecting(positions.sorted())
    }

    /// What is said of a teacher that knows certain rows only, and not these test rows; nil where it can be asked about them.
    ///
    /// A student is measured against the labels all the same, where its task has some. Where only the teacher says what is right, such rows are refused when it is asked.
    func cannotMeasure(_ test: Problem, of kind: TaskKind, named name: String) -> String? {
        guard kind.posing.needsTarget, answersKnownRowsOnly, (try? check(test.rows)) == nil else { return nil }
        return
            "\(name) has no answers to the rows of '\(test.rows.source)', so neither the teacher's figures nor how well the student follows it are known."
    }

    /// The teachers outside of Attar behind this one.
    var foreignTeachers: [StoredTeacher] {
        (self as? StoredTeacher).map { [$0] } ?? wrapped.flatMap(\.foreignTeachers)
    }

    /// Whether asking about rows once more costs nothing: answers that cost are kept by whoever is asked.
    var remembersAnswers: Bool {
        !isMetered || self is StoredTeacher || !wrapped.isEmpty && wrapped.allSatisfy(\.remembersAnswers)
    }
}
