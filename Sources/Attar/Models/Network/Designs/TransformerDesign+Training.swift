internal import Compute

extension TransformerDesign: TrainableDesign {
    public static var family: Family { .transformer }
    public static let options = ["width", "layers", "heads", "inner", "positions", "norm", "head", "dropout"]

    /// Attention wants smaller steps than other networks of texts.
    public static var training: NetworkTraining {
        var training = NetworkTraining.texts
        training.learningRate = 1e-3
        return training
    }

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty {
            throw AttarError(
                .invalidSetting, "transformer has no sizes without a name, but '\(specification)' gives some",
                remedy: "Write transformer[width=64,layers=2,heads=4]")
        }
        width = try specification.integer("width", default: width)
        layers = try specification.integer("layers", default: layers)
        heads = try specification.integer("heads", default: heads)
        if specification.named["inner"] != nil { inner = try specification.integer("inner", default: 4 * width) }
        positions = try specification.choice("positions", default: positions)
        norm = try specification.choice("norm", default: norm)
        head = try specification.choice("head", default: head)
        dropout = try specification.number("dropout", default: dropout)
    }
}

extension Family {
    /// Transformers for sequences of tokens.
    public static let transformer = Family(
        summary: "transformer for token ids; transformer[width=64,layers=2,heads=4], or transformer-tiny",
        estimator: NetworkEstimator<TransformerDesign>.self, model: NetworkModel<TransformerDesign>.self,
        reads: [.sequence])
}

extension Specification {
    /// The value of an option that has a few names, or the default.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) with the nearest name for one that there is not.
    fileprivate func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ option: String, default fallback: Choice
    ) throws -> Choice {
        let text = text(option, default: fallback.rawValue)
        try requireKnown(text, among: Choice.allCases.map(\.rawValue), option, of: name)
        return Choice(rawValue: text) ?? fallback
    }
}
