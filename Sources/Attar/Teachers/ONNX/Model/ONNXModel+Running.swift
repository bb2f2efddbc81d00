internal import COnnxRuntime

extension ONNXModel {
    /// Answers named tensors with the outputs asked for, in that order.
    ///
    /// - Parameters:
    ///   - tensors: one for each input, of its element type and of a shape that it takes. They are read in place, not copied.
    ///   - names: the outputs; nil for all, in the order of `outputs`.
    /// - Throws: `AttarError` (`unusableTeacher`) with what ONNX Runtime says, or where a name is not the model's.
    package func run(_ tensors: [String: ONNXTensor], outputs names: [String]? = nil) throws -> [ONNXValue] {
        let given = try inputs.map { port in
            guard let tensor = tensors[port.name] else {
                throw AttarError(.unusableTeacher, "the input '\(port.name)' of '\(path)' is not filled")
            }
            return tensor
        }
        let wanted = try names?.map(place(ofOutput:)) ?? Array(outputs.indices)
        do {
            var values: [OpaquePointer] = []
            values.reserveCapacity(given.count)
            return try filled(given[...], &values) { try answers(to: $0, wanted) }
        } catch let failure as ONNXFailure {
            throw AttarError(.unusableTeacher, "'\(path)': \(failure.sentence)", underlying: failure)
        }
    }

    private func place(ofOutput name: String) throws -> Int {
        guard let place = outputs.firstIndex(where: { $0.name == name }) else {
            throw AttarError(
                .invalidSetting, "'\(path)' has no output '\(name)'",
                remedy: didYouMean(name, among: outputs.map(\.name)))
        }
        return place
    }

    /// Runs the session on values and reads what it answers.
    private func answers(to values: [OpaquePointer], _ wanted: [Int]) throws -> [ONNXValue] {
        let api = runtime.api
        var results = [OpaquePointer?](repeating: nil, count: wanted.count)
        defer { for result in results { api.pointee.ReleaseValue(result) } }
        try withNames(inputNames) { inputs in
            try withNames(wanted.map { outputNames[$0] }) { outputs in
                try runtime.functions.check(
                    api.pointee.Run(session, nil, inputs, values, values.count, outputs, wanted.count, &results))
            }
        }
        let reader = ONNXValueReader(runtime: runtime)
        return try zip(results, wanted).map { result, place in
            guard let result else { throw ONNXFailure(message: "the output '\(outputs[place].name)' is missing") }
            return try reader.value(result)
        }
    }

    private func withNames<Result>(
        _ names: [UnsafeMutablePointer<CChar>], _ body: (UnsafePointer<UnsafePointer<CChar>>) throws -> Result
    ) rethrows -> Result {
        try names.map { UnsafePointer($0) }.withUnsafeBufferPointer { try body($0.baseAddress!) }
    }

    // MARK: Tensors as ONNX Runtime's values

    /// Calls the body with a value for each tensor, while the tensors' arrays stand still.
    private func filled<Result>(
        _ tensors: ArraySlice<ONNXTensor>, _ values: inout [OpaquePointer], _ body: ([OpaquePointer]) throws -> Result
    ) throws -> Result {
        guard let tensor = tensors.first else { return try body(values) }
        let rest = tensors.dropFirst()
        func lent(_ bytes: UnsafeRawBufferPointer) throws -> Result {
            let value = try borrowed(bytes, tensor)
            defer { runtime.api.pointee.ReleaseValue(value) }
            values.append(value)
            return try filled(rest, &values, body)
        }
        switch tensor.storage {
        case .float(let elements): return try elements.withUnsafeBytes(lent)
        case .double(let elements): return try elements.withUnsafeBytes(lent)
        case .float16(let elements): return try elements.withUnsafeBytes(lent)
        case .int64(let elements): return try elements.withUnsafeBytes(lent)
        case .int32(let elements): return try elements.withUnsafeBytes(lent)
        case .int8(let elements): return try elements.withUnsafeBytes(lent)
        case .uint8(let elements), .bool(let elements): return try elements.withUnsafeBytes(lent)
        case .string(let texts):
            let value = try copied(texts, tensor)
            defer { runtime.api.pointee.ReleaseValue(value) }
            values.append(value)
            return try filled(rest, &values, body)
        }
    }

    /// A value over memory that stays ours; ONNX Runtime reads inputs and never writes them.
    private func borrowed(_ bytes: UnsafeRawBufferPointer, _ tensor: ONNXTensor) throws -> OpaquePointer {
        guard let start = bytes.baseAddress else { throw ONNXFailure(message: "a tensor has no elements") }
        let shape = tensor.shape.map(Int64.init)
        return try runtime.functions.made {
            runtime.api.pointee.CreateTensorWithDataAsOrtValue(
                runtime.memory, UnsafeMutableRawPointer(mutating: start), bytes.count, shape, shape.count,
                tensor.element.rawValue, &$0)
        }
    }

    /// A value of texts, which ONNX Runtime keeps itself.
    private func copied(_ texts: [String], _ tensor: ONNXTensor) throws -> OpaquePointer {
        let (api, shape) = (runtime.api, tensor.shape.map(Int64.init))
        let value = try runtime.functions.made {
            api.pointee.CreateTensorAsOrtValue(
                runtime.allocator, shape, shape.count, ONNXElement.string.rawValue, &$0)
        }
        do {
            // All texts one after the other, each with its 0 at the end.
            var bytes: [CChar] = []
            var starts: [Int] = []
            for text in texts {
                starts.append(bytes.count)
                bytes.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
                bytes.append(0)
            }
            try bytes.withUnsafeBufferPointer { buffer in
                let pointers = starts.map { buffer.baseAddress! + $0 }
                try runtime.functions.check(api.pointee.FillStringTensor(value, pointers, pointers.count))
            }
        } catch {
            api.pointee.ReleaseValue(value)
            throw error
        }
        return value
    }
}
