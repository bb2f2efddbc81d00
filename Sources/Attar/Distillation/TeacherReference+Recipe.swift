extension TeacherReference {
    /// The teacher, or teachers, that a recipe names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where a text names none, a weight is not above 0, or one of several is still to be trained.
    init(_ recipe: Recipe, catalogue: Catalogue) throws {
        guard !recipe.teachers.isEmpty else {
            try self.init(parsing: recipe.teacher, asking: recipe.asking, catalogue: catalogue)
            return
        }
        let members = try recipe.teachers.map { entry in
            guard entry.weight > 0 && entry.weight.isFinite else {
                throw AttarError(
                    .invalidSetting,
                    "the weight of the teacher '\(entry.teacher)' is \(entry.weight), but must be above 0",
                    remedy: "Leave the teacher out, or give it a share")
            }
            let member = try TeacherReference(parsing: entry.teacher, asking: recipe.asking, catalogue: catalogue)
            guard member.estimator == nil else {
                throw Self.untrained(entry.teacher, among: recipe.teachers.map(\.teacher))
            }
            return (reference: member, weight: entry.weight)
        }
        self.init(
            .several(members, learnsWeights: recipe.learnsWeights), named: recipe.teachers.inWords,
            asking: recipe.asking)
    }
}
