public import Compute

/// A network, and how its outputs become answers.
public struct GraphForm: Sendable {
    /// From features to logits or values, as trained; with numbers in 8 bits where it was quantised.
    public let network: Network
    /// How its outputs become answers.
    public let link: MarginLink
}

extension NetworkModel {
    public var form: ModelForm {
        .graph(GraphForm(network: trained, link: task.form == .probabilities ? .softmax : .identity))
    }
}
