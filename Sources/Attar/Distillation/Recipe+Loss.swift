extension DistillationLoss {
    /// The loss that a recipe names; without a name the blend of label and teacher of the task.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown name or a setting out of range.
    init(recipe: Recipe, for task: Task.Kind) throws {
        // Without a name a lower temperature than the published one: teachers of tables are softer than deep networks.
        let isOurs = recipe.loss == nil && task == .classification
        try self.init(
            named: recipe.loss ?? Self.defaultName(for: task), for: task,
            temperature: recipe.temperature ?? (isOurs ? 2 : nil), labelShare: recipe.labelShare)
    }

    /// The name of the loss that is taken where a recipe names none.
    static func defaultName(for task: Task.Kind) -> String {
        task == .classification ? "hinton" : "blended"
    }
}
