extension Distiller {
    /// Refuses what cannot be, before anything is read or trained.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func validate() throws {
        try settings.validate()
        try teacher.settings.validate(catalogue: catalogue)
        try validateStages()
        try validatePeer()
        try validateStudent()
    }

    /// Whether validation rows decide anything: with the student and its plan both given, they do not.
    var leavesChoice: Bool { student == nil || settings.plan == nil }

    /// Whether copies of the teacher that leave out two folds are needed: where folds are held out of what they teach.
    var holdsPairsOut: Bool { leavesChoice || !stages.isEmpty }

    /// Refuses folds from which copies of a teacher that Attar trains could not learn: to choose on validation rows they leave out two of them.
    func validateFolds() throws {
        guard teacher.estimator == nil || !holdsPairsOut || settings.folds >= 3 else {
            throw AttarError(
                .invalidSetting,
                "folds is \(settings.folds), but to choose a student or strategy, or to teach in stages, copies of the teacher leave out two folds",
                remedy: "Use at least 3 folds, or name both the student and its strategy")
        }
    }

    /// Refuses what says something of labels where rows have none.
    func refuseLabelSettings(of rows: Dataset) throws {
        let asked: [(String, Bool)] = [
            ("labelShare", (settings.labelShare ?? 0) > 0),
            ("sets", settings.sets.map { ![SetMethod.none, .tail].contains($0) } ?? false),
            ("costs", settings.costs != nil), ("loss labels", settings.loss == "labels"),
        ]
        guard let name = asked.first(where: \.1)?.0 else { return }
        throw AttarError(
            .invalidSetting, "\(name) is about labels, and \(rows.source) has no target",
            remedy: "Name a target with --target, or leave \(name) out")
    }

    private func validateStages() throws {
        for assistant in settings.assistants { try assistant.estimator.validate() }
        guard !settings.assistants.isEmpty || settings.generations > 1 else { return }
        let chain = settings.assistants.isEmpty ? "generations" : "assistants"
        try require(
            !leavesChoice, "\(chain) need the student and its strategy named",
            "Add, for example, --student 'mlp[16]' --strategy teacher")
        try require(
            settings.plan?.isLabelsOnly != true, "\(chain) need a teacher, but the strategy is labels alone",
            "Use --strategy teacher")
    }

    private func validatePeer() throws {
        guard let peer = settings.peer else { return }
        try require(
            student != nil, "a peer needs a network as student, and none is named",
            "Name one with --student, such as mlp[16]")
        for (role, model) in [("peer", peer), ("student", student ?? peer)] {
            try model.estimator.validate()
            try require(
                model.network != nil, "mutual learning is for networks, but the \(role) is '\(model.name)'",
                "Take a network, such as mlp[32], or leave peer out")
        }
        try require(
            settings.generations == 1, "a peer does not go with generations: a student has one way to be taught",
            "Leave one of them out")
        try require(
            settings.plan?.isLabelsOnly != true,
            "a peer belongs to a distilled student, but the strategy is labels alone",
            "Use --strategy teacher; with --label-share 1 the students learn from labels and from each other alone")
        if let task = settings.task { try validatePeer(for: LearningTask(kind: task, names: [])) }
    }

    /// Refuses a peer where answers are no probabilities.
    func validatePeer(for task: LearningTask) throws {
        try require(
            settings.peer == nil || task.form == .probabilities,
            "mutual learning compares probabilities of classes, but the task is \(task.kind)", "Leave peer out")
    }

    private func validateStudent() throws {
        guard let student else {
            return try require(
                settings.features.isEmpty, "features need a network as student, and none is named",
                "Name one with --student, such as mlp[16]")
        }
        try student.estimator.validate()
        try require(
            student.estimator.ownTask == nil,
            "the student '\(student.name)' finds what it answers by itself, and cannot be taught",
            "Make it the teacher, of a student such as tree or mlp")
        if settings.features.isEmpty { return }
        guard let network = student.network else {
            throw AttarError(
                .invalidSetting, "features compare hidden tensors, which the student '\(student.name)' does not have",
                remedy: "Take a network, such as mlp[16], or leave features out")
        }
        try FeatureTeaching.refuse(settings.features, network.training, of: student.name)
    }

    private func require(_ holds: Bool, _ problem: @autoclosure () -> String, _ remedy: String) throws {
        if !holds { throw AttarError(.invalidSetting, problem(), remedy: remedy) }
    }
}
