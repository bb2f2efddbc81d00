/// How one way of making the transfer set did on validation rows, averaged over the seeds that were tried.
public struct Trial: Hashable, Codable, Sendable {
    /// The strategies, as in a recipe: `munge+noise`.
    public let strategy: String
    /// What is maximised, higher is better: for classification the mean of accuracy and agreement with the teacher, for
    /// regression R².
    public let score: Double
    /// Accuracy or R² against the labels: what may not fall below labels only.
    public let quality: Double
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
