internal import Compute

/// How a model's outputs become a teacher's answers, settled on some of the rows.
struct ONNXAnswers: Sendable {
    /// How the numbers of a row lie in the output.
    enum Form: Hashable, Sendable {
        /// One number a class or value.
        case numbers
        /// One number for the second of two classes, and what the first one's is told from.
        case pair(isLogit: Bool)
        /// The name of the class, one of these.
        case labels([String])
        /// A hidden state a token: its mean over the tokens that count.
        case meanOfTokens
        /// A hidden state a token: the first token's.
        case firstToken
    }

    /// What is asked for.
    let reading: ONNXReading
    /// How it is read.
    let form: Form
    /// Numbers in a row of the answers.
    let width: Int
    /// Task, kind and checks of the answers.
    let foreign: ForeignAnswers
    /// What a reader has to know, in sentences without their full stops.
    let notes: [String]
    /// What messages call the teacher, in quotes.
    let name: String

    /// The answers to one question, as floats a row.
    ///
    /// - Parameters:
    ///   - value: the output.
    ///   - asked: the rows of the question; the first of them are wanted.
    ///   - rows: their positions in the data set that was asked.
    ///   - mask: for each token of the question whether it counts, (asked, tokens).
    ///   - data: the data set, for messages.
    /// - Returns: (rows.count, width).
    /// - Throws: `AttarError` (`unusableTeacher`).
    func numbers(
        _ value: ONNXValue, asked: Int, rows: ArraySlice<Int>, mask: [UInt8]?, of data: Dataset
    ) throws -> [Float] {
        let output = ONNXOutput(value, name: reading.name, teacher: name)
        switch form {
        case .labels(let names):
            let labels = try output.labels(asked: asked)
            let positions = ClassPositions(names, orNumbers: true)
            var numbers = [Float](repeating: 0, count: rows.count * width)
            for (place, row) in rows.enumerated() {
                guard let index = positions[labels[place]] else {
                    throw AttarError(
                        .unusableTeacher,
                        "the teacher \(name) answers \(data.place(row)) with the class '\(labels[place])', which is none of \(listed(names))",
                        remedy: "Name its classes with --classes")
                }
                numbers[place * width + index] = 1
            }
            return numbers
        case .meanOfTokens:
            return try output.pooled(asked: asked, mask: mask, rows: rows.count, width: width)
        case .firstToken:
            return try output.pooled(asked: asked, mask: nil, rows: rows.count, width: width)
        case .numbers:
            return try output.numbers(asked: asked, rows: rows.count, width: width)
        case .pair(let isLogit):
            return try output.numbers(asked: asked, rows: rows.count, width: 1)
                .flatMap { isLogit ? [0, $0] : [1 - $0, $0] }
        }
    }
}

/// One output of one question.
struct ONNXOutput {
    let value: ONNXValue
    /// The output's name.
    let name: String
    /// What messages call the teacher, in quotes.
    let teacher: String

    init(_ value: ONNXValue, name: String, teacher: String) {
        self.value = value
        self.name = name
        self.teacher = teacher
    }

    /// The lengths of a row's dimensions.
    func rowShape(asked: Int) throws -> [Int] {
        switch value {
        case .maps(let keys, let rows, _):
            guard rows == asked else { throw wrongCount("\(rows) maps", asked) }
            return [keys.count]
        case .tensor(let tensor):
            if tensor.shape.first == asked { return Array(tensor.shape.dropFirst()) }
            // A model for one row may leave the batch out.
            if asked == 1 { return tensor.shape }
            throw wrongCount("the shape \(tensor.shape)", asked)
        }
    }

    /// The first rows' numbers, (rows, width).
    func numbers(asked: Int, rows: Int, width: Int) throws -> [Float] {
        let own = try rowShape(asked: asked).reduce(1, *)
        guard own == width else {
            throw AttarError(
                .unusableTeacher,
                "the teacher \(teacher) gives \(own) numbers a row in its output '\(name)' where it gave \(width) before",
                remedy: "Use a teacher that gives the same number for every row")
        }
        let all = try floats()
        return rows == asked ? all : Array(all[..<(rows * width)])
    }

    /// All numbers as floats.
    func floats() throws -> [Float] {
        switch value {
        case .maps(_, _, let numbers): return numbers
        case .tensor(let tensor):
            switch tensor.storage {
            case .float(let values): return values
            case .double(let values): return values.map { Float($0) }
            case .float16(let bits): return bits.map(Self.float(ofHalf:))
            case .int64(let values): return values.map { Float($0) }
            case .int32(let values): return values.map { Float($0) }
            case .int8(let values): return values.map { Float($0) }
            case .uint8(let values), .bool(let values): return values.map { Float($0) }
            case .string:
                throw AttarError(
                    .unusableTeacher, "the output '\(name)' of the teacher \(teacher) holds texts, not numbers",
                    remedy: "Name another output with --teacher-output")
            }
        }
    }

    /// One label a row, as text.
    func labels(asked: Int) throws -> [String] {
        guard try rowShape(asked: asked).allSatisfy({ $0 == 1 }) else {
            throw AttarError(
                .unusableTeacher, "the output '\(name)' of the teacher \(teacher) holds more than one label a row",
                remedy: "Name another output with --teacher-output")
        }
        if case .tensor(let tensor) = value, case .string(let texts) = tensor.storage { return texts }
        if case .tensor(let tensor) = value, case .int64(let numbers) = tensor.storage {
            return numbers.map { String($0) }
        }
        return try floats().map { Column.label(of: $0) }
    }

    /// One vector a row from one a token: the mean over the mask, or with no mask the first.
    func pooled(asked: Int, mask: [UInt8]?, rows: Int, width: Int) throws -> [Float] {
        let shape = try rowShape(asked: asked)
        guard shape.count == 2, shape[1] == width else {
            throw AttarError(
                .unusableTeacher,
                "the output '\(name)' of the teacher \(teacher) has rows of the shape \(shape), not of tokens × \(width) numbers",
                remedy: "Name its hidden state with --teacher-output, or leave --pooling out")
        }
        let (tokens, hidden) = (shape[0], try floats())
        guard let mask else {
            return (0..<rows).flatMap { hidden[$0 * tokens * width..<($0 * tokens + min(1, tokens)) * width] }
        }
        guard mask.count == asked * tokens else {
            throw AttarError(
                .unusableTeacher,
                "the output '\(name)' of the teacher \(teacher) has \(tokens) tokens a row where \(mask.count / max(1, asked)) were given",
                remedy: "Use --pooling cls")
        }
        return ONNXPooling.mean(hidden, mask: mask, rows: rows, tokens: tokens, width: width)
    }

    private func wrongCount(_ given: String, _ asked: Int) -> AttarError {
        AttarError(
            .unusableTeacher, "the output '\(name)' of the teacher \(teacher) has \(given) for \(asked) rows",
            remedy: "Export it with the batch as the first dimension, or use --batch 1")
    }

    /// IEEE 754 half precision, by its bits.
    private static func float(ofHalf bits: UInt16) -> Float {
        let (sign, exponent, fraction) = (UInt32(bits >> 15) << 31, UInt32(bits >> 10 & 31), UInt32(bits & 1023))
        switch exponent {
        case 0: return Float(bitPattern: sign | 0x3F80_0000) * Float(fraction) * 0x1p-24
        case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }
}
