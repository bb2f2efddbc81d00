/// The same bytes in another shape. Inputs: x, and its scale and zero (2), which the result keeps.
struct QuantizedReshape: QuantizedOperation {
    let reshape: Reshape

    var name: String { "reshape of bytes" }
    var onnxName: String { reshape.onnxName }
    var resultType: ElementType { .uint8 }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[1] == Quantization.shape else {
            throw ShapeError(name, inputs, expected: "one input with its scale and zero (2)")
        }
        return try reshape.resultShape(of: [inputs[0]])
    }

    func forward(_ frame: borrowing Frame) {
        frame.result.bytes.update(from: frame[0].bytes, count: frame.rows * frame.result.width)
    }
}

extension Reshape: Quantizable {
    var gainsFromBytes: Bool { false }

    func quantize(_ node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool {
        guard let x = quantizer.existingBytes(node.inputs[0]) else { return false }
        try quantizer.append(QuantizedReshape(reshape: self), over: [x], keepsForm: true, for: node)
        return true
    }
}
