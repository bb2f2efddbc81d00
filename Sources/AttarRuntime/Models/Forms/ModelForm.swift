/// What a fitted model computes from encoded features, whatever its family: what exporters, compilers of trees and quantisers read, so that nobody has to know
/// formats × families.
///
/// The cases are closed, since those who read them switch on them. A calibration is no part of a form: it is a step after it.
public indirect enum ModelForm: Sendable {
    /// Weighted sums of the features.
    case linear(LinearForm)
    /// A network.
    case graph(GraphForm)
    /// One tree or more.
    case trees(TreesForm)
    /// Kernels between a row and support vectors.
    case kernels(KernelsForm)
    /// Vectors that are looked up.
    case table(TableForm)
    /// The weighted mean of others' answers.
    case mean([Part])
    /// What only its family knows how to compute; others refuse it by the family's name.
    case own(ModelDescription)

    /// One of those that a mean is made of.
    public struct Part: Sendable {
        /// What it computes.
        public let form: ModelForm
        /// What its probabilities are scaled by before they count.
        public let scaling: TemperatureScaling
        /// Its share of the mean; all shares sum to 1.
        public let share: Float
    }
}

extension Model {
    /// A form that nobody but the family knows.
    public var form: ModelForm { .own(description) }
}
