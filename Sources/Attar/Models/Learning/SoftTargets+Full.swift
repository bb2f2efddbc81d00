internal import Compute

extension SoftTargets {
    /// Lowest probability before taking the logarithm: a forest's 0 says "never seen", not "impossible".
    static let lowest: Float = 1e-6

    /// Logits or values of all outputs, (rows, width). Of classes that are not listed nothing is known but what they have together, if that: they share it evenly.
    func full(width: Int) -> Matrix {
        switch self {
        case .dense(let matrix): matrix
        case .sparse(let classes, let tail): classes.full(width: width, tail: tail).centredLogits(lowest: Self.lowest)
        case .sampled(let classes): classes.full(width: width, tail: nil).centredLogits(lowest: Self.lowest)
        }
    }

    /// These rows with others after them. Lists and numbers do not mix: where only one side is listed, both are told in full.
    func appending(_ other: SoftTargets, width: Int) -> SoftTargets {
        switch (self, other) {
        case (.sparse(let classes, let tail), .sparse(let others, let otherTail)):
            .sparse(classes.appending(others), tail: tail + otherTail)
        case (.sampled(let classes), .sampled(let others)): .sampled(classes.appending(others))
        default: .dense(full(width: width).appending(other.full(width: width)))
        }
    }
}

extension DistillationLoss {
    /// What the loss can learn from: lists as they are where all of its terms read them, else in full.
    func readable(_ targets: SoftTargets, width: Int) -> SoftTargets {
        readsLists ? targets : .dense(targets.full(width: width))
    }
}
