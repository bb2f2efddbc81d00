internal import CKernels

/// A convolution in bytes of pictures or sequences, with any stride, padding, dilation and groups; see `QuantizedProduct`.
struct QuantizedConvolution: QuantizedOperation {
    let convolution: Convolution
    let product: QuantizedProduct

    var name: String { "\(convolution.name) in bytes" }
    var onnxName: String { "QLinearConv" }
    var resultType: ElementType { product.givesBytes ? .uint8 : .float32 }

    func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count > 3, product.fits(inputs, outputs: convolution.outputs) else {
            throw ShapeError(name, inputs, expected: "a picture with weights and their scales (\(convolution.outputs))")
        }
        return try convolution.resultShape(of: [inputs[0], inputs[2]])
    }

    func preparedCount(inputs: [Shape], result: Shape) -> Int {
        product.preparedCount(convolution.sizes(Dimensions(inputs[0]), Dimensions(result)))
    }

    private func scratchStride(_ sizes: attar_conv) -> Int {
        var sizes = sizes
        return AlignedBuffer.aligned((attar_quantized_scratch_bytes(&sizes) + 3) / 4)
    }

    func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int {
        workers * scratchStride(convolution.sizes(Dimensions(inputs[0]), Dimensions(result)))
    }

    func prepare(_ frame: borrowing Frame) {
        product.prepare(frame, convolution.sizes(frame[0].dimensions, frame.result.dimensions))
    }

    func forward(_ frame: borrowing Frame) {
        let sizes = convolution.sizes(frame[0].dimensions, frame.result.dimensions)
        let (from, to, scratch, stride) = (frame[0].width, frame.result.width, frame.scratch, scratchStride(sizes))
        let product = product
        let call = product.call(frame)
        let products = to * sizes.kernel_height * sizes.kernel_width * sizes.channels / sizes.groups
        let grain = max(1, QuantizedProduct.grain / max(1, products))
        frame.parallel(frame.rows, atLeast: grain) { pictures, part in
            for picture in pictures {
                product.run(call, sizes, from: picture * from, to: picture * to, scratch: scratch + part * stride)
            }
        }
    }
}

extension Convolution {
    fileprivate func quantize(_ node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool {
        guard let product = quantizer.product(of: node, function: fused) else { return false }
        try quantizer.append(QuantizedConvolution(convolution: self, product: product), product, for: node)
        return true
    }
}

extension Conv1D: Quantizable {
    var gainsFromBytes: Bool { true }

    func quantize(_ node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool {
        try convolution.quantize(node, in: &quantizer)
    }
}

extension Conv2D: Quantizable {
    var gainsFromBytes: Bool { true }

    func quantize(_ node: Graph.Node, in quantizer: inout GraphQuantizer) throws(ShapeError) -> Bool {
        try convolution.quantize(node, in: &quantizer)
    }
}
