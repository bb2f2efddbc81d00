internal import CKernels

/// The sum of two tensors of bytes, and its ReLU: y = max(a + b, 0), each in its own scale. Inputs: a, b, and the scale and zero (2) of a, b and y.
struct QuantizedAdd: QuantizedOperation {
    /// `identity` or `relu`.
    let function: ActivationFunction

    var name: String { "add in bytes" }
    var onnxName: String { "QLinearAdd" }
    var resultType: ElementType { .uint8 }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 5, inputs[0].isBatched, inputs[0] == inputs[1],
            inputs[2...].allSatisfy({ $0 == Quantization.shape })
        else { throw ShapeError(name, inputs, expected: "two inputs of one shape, and three scales and zeros (2)") }
        return inputs[0]
    }

    func forward(_ frame: borrowing Frame) {
        let (a, b, y) = (frame[0].bytes, frame[1].bytes, frame.result.bytes)
        let (formA, formB, form) = (Quantization(frame[2]), Quantization(frame[3]), Quantization(frame[4]))
        let (factorA, factorB) = (formA.scale / form.scale, formB.scale / form.scale)
        let offset = form.zero - factorA * formA.zero - factorB * formB.zero
        let low = function == .relu ? form.zero : 0
        frame.parallel(frame.rows * frame.result.width, atLeast: 1 << 16) { elements, _ in
            let start = elements.lowerBound
            attar_add_bytes(a + start, b + start, y + start, elements.count, factorA, factorB, offset, low)
        }
    }
}

extension Add: Quantizable {
    var gainsFromBytes: Bool { false }

    func quantize(_ node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool {
        let inputs = node.inputs.compactMap(quantizer.existingBytes)
        guard node.inputs.count == 2, inputs.count == 2, quantizer.isReadInBytesAlone(node.result) else { return false }
        try quantizer.append(QuantizedAdd(function: fused), over: inputs, keepsForm: false, for: node)
        return true
    }
}
