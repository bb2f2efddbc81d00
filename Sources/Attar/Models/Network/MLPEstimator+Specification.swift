extension MLPEstimator {
    public static var family: Family { .mlp }

    /// The estimator that a specification such as `mlp[64,32,dropout=0.1,norm=batch]` names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an option that it does not have or a value that does not parse.
    public init(_ specification: Specification) throws {
        try specification.allow(
            [
                "activation", "norm", "dropout", "epochs", "batch", "optimizer", "learningRate", "weightDecay",
                "schedule",
                "warmup", "patience",
            ], positional: true)
        if !specification.positional.isEmpty { hidden = try specification.positionalIntegers() }
        activation = Activation(rawValue: specification.text("activation", default: activation.rawValue))
        normalization = Normalization(rawValue: specification.text("norm", default: normalization.rawValue))
        dropout = try specification.number("dropout", default: dropout)
        epochs = try specification.integer("epochs", default: epochs)
        batchSize = try specification.integer("batch", default: batchSize)
        optimizer = Optimizer(rawValue: specification.text("optimizer", default: optimizer.rawValue))
        learningRate = try specification.number("learningRate", default: learningRate)
        weightDecay = try specification.number("weightDecay", default: weightDecay)
        schedule = Schedule(rawValue: specification.text("schedule", default: schedule.rawValue))
        warmUp = try specification.number("warmup", default: warmUp)
        patience = try specification.integer("patience", default: patience ?? epochs)
        try validate()
    }

    /// Checks every setting.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) naming the option, its value and its range.
    public func validate() throws {
        func require(_ holds: Bool, _ option: String, _ value: Any, _ range: String) throws {
            if !holds { throw AttarError(.invalidSetting, "mlp's \(option) is \(value)", remedy: "Give \(range)") }
        }
        for width in hidden {
            try require((1...65_536).contains(width), "layer width", width, "each layer 1 to 65536 units")
        }
        try require(hidden.count <= 64, "number of layers", hidden.count, "at most 64 layers")
        try require((0..<1).contains(dropout), "dropout", dropout, "0 or more, below 1")
        try require(epochs >= 1, "epochs", epochs, "at least 1")
        try require((scheduledEpochs ?? epochs) >= 1, "scheduled epochs", scheduledEpochs ?? epochs, "at least 1")
        try require(batchSize >= 1, "batch", batchSize, "at least 1")
        try require(learningRate > 0 && learningRate.isFinite, "learningRate", learningRate, "a number above 0")
        try require(weightDecay >= 0 && weightDecay.isFinite, "weightDecay", weightDecay, "0 or more")
        try require((0..<1).contains(warmUp), "warmup", warmUp, "a share of the run: 0 or more, below 1")
        try require((patience ?? 1) >= 1, "patience", patience ?? 1, "at least 1")
        _ = try (activationFunction, trainer(seed: 0, threads: 1))
        try Self.require(normalization.rawValue, isOneOf: ["none", "batch", "layer"], "norm")
    }

    /// Refuses a name that is none of those known.
    static func require(_ name: String, isOneOf known: [String], _ option: String) throws {
        if !known.contains(name) {
            throw AttarError(
                .invalidSetting, "mlp has no \(option) '\(name)'", remedy: didYouMean(name, among: known))
        }
    }
}
