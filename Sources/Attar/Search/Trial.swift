/// How one way of making the transfer set did on validation rows.
public struct Trial: Hashable, Codable, Sendable {
    /// The strategies, as in a recipe: `munge+noise`.
    public let strategy: String
    /// The share of the loss of someone who knows nothing of a row that it does away with, by squared differences of probabilities or values to the labels (for the aim of
    /// fidelity, to the teacher's answers): for regression R².
    public let score: Double
    /// Accuracy or R² against the labels, the mean over the folds.
    public let quality: Double
    /// Folds that it was tried on; plans that trail are dropped after two.
    public var folds: Int?
    /// How much less it loses a row than labels alone on the same rows, calibrated as students are; nil for labels alone, and where there are none.
    public var gain: Double?
    /// The standard error of the gain, corrected for what the folds share.
    public var gainError: Double?
}

/// One student that was considered: its family and size, and how it did on validation rows.
public struct Candidate: Hashable, Codable, Sendable {
    /// The specification, as in a recipe: `mlp[32]`.
    public let student: String
    /// The strategies that it did best with.
    public let strategy: String
    /// Its score on validation rows, higher is better (see `Trial.score`).
    public let score: Double
    /// Accuracy or R² on validation rows.
    public let quality: Double
    /// The artifact's size, without certificate.
    public let bytes: Int
    /// Median time a row.
    public let latencyMicroseconds: Double
    /// Why it was left out, or nil.
    public let excluded: String?
}
