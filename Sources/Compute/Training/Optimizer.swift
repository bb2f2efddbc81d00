/// How parameters follow their gradients. One call a step, over all parameters at once.
public protocol Optimizer: Sendable {
    /// How many numbers it keeps for each parameter.
    var momentsPerParameter: Int { get }

    /// Moves the parameters by one step.
    ///
    /// - Parameters:
    ///   - step: counted from 1.
    ///   - rate: the learning rate of this step.
    func update(_ block: ParameterBlock, step: Int, rate: Float)
}

/// Parameters with their gradients and the optimiser's numbers, borrowed for one call.
public struct ParameterBlock {
    /// Number of parameters.
    public let count: Int
    /// The parameters.
    public let values: UnsafeMutablePointer<Float>
    /// Their gradients.
    public let gradients: UnsafePointer<Float>
    /// What the optimiser keeps: `momentsPerParameter` times `stride` floats, 0 before the first step; the first `count`
    /// of each `stride` belong to this block.
    public let moments: UnsafeMutablePointer<Float>
    /// Floats from one moment to the next.
    public let stride: Int
    /// Whether weight decay applies.
    public let decays: Bool

    package init(
        count: Int, values: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
        moments: UnsafeMutablePointer<Float>, stride: Int, decays: Bool
    ) {
        self.count = count
        self.values = values
        self.gradients = gradients
        self.moments = moments
        self.stride = stride
        self.decays = decays
    }
}
