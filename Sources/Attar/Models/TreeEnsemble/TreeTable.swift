/// One tree of another library, node by node in any order, before it is laid out.
///
/// Node 0 is the root. A row goes to the second child where its value is at or above the threshold, or its category is in the node's set.
package struct TreeTable {
    /// What a node is.
    package enum Node {
        /// A leaf, which adds its value.
        case leaf(Float)
        /// A split by size; the children are positions of nodes.
        case split(feature: Int, threshold: Float, first: Int, second: Int, missing: Missing)
        /// A split by a set of categories, as bits, the lowest category in the lowest bit of the first word.
        case categories(feature: Int, set: [UInt32], first: Int, second: Int, missing: Missing)
    }

    /// Where a missing value goes, and what counts as one besides NaN.
    package struct Missing {
        package var goesSecond: Bool
        package var includesZero = false

        package init(goesSecond: Bool, includesZero: Bool = false) {
            (self.goesSecond, self.includesZero) = (goesSecond, includesZero)
        }
    }

    /// The nodes.
    package var nodes: [Node]

    package init(_ nodes: [Node]) { self.nodes = nodes }
}
