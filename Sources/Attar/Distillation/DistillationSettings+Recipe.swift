extension DistillationSettings {
    /// What a recipe says of how the run is made.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a text that does not parse.
    public init(_ recipe: Recipe, catalogue: Catalogue = .standard) throws {
        self.init()
        (task, aim) = (recipe.task, recipe.aim)
        plan = try TransferPlan.parsed(recipe.strategy, synthesised: recipe.synthesised)
        synthesised = recipe.synthesised
        (loss, temperature, labelShare) = (recipe.loss, recipe.temperature, recipe.labelShare)
        features = recipe.features
        assistants = try recipe.assistants.map { try NamedEstimator(parsing: $0, catalogue: catalogue) }
        generations = recipe.generations
        peer = try recipe.peer.map { try NamedEstimator(parsing: $0, catalogue: catalogue) }
        augmentation = try recipe.augment.map { try Augmentation($0) }
        views = recipe.views
        text = try recipe.text.map { try TextMethod($0) }
        tokenizer = recipe.textTokenizer
        (folds, testFraction) = (recipe.folds, recipe.testFraction)
        (seeds, seed, threads) = (recipe.seeds, recipe.seed, recipe.threads)
        (evidence, sets, budget, thresholds) = (recipe.evidence, recipe.sets, recipe.budget, recipe.thresholds)
        metric = recipe.metric
        allowEmpty = recipe.allowEmpty
        requirement = try recipe.require.map { try Requirement($0, metrics: catalogue.metrics) }
    }
}

extension Distiller {
    /// The run as a recipe, for the artifact: in the words of the recipe that it was made of, where these still say the same.
    var record: Recipe {
        var record = recipe
        let written = try? DistillationSettings(recipe, catalogue: catalogue)
        record.student = student?.name
        let named = recipe.teachers.isEmpty ? recipe.teacher : recipe.teachers.inWords
        if teacher.name != named { (record.teacher, record.teachers) = (teacher.name, []) }
        record.asking = teacher.settings
        (record.task, record.aim) = (settings.task, settings.aim)
        if written?.plan != settings.plan { record.strategy = settings.plan?.description ?? "auto" }
        record.synthesised = settings.plan?.synthesised ?? settings.synthesised
        (record.loss, record.temperature, record.labelShare) = (
            settings.loss, settings.temperature, settings.labelShare
        )
        record.features = settings.features
        (record.assistants, record.generations) = (settings.assistants.map(\.name), settings.generations)
        record.peer = settings.peer?.name
        if written?.augmentation != settings.augmentation { record.augment = settings.augmentation?.description }
        record.views = settings.views
        if written?.text != settings.text { record.text = settings.text?.description }
        record.textTokenizer = settings.tokenizer
        (record.folds, record.testFraction) = (settings.folds, settings.testFraction)
        (record.seeds, record.seed, record.threads) = (settings.seeds, settings.seed, settings.threads)
        (record.evidence, record.sets, record.budget) = (settings.evidence, settings.sets, settings.budget)
        record.metric = settings.metric
        record.allowEmpty = settings.allowEmpty
        (record.thresholds, record.require) = (settings.thresholds, settings.requirement?.text)
        return record
    }
}
