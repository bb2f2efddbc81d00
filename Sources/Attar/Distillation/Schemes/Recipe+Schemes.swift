extension Recipe {
    /// Who teaches, as the certificate names it.
    var teacherName: String { teachers.isEmpty ? teacher : teachers.inWords }

    /// The models between teacher and student, in the order in which they are taught, each with what messages call it: the assistants,
    /// then the student's earlier generations.
    var stages: [(name: String, title: String)] {
        assistants.map { ($0, "assistant \($0)") }
            + (1..<max(1, generations)).map { (student ?? "", "generation \($0) of \(generations), \(student ?? "")") }
    }

    /// Who teaches the student in the end: its predecessor, the last assistant or the teacher.
    var lastTeacherName: String { stages.last?.name ?? teacherName }

    /// Refuses schemes that are out of range or do not go with the rest, before anything is trained.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func validateSchemes(catalogue: Catalogue = .standard) throws {
        func require(_ holds: Bool, _ problem: @autoclosure () -> String, _ remedy: String) throws {
            if !holds { throw AttarError(.invalidSetting, problem(), remedy: remedy) }
        }
        try require(
            (1...20).contains(generations), "generations is \(generations), but must be from 1 to 20",
            "1 is a student without predecessors")
        for teacher in teachers {
            try require(
                teacher.weight > 0 && teacher.weight.isFinite,
                "the weight of the teacher '\(teacher.teacher)' is \(teacher.weight), but must be above 0",
                "Leave the teacher out, or give it a share")
            if try TeacherSource(teacher.teacher, catalogue: catalogue).specification != nil {
                try require(
                    false, "'\(teacher.teacher)' is a model to train, but several teachers have to be trained already",
                    "Train it with 'attar train', or use one teacher, ensemble[\(teachers.map(\.teacher).joined(separator: ","))]"
                )
            }
        }
        for assistant in assistants {
            let specification = try Specification(assistant)
            try Family.named(specification.name).estimator(specification).validate()
        }
        let chain = assistants.isEmpty ? "generations" : "assistants"
        if !stages.isEmpty {
            try require(
                student != nil && strategy != "auto", "\(chain) need the student and its strategy named",
                "Add, for example, --student 'mlp[16]' --strategy teacher")
            try require(
                try TransferPlan.parsed(strategy, synthesised: synthesised)?.isLabelsOnly != true,
                "\(chain) need a teacher, but the strategy is labels alone", "Use --strategy teacher")
        }
        guard let peer else { return }
        try require(
            student != nil, "a peer needs a network as student, and none is named",
            "Name one with --student, such as mlp[16]")
        for (role, text) in [("peer", peer), ("student", student ?? "")] {
            let specification = try Specification(text)
            let estimator = try Family.named(specification.name).estimator(specification)
            try estimator.validate()
            try require(
                estimator is any NetworkFitting, "mutual learning is for networks, but the \(role) is '\(text)'",
                "Take a network, such as mlp[32], or leave peer out")
        }
        try require(
            generations == 1, "a peer does not go with generations: a student has one way to be taught",
            "Leave one of them out")
        try require(
            try TransferPlan.parsed(strategy, synthesised: synthesised)?.isLabelsOnly != true,
            "a peer belongs to a distilled student, but the strategy is labels alone",
            "Use --strategy teacher; with --label-share 1 the students learn from labels and from each other alone")
        try require(
            task != .regression, "mutual learning compares probabilities of classes, but the task is regression",
            "Leave peer out")
    }
}
