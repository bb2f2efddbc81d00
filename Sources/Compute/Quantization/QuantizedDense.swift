internal import CKernels

/// A dense layer in bytes: x (rows, …, in) → y (rows, …, units); see `QuantizedProduct`.
struct QuantizedDense: QuantizedOperation {
    let units: Int
    let product: QuantizedProduct

    var name: String { "dense in bytes" }
    var onnxName: String { "QLinearMatMul" }
    var resultType: ElementType { product.givesBytes ? .uint8 : .float32 }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count > 3, inputs[0].isBatched, let width = inputs[0].dimensions.last,
            inputs[2] == .fixed(width, units), product.fits(inputs, outputs: units)
        else {
            throw ShapeError(name, inputs, expected: "(rows, n) with weights (n, \(units)) and their scales (\(units))")
        }
        return Shape(isBatched: true, dimensions: inputs[0].dimensions.dropLast() + [units])
    }

    /// Rows are the pixels of a picture of one row.
    private func sizes(width: Int, rows: Int) -> attar_conv {
        attar_conv(
            height: 1, width: rows, channels: width, out_height: 1, out_width: rows, outputs: units, kernel_height: 1,
            kernel_width: 1, stride_y: 1, stride_x: 1, dilation_y: 1, dilation_x: 1, top: 0, left: 0, groups: 1,
            variant: 0)
    }

    func preparedCount(inputs: [Shape], result: Shape) -> Int {
        product.preparedCount(sizes(width: inputs[0].dimensions.last ?? 1, rows: 1))
    }

    func prepare(_ frame: borrowing Frame) {
        product.prepare(frame, sizes(width: frame[0].dimensions.last, rows: 1))
    }

    func forward(_ frame: borrowing Frame) {
        let (width, units, product, scratch) = (frame[0].dimensions.last, units, product, frame.scratch)
        let call = product.call(frame)
        let grain = max(1, QuantizedProduct.grain / max(1, width * units))
        frame.parallel(frame.rows * frame.result.width / units, atLeast: grain) { rows, _ in
            product.run(
                call, sizes(width: width, rows: rows.count), from: rows.lowerBound * width, to: rows.lowerBound * units,
                scratch: scratch)
        }
    }
}

extension Dense: Quantizable {
    var gainsFromBytes: Bool { true }

    func quantize(_ node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool {
        guard let product = quantizer.product(of: node, function: fused) else { return false }
        try quantizer.append(QuantizedDense(units: units, product: product), product, for: node)
        return true
    }
}
