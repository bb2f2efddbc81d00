extension Teacher {
    /// What a few rows show that are asked before all others, in sentences; none for a teacher whose answers cost next to nothing.
    ///
    /// - Parameter rows: the rows that are to be asked, with their target.
    /// - Throws: as asking does; `AttarError` (`unusableTeacher`) where they show that the answers are classes in another order than they are taken for, or values in
    ///   another unit than the labels'.
    public func preview(on rows: Dataset) async throws -> [String] {
        var sentences: [String] = []
        for teacher in foreignTeachers {
            let flight = try await PreFlight(teacher, on: rows, named: teacher.name)
            try flight.refuseNonsense()
            sentences += flight.sentences(remaining: teacher.unanswered(in: rows).count)
        }
        return sentences
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

    /// The teachers outside of Attar behind this one.
    var foreignTeachers: [StoredTeacher] {
        switch self {
        case let stored as StoredTeacher: [stored]
        case let wrapped as CalibratableTeacher: wrapped.teacher.foreignTeachers
        case let aligned as AlignedTeacher: aligned.teacher.foreignTeachers
        case let several as Ensemble: several.members.flatMap(\.foreignTeachers)
        case let several as WeighableTeachers: several.members.flatMap(\.foreignTeachers)
        default: []
        }
    }
}
