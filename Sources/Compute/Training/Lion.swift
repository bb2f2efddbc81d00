internal import CKernels

/// Lion: steps of the same size in every parameter, in the direction of a running mean of the gradient; decay is decoupled.
///
/// Its learning rate is a third to a tenth of Adam's. Source: Chen et al., "Symbolic Discovery of Optimization Algorithms",
/// NeurIPS 2023, algorithm 2.
public struct Lion: Optimizer {
    /// The mean's share in the direction of a step, in [0, 1).
    public var beta1: Float = 0.9
    /// How slowly the mean forgets, in [0, 1).
    public var beta2: Float = 0.99
    /// How strongly weights are drawn to 0, 0 or more.
    public var weightDecay: Float

    /// Lion with the published means.
    public init(weightDecay: Float = 0) { self.weightDecay = weightDecay }

    public var momentsPerParameter: Int { 1 }

    public func update(_ block: ParameterBlock, step: Int, rate: Float) {
        attar_lion(
            block.values, block.gradients, block.moments, block.count, rate, beta1, beta2,
            block.decays ? weightDecay : 0)
    }
}
