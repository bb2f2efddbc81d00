/// How the learning rate changes over a run, as a factor before it.
public struct LearningRateSchedule: Hashable, Sendable {
    /// What happens after the warm-up.
    public enum Decay: Hashable, Sendable {
        /// Nothing.
        case constant
        /// Half a cosine wave from 1 down to 0 (Loshchilov and Hutter, "SGDR", ICLR 2017).
        case cosine
        /// Times `factor` after each of `count` equal parts of the run but the last.
        case steps(count: Int, factor: Float)
    }

    /// What happens after the warm-up.
    public var decay: Decay
    /// The share of the run during which the factor climbs evenly to 1, in [0, 1).
    public var warmUp: Float

    /// A schedule; by default the factor is always 1.
    public init(_ decay: Decay = .constant, warmUp: Float = 0) {
        self.decay = decay
        self.warmUp = warmUp
    }

    /// The factor of one step.
    ///
    /// - Parameters:
    ///   - step: counted from 0.
    ///   - total: number of steps of the whole run, at least 1.
    public func factor(step: Int, of total: Int) -> Float {
        let warmUpSteps = (Float(total) * warmUp).rounded()
        if Float(step) < warmUpSteps { return Float(step + 1) / warmUpSteps }
        let progress = min(1, (Float(step) - warmUpSteps) / max(1, Float(total) - warmUpSteps))
        switch decay {
        case .constant:
            return 1
        case .cosine:
            return 0.5 * (1 + cosine(.pi * progress))
        case .steps(let count, let factor):
            let passed = min(count - 1, Int(progress * Float(count)))
            return (0..<max(0, passed)).reduce(1) { rate, _ in rate * factor }
        }
    }
}

/// The cosine of an angle in [0, π], by its series around π/2: error below 1e-6, and no Foundation needed.
private func cosine(_ angle: Float) -> Float {
    let x = Double(Float.pi / 2 - angle)
    let square = x * x
    let series = 1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72 * (1 - square / 110))))
    return Float(x * series)
}
