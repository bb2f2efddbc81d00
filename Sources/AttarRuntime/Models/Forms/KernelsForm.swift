/// Kernels between a row and support vectors, weighed and added up, and how the sums become answers.
public struct KernelsForm: Sendable {
    /// How decision values become answers.
    package enum Link: Sendable {
        /// Those of pairs of classes are coupled into probabilities.
        case coupled(PairCoupling)
        /// Each output's is multiplied by its deviation, and its mean is added: (outputs, 2), the mean first.
        case scaled([Float])
    }

    /// The support vectors, and what they add up to.
    package let machine: KernelMachine
    /// How decision values become answers.
    package let link: Link
}

extension SVMModel {
    public var form: ModelForm {
        .kernels(KernelsForm(machine: machine, link: coupling.map { .coupled($0) } ?? .scaled(scaling)))
    }
}
