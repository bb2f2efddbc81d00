extension DistillationSettings {
    /// Refuses settings that are out of range or do not go with each other, before anything is trained.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func validate() throws {
        func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ range: String) throws {
            guard holds else { throw AttarError(.invalidSetting, "\(name) is \(value), but must be \(range)") }
        }
        try require(testFraction > 0 && testFraction < 1, "testFraction", testFraction, "between 0 and 1")
        try require((2...100).contains(folds), "folds", folds, "from 2 to 100")
        try require((1...100).contains(seeds), "seeds", seeds, "from 1 to 100")
        try require(synthesised > 0 && synthesised <= 1000, "synthesised", synthesised, "above 0, at most 1000")
        if let temperature {
            try require(temperature > 0 && temperature.isFinite, "temperature", temperature, "above 0")
        }
        if let labelShare { try require((0...1).contains(labelShare), "labelShare", labelShare, "from 0 to 1") }
        if let threads { try require((1...1024).contains(threads), "threads", threads, "from 1 to 1024") }
        let aims = Aim.all.map(\.rawValue)
        try require(aims.contains(aim.rawValue), "aim", aim.rawValue, aims.joined(separator: " or "))
        let efforts = EvidenceEffort.all.map(\.rawValue)
        try require(efforts.contains(evidence.rawValue), "evidence", evidence.rawValue, "auto, full or quick")
        if let sets {
            let names = SetMethod.all.map(\.rawValue)
            guard names.contains(sets.rawValue) else {
                throw AttarError(
                    .invalidSetting, "sets is \(sets.rawValue), but must be one of \(names.joined(separator: ", "))",
                    remedy: didYouMean(sets.rawValue, among: names))
            }
        }
        try thresholds.validate()
        guard (1...20).contains(generations) else {
            throw AttarError(
                .invalidSetting, "generations is \(generations), but must be from 1 to 20",
                remedy: "1 is a student without predecessors")
        }
        try require((0...1000).contains(views), "views", views, "from 0 to 1000")
        for term in features { try term.validate() }
        try validateTeaching()
    }

    /// Refuses ways of teaching that do not go with each other.
    private func validateTeaching() throws {
        if !features.isEmpty, plan?.isLabelsOnly == true {
            throw AttarError(
                .invalidSetting, "features need a teacher, but the strategy is labels alone",
                remedy: "Use --strategy teacher, or leave features out")
        }
        if !features.isEmpty, augmentation?.mixing != nil {
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
