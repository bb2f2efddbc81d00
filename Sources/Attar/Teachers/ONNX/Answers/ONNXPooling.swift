internal import CKernels

/// Makes one vector a row of one a token.
enum ONNXPooling {
    /// The mean of the hidden states whose mask is not 0.
    ///
    /// - Parameters:
    ///   - hidden: (at least rows, tokens, width).
    ///   - mask: (at least rows, tokens).
    static func mean(_ hidden: [Float], mask: [UInt8], rows: Int, tokens: Int, width: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows * width) { buffer, initialized in
            initialized = rows * width
            guard let start = buffer.baseAddress else { return }
            attar_mean_of_tokens(hidden, mask, rows, tokens, width, start)
        }
    }

    /// Which tokens of a question count, (rows, tokens): those of its mask, else those whose id is not 0, else nil.
    static func mask(in tensors: [String: ONNXTensor], of model: ONNXModel) -> [UInt8]? {
        func values(_ part: ONNXTokens.Part) -> [UInt8]? {
            guard let port = model.inputs.first(where: { ONNXTokens.Part(of: $0) == part }),
                let tensor = tensors[port.name]
            else { return nil }
            switch tensor.storage {
            case .int64(let values): return values.map { $0 == 0 ? 0 : 1 }
            case .int32(let values): return values.map { $0 == 0 ? 0 : 1 }
            case .float(let values): return values.map { $0 == 0 ? 0 : 1 }
            case .bool(let values), .uint8(let values): return values
            default: return nil
            }
        }
        return values(.mask) ?? values(.ids)
    }
}
