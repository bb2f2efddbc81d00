extension Distiller {
    /// A model between teacher and student.
    struct Stage {
        let model: NamedEstimator
        /// What certificates say that it is: assistant, or generation with its number.
        let role: String
        /// What messages call it.
        let title: String
    }

    /// The models between teacher and student, in the order in which they are taught: the assistants, then the student's earlier generations.
    var stages: [Stage] {
        var stages = settings.assistants.map { Stage(model: $0, role: "assistant", title: "assistant \($0.name)") }
        guard let student else { return stages }
        let count = settings.generations
        for number in 1..<max(1, count) {
            stages.append(
                Stage(
                    model: student, role: "generation \(number)",
                    title: "generation \(number) of \(count), \(student.name)"))
        }
        return stages
    }

    /// What certificates say that the student is where it is taught in stages.
    var lastRole: String { settings.generations > 1 ? "generation \(settings.generations)" : "student" }
}
