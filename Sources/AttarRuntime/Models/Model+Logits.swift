public import Compute

extension Model {
    /// Families without scores of their own have none: the logarithms of probabilities would all have the same energy.
    public func logits(for features: Matrix) -> Matrix? { nil }
}

extension LinearModel {
    public func logits(for features: Matrix) -> Matrix? {
        guard task.form == .probabilities else { return nil }
        return scores(of: features)
    }
}

extension NetworkModel {
    public func logits(for features: Matrix) -> Matrix? {
        guard task.form == .probabilities else { return nil }
        return trained.outputs(for: features)
    }
}
