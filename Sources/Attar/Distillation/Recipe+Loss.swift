extension DistillationLoss {
    /// The loss that a recipe names; without a name the blend of label and teacher of the task.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown name or a setting out of range.
    package init(recipe: Recipe, for task: LearningTask.Kind) throws {
        // Without a name a lower temperature than the published one: teachers of tables are softer than deep networks.
        let name = Self.name(in: recipe, for: task)
        let isOurs = recipe.loss == nil && name == "hinton"
        try self.init(
            named: name, for: task, temperature: recipe.temperature ?? (isOurs ? 2 : nil),
            labelShare: recipe.labelShare)
        // Where only so many classes are known, these are what is learned.
        guard let known = recipe.asking.topK else { return }
        for index in terms.indices where terms[index].kind == .topClasses { terms[index].parameter = Double(known) }
    }

    /// The name of the loss that a recipe takes.
    static func name(in recipe: Recipe, for task: LearningTask.Kind) -> String {
        recipe.loss ?? (task == .classification && recipe.asking.topK != nil ? "top-k" : defaultName(for: task))
    }

    /// The name of the loss that is taken where a recipe names none.
    static func defaultName(for task: LearningTask.Kind) -> String {
        task == .classification ? "hinton" : "blended"
    }
}
