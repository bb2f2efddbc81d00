internal import CKernels

/// Stochastic gradient descent with momentum: velocity = momentum·velocity + gradient; parameter −= rate·velocity.
///
/// Source: Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013.
public struct GradientDescent: Optimizer {
    /// How much of the last step's velocity is kept, in [0, 1).
    public var momentum: Float
    /// Whether the gradient is used one step ahead (Nesterov).
    public var isNesterov: Bool
    /// How strongly weights are drawn to 0, 0 or more; added to the gradient.
    public var weightDecay: Float

    /// Gradient descent with the given momentum.
    public init(momentum: Float = 0.9, isNesterov: Bool = false, weightDecay: Float = 0) {
        self.momentum = momentum
        self.isNesterov = isNesterov
        self.weightDecay = weightDecay
    }

    public var momentsPerParameter: Int { 1 }

    public func update(_ block: ParameterBlock, step: Int, rate: Float) {
        attar_sgd(
            block.values, block.gradients, block.moments, block.count, rate, momentum, isNesterov ? 1 : 0,
            block.decays ? weightDecay : 0)
    }
}
