internal import CKernels

/// What dense layers and convolutions in bytes share: a dense layer is a convolution of 1 × 1 over a picture of one row.
///
/// Inputs: x in bytes, its scale and zero (2), the weight in whole numbers, the weight's scales (outputs), the bias (outputs) where there is
/// one, and where the result is in bytes its scale and zero (2). With S = Σ w·(q − zero), exact in 32 bits,
///
///     y = scale·weightScale·S + bias,
///
/// and in bytes y/resultScale + resultZero, rounded (Jacob et al. 2018, section 2.2), but not below 0 after a ReLU.
struct QuantizedProduct: Hashable, Sendable {
    let hasBias: Bool
    /// Whether the result is in bytes; then `function` is `identity` or `relu`.
    let givesBytes: Bool
    /// What is applied to the result.
    let function: ActivationFunction

    /// Number of inputs.
    var inputCount: Int { 4 + (hasBias ? 1 : 0) + (givesBytes ? 1 : 0) }

    /// The most products in a sum that is exact in 32 bits.
    static let mostProducts = Int(ATTAR_QUANTIZED_MOST_PRODUCTS)

    /// Whether the inputs beside x and the weight have their shapes.
    func fits(_ inputs: [Shape], outputs: Int) -> Bool {
        guard inputs.count == inputCount, inputs[1] == Quantization.shape, inputs[3] == .fixed(outputs) else {
            return false
        }
        if hasBias, inputs[4] != .fixed(outputs) { return false }
        return !givesBytes || inputs.last == Quantization.shape
    }

    func preparedCount(_ sizes: attar_conv) -> Int {
        var sizes = sizes
        return AlignedBuffer.aligned((attar_quantized_packed_bytes(&sizes) + 3) / 4) + 2 * sizes.outputs
    }

    private func resultForm(_ frame: borrowing Frame) -> Quantization? {
        givesBytes ? Quantization(frame[inputCount - 1]) : nil
    }

    func prepare(_ frame: borrowing Frame, _ sizes: attar_conv) {
        var sizes = sizes
        let outputs = sizes.outputs
        let form = Quantization(frame[1])
        let result = resultForm(frame)
        let packed = frame.prepared
        let factors = packed + AlignedBuffer.aligned((attar_quantized_packed_bytes(&sizes) + 3) / 4)
        let offsets = factors + outputs
        let scales = frame[3].values
        for output in 0..<outputs {
            let bias = hasBias ? frame[4].values[output] : 0
            factors[output] = form.scale * scales[output] / (result?.scale ?? 1)
            offsets[output] = bias / (result?.scale ?? 1) + (result?.zero ?? 0)
        }
        attar_quantized_pack(&sizes, frame[2].values, factors, offsets, UInt8(form.zero), packed)
    }

    /// The buffers and numbers of one call of the operation.
    struct Call {
        let x: UnsafeMutablePointer<UInt8>
        let packed: UnsafeMutablePointer<Float>
        let y: Frame.Operand
        let zero: UInt8
        let low: Float
    }

    func call(_ frame: borrowing Frame) -> Call {
        let least = resultForm(frame)?.zero ?? 0
        return Call(
            x: frame[0].bytes, packed: frame.prepared, y: frame.result, zero: UInt8(Quantization(frame[1]).zero),
            low: function == .relu ? least : givesBytes ? 0 : -.infinity)
    }

    /// One picture's result.
    ///
    /// - Parameters:
    ///   - from: the place of its first element among those of x.
    ///   - to: the place of its first element among those of y.
    func run(_ call: Call, _ sizes: attar_conv, from: Int, to: Int, scratch: UnsafeMutablePointer<Float>) {
        var sizes = sizes
        if givesBytes {
            return attar_quantized_conv(
                &sizes, call.x + from, call.packed, call.zero, call.low, nil, call.y.bytes + to, scratch)
        }
        let y = call.y.values + to
        attar_quantized_conv(&sizes, call.x + from, call.packed, call.zero, call.low, y, nil, scratch)
        if function != .identity, function != .relu {
            attar_activate(function.kernel, y, y, sizes.out_height * sizes.out_width * sizes.outputs)
        }
    }

    /// Products in bytes that are worth another thread.
    static let grain = 1 << 19
}
