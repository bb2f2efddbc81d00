extension DistillationLoss {
    /// The loss that a recipe names; without a name the one that is usual for the task.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown name or a setting out of range.
    package init(recipe: Recipe, for task: LearningTask, of kind: TaskKind) throws {
        // Without a name a lower temperature than the published one: teachers of tables are softer than deep networks.
        let name = Self.name(in: recipe, for: kind)
        let isOurs = recipe.loss == nil && name == "hinton"
        try self.init(
            named: name, for: task.form, temperature: recipe.temperature ?? (isOurs ? 2 : nil),
            labelShare: recipe.labelShare)
        // Where only so many classes are known, these are what is learned.
        guard let known = recipe.asking.topK else { return }
        for index in terms.indices where terms[index].kind == .topClasses { terms[index].parameter = Double(known) }
    }

    /// The name of the loss that a recipe takes.
    static func name(in recipe: Recipe, for kind: TaskKind) -> String {
        recipe.loss ?? kind.teaching.usualLoss(knownClasses: recipe.asking.topK)
    }
}
