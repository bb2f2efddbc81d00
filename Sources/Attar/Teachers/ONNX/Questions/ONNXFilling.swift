/// What one input of a model is filled with.
enum ONNXFilling: Hashable, Sendable {
    /// A block of numbers: one or more columns side by side.
    case numbers([String])
    /// A block of texts: one or more columns side by side.
    case texts([String])
    /// A column of arrays, its dimensions in the order given where that is not their own, as rows of a shape.
    case arrays(String, axes: [Int]?, shape: [Int])
    /// A part of what a sequence of tokens consists of.
    case tokens(ONNXTokens.Part)
}
