internal import CKernels

/// Pooling in bytes. The largest byte stands for the largest number, so its result keeps the input's scale and zero; a mean has its own.
/// Inputs: x, its scale and zero (2), and for a mean the result's.
struct QuantizedPooling: QuantizedOperation {
    let kind: Pooling.Kind
    /// The window's motion; nil for one window over all positions.
    let pooling: Pooling?

    var name: String { "\(kind == .largest ? "max" : "average") pooling in bytes" }
    var onnxName: String { kind == .largest ? "MaxPool" : "QLinearAveragePool" }
    var resultType: ElementType { .uint8 }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        let forms = inputs.dropFirst()
        guard forms.count == (kind == .largest ? 1 : 2), forms.allSatisfy({ $0 == Quantization.shape }) else {
            throw ShapeError(name, inputs, expected: "a picture with scales and zeros (2)")
        }
        if let pooling { return try pooling.resultShape(of: [inputs[0]]) }
        return try Shape.channels(of: [inputs[0]], for: name)
    }

    func forward(_ frame: borrowing Frame) {
        let (x, y, from, to, kind) = (frame[0].bytes, frame.result.bytes, frame[0].width, frame.result.width, kind)
        let (picture, result) = (frame[0].dimensions, frame.result.dimensions)
        let positions = from / picture.last
        var sizes = attar_pool(
            height: 1, width: positions, channels: picture.last, out_height: 1, out_width: 1, window_height: 1,
            window_width: positions, stride_y: 1, stride_x: 1, top: 0, left: 0)
        if let pooling { sizes = pooling.sizes(picture, result) }
        let whole = sizes
        let form = Quantization(frame[1])
        let resultForm = kind == .mean ? Quantization(frame[2]) : form
        frame.parallel(frame.rows, atLeast: max(1, 1 << 16 / max(1, from))) { pictures, _ in
            var sizes = whole
            for picture in pictures {
                switch kind {
                case .largest: attar_max_pool_bytes(&sizes, x + picture * from, y + picture * to)
                case .mean:
                    attar_average_pool_bytes(
                        &sizes, x + picture * from, y + picture * to, Int32(form.zero), form.scale / resultForm.scale,
                        resultForm.zero)
                }
            }
        }
    }
}

extension QuantizedPooling {
    fileprivate func append(for node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool {
        guard let x = quantizer.existingBytes(node.inputs[0]) else { return false }
        try quantizer.append(self, over: [x], keepsForm: kind == .largest, for: node)
        return true
    }
}

/// Pooling of any kind takes bytes where they come in bytes.
protocol QuantizablePooling: Quantizable {
    /// Its version in bytes.
    var inBytes: QuantizedPooling { get }
}

extension QuantizablePooling {
    var gainsFromBytes: Bool { false }

    func quantize(_ node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool {
        try inBytes.append(for: node, in: &quantizer)
    }
}

extension MaxPooling1D: QuantizablePooling {
    var inBytes: QuantizedPooling { QuantizedPooling(kind: .largest, pooling: pooling) }
}

extension MaxPooling2D: QuantizablePooling {
    var inBytes: QuantizedPooling { QuantizedPooling(kind: .largest, pooling: pooling) }
}

extension AveragePooling1D: QuantizablePooling {
    var inBytes: QuantizedPooling { QuantizedPooling(kind: .mean, pooling: pooling) }
}

extension AveragePooling2D: QuantizablePooling {
    var inBytes: QuantizedPooling { QuantizedPooling(kind: .mean, pooling: pooling) }
}

extension GlobalMaxPooling: QuantizablePooling {
    var inBytes: QuantizedPooling { QuantizedPooling(kind: .largest, pooling: nil) }
}

extension GlobalAveragePooling: QuantizablePooling {
    var inBytes: QuantizedPooling { QuantizedPooling(kind: .mean, pooling: nil) }
}
