extension DistillationLoss {
    /// The loss that a recipe names; without a name the blend of label and teacher of the task.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown name or a setting out of range.
    init(recipe: Recipe, for task: Task.Kind) throws {
        try self.init(
            named: recipe.loss ?? Self.defaultName(for: task), for: task, temperature: recipe.temperature,
            labelShare: recipe.labelShare)
    }

    /// The name of the loss that is taken where a recipe names none.
    static func defaultName(for task: Task.Kind) -> String {
        task == .classification ? "hinton" : "blended"
    }
}
