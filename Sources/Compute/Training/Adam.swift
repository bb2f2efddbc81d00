internal import CKernels

/// Adam: steps scaled by running means of the gradient and of its square.
///
/// With weight decay in the gradient (L2) as Kingma and Ba, ICLR 2015, or decoupled from it as AdamW (Loshchilov and
/// Hutter, ICLR 2019).
public struct Adam: Optimizer {
    /// How slowly the mean of gradients forgets, in [0, 1).
    public var beta1: Float = 0.9
    /// How slowly the mean of squared gradients forgets, in [0, 1).
    public var beta2: Float = 0.999
    /// Keeps the step finite where gradients vanish, above 0.
    public var epsilon: Float = 1e-8
    /// How strongly weights are drawn to 0, 0 or more.
    public var weightDecay: Float
    /// Whether decay acts on the weights themselves (AdamW) rather than on their gradients.
    public var isDecoupled: Bool

    /// Adam, or AdamW with decoupled weight decay.
    public init(weightDecay: Float = 0, isDecoupled: Bool = false) {
        self.weightDecay = weightDecay
        self.isDecoupled = isDecoupled
    }

    public var momentsPerParameter: Int { 2 }

    public func update(_ block: ParameterBlock, step: Int, rate: Float) {
        let decay = block.decays ? weightDecay : 0
        let settings = attar_adam_settings(
            rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, correction1: 1 - beta1.raised(to: step),
            correction2: 1 - beta2.raised(to: step), penalty: isDecoupled ? 0 : decay, decay: isDecoupled ? decay : 0)
        attar_adam(
            block.values, block.gradients, block.moments, block.moments + block.stride, block.count, settings)
    }
}

extension Float {
    /// This number to a whole power, by squaring.
    fileprivate func raised(to exponent: Int) -> Float {
        var (result, factor, rest) = (1.0, Double(self), exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return Float(result)
    }
}
