internal import CKernels

/// Numbers into bytes: q = x/scale + zero, rounded, kept within 0…255. Inputs: x, and its scale and zero (2).
struct Quantize: QuantizedOperation {
    var name: String { "quantise" }
    var onnxName: String { "QuantizeLinear" }
    var resultType: ElementType { .uint8 }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].isBatched, inputs[1] == Quantization.shape else {
            throw ShapeError(name, inputs, expected: "rows with a scale and a zero (2)")
        }
        return inputs[0]
    }

    func forward(_ frame: borrowing Frame) {
        let (x, q, form) = (frame[0].values, frame.result.bytes, Quantization(frame[1]))
        frame.parallel(frame.rows * frame.result.width, atLeast: 1 << 15) { elements, _ in
            attar_to_bytes(
                x + elements.lowerBound, q + elements.lowerBound, elements.count, form.scale, form.zero)
        }
    }
}

/// Bytes into numbers: x = scale·(q − zero). Inputs: q, and its scale and zero (2).
struct Dequantize: QuantizedOperation {
    var name: String { "dequantise" }
    var onnxName: String { "DequantizeLinear" }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape { try Quantize().resultShape(of: inputs) }

    func forward(_ frame: borrowing Frame) {
        let (q, x, form) = (frame[0].bytes, frame.result.values, Quantization(frame[1]))
        frame.parallel(frame.rows * frame.result.width, atLeast: 1 << 15) { elements, _ in
            attar_from_bytes(
                q + elements.lowerBound, x + elements.lowerBound, elements.count, form.scale, form.zero)
        }
    }
}
