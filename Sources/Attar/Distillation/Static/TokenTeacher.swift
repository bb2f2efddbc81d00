internal import Compute

/// A text model in an ONNX file that is asked about sequences of token ids and answers with one vector each.
struct TokenTeacher: Sendable {
    private let model: ONNXModel
    private let inputs: [(port: ONNXPort, part: ONNXTokens.Part)]
    private let output: ONNXPort
    private let usesFirst: Bool
    private let maxTokens: Int
    private let batch: Int

    /// Opens the model.
    ///
    /// - Parameter settings: `output`, `pooling`, `maxTokens` and `batch` are used.
    /// - Throws: `AttarError`: `unreadableFile`; `unusableTeacher` where it is no text model.
    init(path: String, settings: TeacherSettings) throws {
        let model = try ONNXModel(path: path)
        self.model = model
        inputs = try model.inputs.map { port in
            guard let part = ONNXTokens.Part(of: port), port.element == .int64 || port.element == .int32 else {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher '\(path)' has the input '\(port.name)', which is none of a text model",
                    remedy: "Give a model that takes input_ids, attention_mask and token_type_ids")
            }
            return (port, part)
        }
        guard inputs.contains(where: { $0.part == .ids }) else {
            throw AttarError(
                .unusableTeacher, "the teacher '\(path)' has no input for token ids",
                remedy: "Give a model that takes input_ids")
        }
        if let name = settings.output {
            guard let port = model.outputs.first(where: { $0.name == name }) else {
                throw AttarError(
                    .invalidSetting, "'\(path)' has no output '\(name)'",
                    remedy: didYouMean(name, among: model.outputs.map(\.name)))
            }
            output = port
        } else {
            let known = ["sentence_embedding", "last_hidden_state", "token_embeddings"]
            guard
                let port = known.lazy.compactMap({ name in model.outputs.first { $0.name == name } }).first
                    ?? model.outputs.first
            else { throw AttarError(.unusableTeacher, "the teacher '\(path)' has no output") }
            output = port
        }
        usesFirst = settings.pooling == "cls"
        maxTokens = settings.maxTokens ?? 512
        batch = settings.batch ?? 0
    }

    /// A hash of the model.
    func fingerprint() throws -> Fingerprint { try model.fingerprint() }

    /// The most tokens of a text that it is given, special ones included.
    var longest: Int { maxTokens }

    /// One vector a sequence, (sequences.count, width): what the model says of the text, or the mean of what it says of each token.
    ///
    /// - Parameter progress: told how many are answered; may stop.
    /// - Throws: `AttarError`: `unusableTeacher`, `stopped`.
    func vectors(of sequences: [[Int32]], progress: (Int) throws -> Void) throws -> Matrix {
        // Those asked together are of one length as far as may be, so that little of a question is padding.
        let order = sequences.indices.sorted { (sequences[$0].count, $0) < (sequences[$1].count, $1) }
        var result: Matrix?
        var start = 0
        while start < order.count {
            let longest = max(1, sequences[order[start]].count)
            // About 4,096 tokens a question, so that what each layer makes of them stays in the cache.
            let size = batch > 0 ? batch : max(8, min(1024, 4096 / longest))
            let rows = order[start..<min(order.count, start + size)]
            let part = try asked(rows.map { sequences[$0] })
            var whole = result ?? Matrix(rows: sequences.count, columns: part.columns)
            result = nil
            for (place, row) in rows.enumerated() {
                whole.elements.replaceSubrange(
                    row * part.columns..<(row + 1) * part.columns, with: part.row(place))
            }
            result = whole
            start += rows.count
            try progress(start)
        }
        return result ?? Matrix(rows: 0, columns: 0)
    }

    private func asked(_ sequences: [[Int32]]) throws -> Matrix {
        let length = sequences.reduce(1) { max($0, $1.count) }
        var ids = [Int64](repeating: 0, count: sequences.count * length)
        var mask = ids
        var places = ids
        for (row, sequence) in sequences.enumerated() {
            for (place, id) in sequence.enumerated() {
                ids[row * length + place] = Int64(id)
                mask[row * length + place] = 1
                places[row * length + place] = Int64(place)
            }
        }
        var tensors: [String: ONNXTensor] = [:]
        for (port, part) in inputs {
            let values =
                switch part {
                case .ids: ids
                case .mask: mask
                case .types: [Int64](repeating: 0, count: ids.count)
                case .places: places
                }
            tensors[port.name] = ONNXTensor(
                shape: [sequences.count, length],
                port.element == .int32 ? .int32(values.map { Int32($0) }) : .int64(values))
        }
        guard case .tensor(let tensor)? = try model.run(tensors, outputs: [output.name]).first,
            case .float(let values) = tensor.storage, values.allSatisfy(\.isFinite)
        else {
            throw AttarError(
                .unusableTeacher, "the output '\(output.name)' of '\(model.path)' is not of finite floats",
                remedy: "Name another with --teacher-output")
        }
        return try pooled(values, tensor.shape, mask, sequences.count, length)
    }

    private func pooled(
        _ values: [Float], _ shape: [Int], _ mask: [Int64], _ rows: Int, _ length: Int
    ) throws -> Matrix {
        if shape.count == 2, shape[0] == rows { return Matrix(rows: rows, columns: shape[1], elements: values) }
        guard shape.count == 3, shape[0] == rows, shape[1] == length else {
            throw AttarError(
                .unusableTeacher,
                "the output '\(output.name)' of '\(model.path)' has the shape \(shape), which is no embedding",
                remedy: "Name another with --teacher-output")
        }
        let width = shape[2]
        if usesFirst {
            let firsts = (0..<rows).flatMap { values[$0 * length * width..<($0 * length + 1) * width] }
            return Matrix(rows: rows, columns: width, elements: firsts)
        }
        let means = ONNXPooling.mean(
            values, mask: mask.map { UInt8($0) }, rows: rows, tokens: length, width: width)
        return Matrix(rows: rows, columns: width, elements: means)
    }
}
