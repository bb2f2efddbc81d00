/// Who learns from features, as those who make the features need to know it: a family's name, and the layouts that it reads.
public struct FeatureReader: Hashable, Sendable {
    /// How features of a row lie.
    public enum Layout: Hashable, Sendable {
        /// Numbers without an order; pictures and sequences are such numbers, too, to those who read nothing else.
        case flat
        /// A picture.
        case picture
        /// Ids of words or tokens, whose order does not count.
        case bag
        /// Ids of words or tokens in their order.
        case sequence
        /// Ids of words or tokens beside other columns, each column in a branch of its own; without others it reads numbers.
        case joined
    }

    /// The family's name.
    public let name: String
    /// What it reads.
    public let layouts: Set<Layout>

    /// A reader of the given layouts.
    public init(_ name: String, reads layouts: Set<Layout>) {
        (self.name, self.layouts) = (name, layouts)
    }

    /// Whether it reads ids of words or tokens.
    var readsIDs: Bool { layouts.contains(.bag) || layouts.contains(.sequence) }
    /// Whether it reads them only.
    var needsIDs: Bool { readsIDs && !layouts.contains(.flat) }
    /// Whether their order matters to it.
    var readsOrder: Bool { layouts.contains(.sequence) }
}
