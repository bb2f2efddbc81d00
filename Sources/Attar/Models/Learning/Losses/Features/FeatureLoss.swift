/// How a hidden tensor of a student is compared with one of its teacher's. Open, so that losses can be added.
///
/// Below, s and t are a row's elements in the two tensors, n is the number of rows in a batch. Each loss has a file of its own.
public struct FeatureLoss: Hashable, Codable, Sendable, RawRepresentable {
    public let rawValue: String

    /// A loss of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// All of them.
    public static let all: [FeatureLoss] = [.hint, .attention, .similarity, .distance, .angle, .pkt]

    /// The names by which recipes call them.
    static var names: [String] { all.map(\.rawValue) }

    /// What computes it; nil for a name that there is not.
    var comparison: (any FeatureComparison.Type)? {
        switch self {
        case .hint: Hint.self
        case .attention: AttentionTransfer.self
        case .similarity: SimilarityPreserving.self
        case .distance: RelationalDistance.self
        case .angle: RelationalAngle.self
        case .pkt: ProbabilisticTransfer.self
        default: nil
        }
    }

    /// The published weight, which a recipe's entry has unless it names another; 1 for a name that there is not.
    public var publishedWeight: Double { comparison?.publishedWeight ?? 1 }
}
