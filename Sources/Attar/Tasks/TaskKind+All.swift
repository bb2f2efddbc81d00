extension TaskKind {
    /// Every task that Attar knows. Where nobody names one, the first that means a target of that sort is taken.
    public static let all: [TaskKind] = [.classification, .regression, .embedding, .clustering, .anomaly]
}
