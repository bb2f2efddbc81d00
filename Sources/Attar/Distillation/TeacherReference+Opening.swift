extension TeacherReference {
    /// How the teacher is trained; nil where it exists already.
    public var estimator: (any Estimator)? { if case .estimator(let estimator) = origin { estimator } else { nil } }

    /// The teacher, where it is there; nil where it is still to be opened or trained.
    public var teacher: (any Teacher)? { if case .teacher(let teacher) = origin { teacher } else { nil } }

    /// The categories that the models of teachers to be opened know, by column, for reading rows that they are to answer.
    public var categories: [String: [String]] {
        switch origin {
        case .estimator, .teacher: [:]
        case .source(let source): source.categories
        case .several(let members, _):
            members.reduce(into: [:]) { $0.merge($1.reference.categories) { $0 + $1 } }
        }
    }

    /// The same teacher, ready to be asked about rows; one that is to be trained as it is.
    ///
    /// Several teachers answer by their weighted mean.
    /// - Parameters:
    ///   - rows: all rows of the data set, with their target where there is one.
    ///   - task: what is asked for where rows have no target; nil leaves it to the teacher.
    ///   - progress: told how far a teacher outside of Attar is with its answers; may stop it.
    /// - Throws: `AttarError`: `unusableTeacher` where several answer different tasks, naming the one; else as opening them does.
    public func opened(
        for rows: Dataset, task: LearningTask.Kind? = nil, progress: @escaping ProgressHandler = { _ in .more }
    ) throws -> TeacherReference {
        var settings = settings
        if rows.target == nil { settings.task = task }
        switch origin {
        case .estimator, .teacher: return self
        case .source(let source):
            let teacher = try source.teacher(for: rows, settings: settings, progress: progress)
            return TeacherReference(.teacher(calibrated(teacher, source)), named: name, asking: settings)
        case .several(let members, let learnsWeights):
            let names = members.map(\.reference.name)
            let opened = try members.map { member, _ -> any Teacher in
                guard let teacher = try member.opened(for: rows, task: task, progress: progress).teacher else {
                    throw Self.untrained(member.name, among: names)
                }
                guard let task = rows.target?.task, teacher.task != task else { return teacher }
                return try AlignedTeacher(teacher, for: task, named: member.name)
            }
            let mean: any Teacher =
                learnsWeights
                ? try WeighableTeachers(opened, names: names)
                : try Ensemble(opened, weights: members.map(\.weight), names: names)
            return TeacherReference(.teacher(mean), named: name, asking: settings)
        }
    }

    /// A teacher that is calibrated, where wanted, before it teaches.
    private func calibrated(_ teacher: any Teacher, _ source: TeacherSource) -> any Teacher {
        switch settings.calibrate ?? "auto" {
        case "always": CalibratableTeacher(teacher: teacher, sharpens: true)
        case "auto" where source.isForeign: CalibratableTeacher(teacher: teacher, sharpens: false)
        default: teacher
        }
    }

    /// What is said of a model to train among several teachers.
    static func untrained(_ name: String, among names: [String]) -> AttarError {
        AttarError(
            .invalidSetting,
            "'\(name)' is a model to train, but several teachers have to be trained already",
            remedy: "Train it with 'attar train', or use one teacher, ensemble[\(names.joined(separator: ","))]")
    }
}
