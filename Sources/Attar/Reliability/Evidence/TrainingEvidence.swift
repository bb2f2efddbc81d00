/// The losses of the fits, epoch by epoch.
public struct TrainingEvidence: EvidenceResult {
    public static let key = "training"

    /// One curve a fit; none where families do not learn in epochs.
    public var curves: [TrainingCurve]

    /// The curves alone, as a list.
    public init(from decoder: any Decoder) throws {
        curves = try decoder.singleValueContainer().decode([TrainingCurve].self)
    }

    /// Curves of fits.
    public init(_ curves: [TrainingCurve]) { self.curves = curves }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(curves)
    }
}

/// The losses of one fit.
public struct TrainingCurve: Hashable, Codable, Sendable {
    /// Whose: `student`, `labelsOnly`.
    public var model: String
    /// The fit's seed.
    public var seed: UInt64
    /// The mean training loss of each epoch.
    public var loss: [Double]
    /// The loss on validation rows after each epoch; empty where there were none.
    public var validationLoss: [Double]
}

extension Evidence {
    /// The losses of the fits, epoch by epoch.
    public var training: [TrainingCurve] { self[TrainingEvidence.self]?.curves ?? [] }
}

extension EvidencePart {
    /// The losses of the fits.
    public static let training = EvidencePart(TrainingEvidence.self) { TrainingEvidence($0.curves) }
}
