/// How bytes stand for numbers: x ≈ scale·(q − zero), q from 0 to 255 (Jacob et al. 2018, "Quantization and Training of Neural Networks
/// for Efficient Integer-Arithmetic-Only Inference", equation 1). The byte `zero` stands for 0 exactly, as borders of zeros need.
public struct Quantization: Hashable, Sendable {
    /// The distance between neighbouring numbers, above 0.
    public let scale: Float
    /// The byte that stands for 0, a whole number from 0 to 255.
    public let zero: Float

    /// The quantisation whose bytes cover a range, widened where 0 lies outside of it: scale = (high − low)/255,
    /// zero = −low/scale, rounded.
    ///
    /// - Precondition: low ≤ high, both finite.
    public init(from low: Float, to high: Float) {
        let (low, high) = (min(low, 0), max(high, 0))
        // A tensor that is always 0 has any scale.
        scale = high / 255 - low / 255 > 0 ? high / 255 - low / 255 : 1
        zero = max(0, min(255, (-low / scale).rounded()))
    }

    /// The two numbers as a network keeps them.
    var elements: [Float] { [scale, zero] }

    /// The two numbers in an operand of a frame.
    init(_ operand: Frame.Operand) { (scale, zero) = (operand.values[0], operand.values[1]) }

    /// The two numbers' shape in a graph.
    static let shape = Shape.fixed(2)
}
