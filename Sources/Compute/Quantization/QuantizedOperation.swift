/// An operation of a quantised network. Its inputs are tensors of bytes, and for each the tensor (2) of its scale and zero.
protocol QuantizedOperation: Operation {}

extension QuantizedOperation {
    /// Quantised networks answer and do not learn: rounding has no slope.
    public func backward(_ frame: borrowing Frame) {
        preconditionFailure("a quantised network cannot be trained")
    }
}
