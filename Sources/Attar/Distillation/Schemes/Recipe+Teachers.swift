extension Recipe {
    /// The teacher that exists already, for the rows that it is to answer; nil where the recipe names a model to train.
    ///
    /// Several teachers answer by their weighted mean.
    ///
    /// - Parameters:
    ///   - rows: all rows of the data set, with their target.
    ///   - catalogue: the kinds of teachers that there are.
    ///   - progress: told how far a teacher outside of Attar is with its answers; may stop it.
    /// - Throws: `AttarError`: `unusableTeacher` where several answer different tasks, naming the one; else as opening them does.
    public func givenTeacher(
        for rows: Dataset, catalogue: Catalogue = .standard, progress: @escaping ProgressHandler = { _ in .more }
    ) throws -> (any Teacher)? {
        guard !teachers.isEmpty else {
            let source = try TeacherSource(teacher, catalogue: catalogue)
            if source.specification != nil { return nil }
            return try opened(source, for: rows, progress)
        }
        let members = try teachers.map { entry -> any Teacher in
            let member = try opened(TeacherSource(entry.teacher, catalogue: catalogue), for: rows, progress)
            guard let task = rows.target?.task, member.task != task else { return member }
            return try AlignedTeacher(member, for: task, named: entry.teacher)
        }
        let names = teachers.map(\.teacher)
        return learnsWeights
            ? try WeighableTeachers(members, names: names)
            : try Ensemble(members, weights: teachers.map(\.weight), names: names)
    }

    /// A teacher that is calibrated, where wanted, before it teaches.
    private func opened(
        _ source: TeacherSource, for rows: Dataset, _ progress: @escaping ProgressHandler
    ) throws -> any Teacher {
        let teacher = try source.teacher(for: rows, settings: asking, progress: progress)
        switch asking.calibrate ?? "auto" {
        case "always": return CalibratableTeacher(teacher: teacher, sharpens: true)
        case "auto" where source.isForeign: return CalibratableTeacher(teacher: teacher, sharpens: false)
        default: return teacher
        }
    }
}

extension Teacher {
    /// What a few rows show that are asked before all others, in sentences; none for a teacher whose answers cost next to nothing.
    ///
    /// - Parameter rows: the rows that are to be asked, with their target.
    /// - Throws: as asking does.
    public func preview(on rows: Dataset) async throws -> [String] {
        var sentences: [String] = []
        for teacher in foreignTeachers {
            let flight = try await PreFlight(teacher, on: rows)
            sentences += flight.sentences(remaining: teacher.unanswered(in: rows).count)
        }
        return sentences
    }

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
    private var foreignTeachers: [StoredTeacher] {
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
