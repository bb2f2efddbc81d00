extension DistillationSettings {
    /// What a recipe says of how the run is made.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a text that does not parse.
    public init(_ recipe: Recipe, catalogue: Catalogue = .standard) throws {
        self.init()
        values = recipe.values.only(RecipeSettings.all.filter(\.isShared))
        plan = try TransferPlan.parsed(recipe.strategy, synthesised: recipe.synthesised)
        assistants = try recipe.assistants.map { try NamedEstimator(parsing: $0, catalogue: catalogue) }
        peer = try recipe.peer.map { try NamedEstimator(parsing: $0, catalogue: catalogue) }
        augmentation = try recipe.augment.map { try Augmentation($0) }
        text = try recipe.text.map { try TextMethod($0) }
        requirement = try recipe.require.map { try Requirement($0, metrics: catalogue.metrics) }
    }
}

extension Distiller {
    /// The run as a recipe, for the artifact: in the words of the recipe that it was made of, where these still say the same.
    var record: Recipe {
        var record = recipe
        record.values = recipe.values.only(RecipeSettings.all.filter { !$0.isShared }).joined(with: settings.values)
        let written = try? DistillationSettings(recipe, catalogue: catalogue)
        record.student = student?.name
        let named = recipe.teachers.isEmpty ? recipe.teacher : recipe.teachers.inWords
        if teacher.name != named { (record.teacher, record.teachers) = (teacher.name, []) }
        record.asking = teacher.settings
        if written?.plan != settings.plan { record.strategy = settings.plan?.description ?? "auto" }
        record.synthesised = settings.plan?.synthesised ?? settings.synthesised
        (record.assistants, record.peer) = (settings.assistants.map(\.name), settings.peer?.name)
        if written?.augmentation != settings.augmentation { record.augment = settings.augmentation?.description }
        if written?.text != settings.text { record.text = settings.text?.description }
        record.require = settings.requirement?.text
        return record
    }
}
