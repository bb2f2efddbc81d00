/// One output of an answer of the Open Inference Protocol.
struct InferenceAnswer: Sendable {
    var name = ""
    var datatype = ""
    var shape: [Int] = []
    var numbers: [Float] = []
    var texts: [String] = []

    /// Values in each row; the sizes have been checked when the server said them.
    var width: Int { shape.dropFirst().checkedProduct ?? 0 }

    /// Reads the outputs of an answer.
    ///
    /// - Throws: `JSONFault`.
    static func outputs(in body: [UInt8]) throws -> [InferenceAnswer] {
        let root = try JSONDocument(body, allowing: .nonFiniteNumbers).root
        guard let outputs = root["outputs"] else { throw JSONFault(text: "it has no \"outputs\"") }
        return try outputs.requiredElements().map { value in
            guard value.kind == .object else { throw JSONFault(text: "an output is no object") }
            var output = InferenceAnswer()
            try value.forEachMember { name, value in
                switch try name.requiredString() {
                case "name": output.name = try value.requiredString()
                case "datatype": output.datatype = try value.requiredString()
                case "shape": output.shape = try value.requiredElements().map { try $0.requiredCount() }
                case "data": try output.take(value)
                default: break
                }
            }
            // What stands behind a size of 0 counts, too: it is looked at alone.
            guard output.shape.lazy.map({ max(1, $0) }).checkedProduct != nil else {
                throw JSONFault(text: "no array has the shape \(output.shape)")
            }
            return output
        }
    }

    /// Takes values, flat or in arrays in arrays.
    private mutating func take(_ value: JSONDocument.Value) throws {
        if value.append(to: &numbers) { return }
        switch value.kind {
        case .array: try value.forEachElement { try take($0) }
        case .string: texts.append(try value.requiredString())
        case .bool: numbers.append(value.bool == true ? 1 : 0)
        default: numbers.append(try value.requiredNumber())
        }
    }
}
