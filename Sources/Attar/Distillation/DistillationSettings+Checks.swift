extension DistillationSettings {
    /// Refuses settings that are out of range or do not go with each other, before anything is trained.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func validate() throws {
        for setting in RecipeSettings.all where setting.isShared { try setting.check(values) }
        try validateTeaching()
    }

    /// Refuses ways of teaching that do not go with each other.
    private func validateTeaching() throws {
        if !self.features.isEmpty, plan?.isLabelsOnly == true {
            throw AttarError(
                .invalidSetting, "features need a teacher, but the strategy is labels alone",
                remedy: "Use --strategy teacher, or leave features out")
        }
        if !self.features.isEmpty, augmentation?.mixing != nil {
            throw AttarError(
                .invalidSetting, "features do not go with mixup or cutmix",
                remedy: "Leave them out of augment, or leave features out")
        }
        guard augmentation != nil else { return }
        if let other = plan?.strategies.first(where: { ![.labelsOnly, .teacher].contains($0) }) {
            throw AttarError(
                .invalidSetting, "the strategy '\(other.rawValue)' does not go with augment",
                remedy: "Use --strategy teacher, or leave augment out")
        }
    }

    /// Whether the plan is settled and has the strategy.
    func asks(_ strategy: TransferStrategy) -> Bool { plan?.strategies.contains(strategy) ?? false }
}
