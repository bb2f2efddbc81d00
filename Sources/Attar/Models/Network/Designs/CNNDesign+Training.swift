extension CNNDesign: TrainableDesign {
    public static var family: Family { .cnn }
    public static let options = [
        "convolutions", "kernel", "norm", "separable", "excite", "activation", "head", "dropout",
    ]

    public static var training: NetworkTraining { .pictures }

    public init(_ specification: Specification) throws {
        self.init()
        if !specification.positional.isEmpty { stages = try specification.positionalIntegers() }
        convolutions = try specification.integer("convolutions", default: convolutions)
        kernel = try specification.integer("kernel", default: kernel)
        normalization = Normalization(rawValue: specification.text("norm", default: normalization.rawValue))
        isSeparable = try specification.flag("separable", default: isSeparable)
        isExcited = try specification.flag("excite", default: isExcited)
        activation = try specification.activation(default: activation)
        let head = specification.text("head", default: head.rawValue)
        try requireKnown(head, among: Head.allCases.map(\.rawValue), "head", of: "cnn")
        self.head = Head(rawValue: head) ?? self.head
        dropout = try specification.number("dropout", default: dropout)
    }
}

extension Family {
    /// Convolutional networks for pictures.
    public static let cnn = Family(
        summary: "convolutional network for pictures; cnn[16,32] has stages of 16 and 32 channels",
        estimator: NetworkEstimator<CNNDesign>.self, model: NetworkModel<CNNDesign>.self, reads: [.picture])
}
