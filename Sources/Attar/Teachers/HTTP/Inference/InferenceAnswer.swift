/// One output of an answer of the Open Inference Protocol.
struct InferenceAnswer: Sendable {
    var name = ""
    var datatype = ""
    var shape: [Int] = []
    var numbers: [Float] = []
    var texts: [String] = []

    /// Values in each row.
    var width: Int { shape.dropFirst().reduce(1, *) }

    /// Reads the outputs of an answer.
    ///
    /// - Throws: `JSONCursor.Problem`.
    static func outputs(in body: [UInt8]) throws -> [InferenceAnswer] {
        var outputs: [InferenceAnswer] = []
        var hasOutputs = false
        var cursor = JSONCursor(body)
        try cursor.object { cursor, key in
            guard key == "outputs" else { return try cursor.skip() }
            hasOutputs = true
            try cursor.array { cursor in
                var output = InferenceAnswer()
                try cursor.object { cursor, key in
                    switch key {
                    case "name": output.name = try cursor.string()
                    case "datatype": output.datatype = try cursor.string()
                    case "shape": try cursor.array { output.shape.append(try $0.whole()) }
                    case "data": try output.read(&cursor)
                    default: try cursor.skip()
                    }
                }
                outputs.append(output)
            }
        }
        try cursor.finish()
        if !hasOutputs { throw JSONCursor.Problem(text: "it has no \"outputs\"") }
        return outputs
    }

    /// Reads values, flat or in arrays in arrays.
    private mutating func read(_ cursor: inout JSONCursor) throws {
        switch cursor.next() {
        case UInt8(ascii: "["):
            // Most are numbers in one array, which is read fastest as such.
            var copy = cursor
            if (try? copy.numbers(into: &numbers)) != nil {
                cursor = copy
            } else {
                numbers.removeAll()
                try cursor.array { try read(&$0) }
            }
        case UInt8(ascii: "\""): texts.append(try cursor.string())
        case UInt8(ascii: "t"):
            try cursor.skip()
            numbers.append(1)
        case UInt8(ascii: "f"):
            try cursor.skip()
            numbers.append(0)
        default: numbers.append(try cursor.number())
        }
    }
}
