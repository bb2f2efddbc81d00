extension Recipe {
    /// Refuses settings that are out of range, before anything is trained.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the setting, its value and its range.
    public func validate(catalogue: Catalogue = .standard) throws {
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
        if let text { _ = try TextMethod(text) }
        let plan = try TransferPlan.parsed(strategy, synthesised: synthesised)
        try asking.validate(catalogue: catalogue)
        try thresholds.validate()
        if let text = self.require { _ = try Requirement(text) }
        try validateSchemes(catalogue: catalogue)
        for term in features { try term.validate() }
        if !features.isEmpty, plan?.isLabelsOnly == true {
            throw AttarError(
                .invalidSetting, "features need a teacher, but the strategy is labels alone",
                remedy: "Use --strategy teacher, or leave features out")
        }
        if !features.isEmpty, try augmentation()?.mixing != nil {
            throw AttarError(
                .invalidSetting, "features do not go with mixup or cutmix",
                remedy: "Leave them out of augment, or leave features out")
        }
        try require((0...1000).contains(views), "views", views, "from 0 to 1000")
        if let augment {
            _ = try Augmentation(augment)
            if let other = plan?.strategies.first(where: { ![.labelsOnly, .teacher].contains($0) }) {
                throw AttarError(
                    .invalidSetting, "the strategy '\(other.rawValue)' does not go with augment",
                    remedy: "Use --strategy teacher, or leave augment out")
            }
        }
    }

    /// The augmentation that is asked for.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func augmentation() throws -> Augmentation? { try augment.map { try Augmentation($0) } }

    /// Refuses a strategy that would only copy the rows, and a student that does not read rows of their kind.
    ///
    /// - Throws: `AttarError`: `invalidSetting`, `schemaMismatch`.
    func validate(for encoder: FeatureEncoder) throws {
        let makers = TransferStrategy.all.filter(\.synthesises)
        if let idle = makers.first(where: { asks($0) && !encoder.isChanged(by: $0) }) {
            throw AttarError(
                .invalidSetting, "the strategy '\(idle.rawValue)' would only copy rows that are \(encoder.layout) each",
                remedy: encoder.isChanged(by: .noise)
                    ? "Use spunge, mixup or noise" : "Use --strategy teacher, for pictures with --augment")
        }
        guard let student else { return }
        let specification = try Specification(student)
        try Family.named(specification.name).estimator(specification).validate(for: encoder)
    }

    /// Refuses a student that there is not, or whose settings are out of range.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func validateStudent() throws {
        guard let student else {
            if features.isEmpty { return }
            throw AttarError(
                .invalidSetting, "features need a network as student, and none is named",
                remedy: "Name one with --student, such as mlp[16]")
        }
        let specification = try Specification(student)
        let estimator = try Family.named(specification.name).estimator(specification)
        try estimator.validate()
        if features.isEmpty { return }
        guard let network = estimator as? any NetworkFitting else {
            throw AttarError(
                .invalidSetting, "features compare hidden tensors, which the student '\(student)' does not have",
                remedy: "Take a network, such as mlp[16], or leave features out")
        }
        try FeatureTeaching.refuse(features, network.training, of: student)
    }

    /// Whether the recipe names the strategy; `auto` names none.
    func asks(_ strategy: TransferStrategy) -> Bool {
        let plan = try? TransferPlan.parsed(self.strategy, synthesised: synthesised)
        return plan?.strategies.contains(strategy) ?? false
    }

    /// Refuses folds from which a teacher's copies could not learn: to choose on validation rows they leave out two of them.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func validateFoldsForTraining() throws {
        guard !holdsPairsOut || folds >= 3 else {
            throw AttarError(
                .invalidSetting,
                "folds is \(folds), but to choose a student or strategy, or to teach in stages, copies of the teacher leave out two folds",
                remedy: "Use at least 3 folds, or name both the student and its strategy")
        }
    }

    /// Whether validation rows decide anything: with the student and its strategy both given, they do not.
    var leavesChoice: Bool { student == nil || strategy == "auto" }

    /// Whether copies of the teacher that leave out two folds are needed: where folds are held out of what they teach.
    var holdsPairsOut: Bool { leavesChoice || !stages.isEmpty }
}
