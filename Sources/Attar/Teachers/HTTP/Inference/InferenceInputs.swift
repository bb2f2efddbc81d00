internal import CKernels

/// Which columns fill which inputs of a model behind the Open Inference Protocol, and the requests that are made so.
///
/// Inputs that are called like columns get these. Else a single input gets all columns side by side, in their order, or the only column that is
/// text or holds arrays; and as many inputs as there are columns get one each, in order.
struct InferenceInputs: Sendable {
    /// One input and the columns side by side in it.
    private struct Binding: Sendable {
        let input: InferenceModel.Tensor
        let columns: [Int]
        /// What stands behind the number of rows in the shape.
        let rest: [Int]
    }

    private let bindings: [Binding]
    private let columnNames: [String]
    private let server: String

    /// The input's name where the server does not say what the model takes.
    private static let usualName = "input-0"

    /// - Parameters:
    ///   - inputs: what the server says; none where it does not.
    ///   - rows: rows with all columns that will be sent.
    /// - Throws: `AttarError` (`unusableTeacher`) where the columns cannot fill the inputs.
    init(_ inputs: [InferenceModel.Tensor], for rows: Dataset, server: String) throws {
        self.server = server
        columnNames = rows.columns.map(\.name)
        let names = columnNames
        let all = Array(rows.columns.indices)
        func unusable(_ problem: String, _ remedy: String) -> AttarError {
            AttarError(.unusableTeacher, "the teacher '\(server)' \(problem)", remedy: remedy)
        }
        let named = inputs.filter { names.contains($0.name) }
        let assigned: [(InferenceModel.Tensor, [Int])]
        if inputs.isEmpty {
            let isText = rows.columns.count == 1 && rows.columns[0].texts != nil
            assigned = [
                (
                    InferenceModel.Tensor(name: Self.usualName, datatype: isText ? "BYTES" : "FP32", shape: [-1, -1]),
                    all
                )
            ]
        } else if named.count == inputs.count {
            assigned = inputs.map { input in (input, all.filter { names[$0] == input.name }) }
        } else if let input = inputs.first, inputs.count == 1 {
            let texts = all.filter { rows.columns[$0].texts != nil }
            assigned = [(input, input.isText && texts.count == 1 ? texts : all)]
        } else if named.isEmpty, inputs.count == names.count {
            assigned = inputs.enumerated().map { ($1, [$0]) }
        } else {
            let missing = inputs.first { !names.contains($0.name) }
            throw unusable(
                "wants the input \(missing?.words ?? ""), and the data has no column of that name",
                "Call the columns as the inputs are called: \(inputs.map(\.name).joined(separator: ", "))")
        }
        bindings = try assigned.map { input, columns in
            let shapes = columns.map { rows.columns[$0].rowShape }
            for column in columns {
                let isNumber = [.numeric, .tensor].contains(rows.columns[column].kind)
                guard isNumber != input.isText else {
                    throw unusable(
                        "takes \(input.isText ? "texts" : "numbers") in \(input.words), but the column '\(names[column])' is \(rows.columns[column].kind.rawValue)",
                        "Leave that column out, or turn it into \(input.isText ? "text" : "numbers")")
                }
            }
            let width = shapes.reduce(0) { $0 + $1.reduce(1, *) }
            let declared = Array(input.shape.dropFirst())
            let isOpen = declared.contains { $0 < 0 }
            let fits = isOpen ? width % max(1, input.width) == 0 : input.width == width
            guard fits else {
                throw unusable(
                    "takes \(input.width) numbers a row in \(input.words), but the data has \(width)",
                    "Give the columns that the model was trained on")
            }
            let own = shapes.count == 1 ? shapes[0] : [width]
            let rest: [Int]
            if declared.isEmpty {
                rest = width == 1 ? [] : own
            } else if !isOpen {
                rest = declared
            } else if declared.filter({ $0 < 0 }).count == 1 {
                rest = declared.map { $0 < 0 ? width / max(1, input.width) : $0 }
            } else {
                rest = own
            }
            return Binding(input: input, columns: columns, rest: rest)
        }
    }

    /// The body of a request for some rows.
    ///
    /// - Parameter output: the output to ask for; nil for all.
    /// - Throws: `AttarError` (`unusableTeacher`) naming the row where a number is missing, or is not whole where it has to be.
    func body(_ rows: Dataset, _ positions: [Int], output: String?) throws -> [UInt8] {
        guard rows.columns.map(\.name) == columnNames else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has other columns than the teacher '\(server)' was opened for",
                remedy: "Give rows with these columns: \(listed(columnNames))")
        }
        var body = Array("{\"inputs\":[".utf8)
        for (index, binding) in bindings.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body += Array("{\"name\":".utf8) + JSONRows.text(binding.input.name)
            body += Array(",\"shape\":\([positions.count] + binding.rest),\"datatype\":".utf8)
            body += JSONRows.text(binding.input.datatype) + Array(",\"data\":[".utf8)
            var isFirst = true
            for position in positions {
                for column in binding.columns {
                    try append(rows, column, position, binding.input, &isFirst, to: &body)
                }
            }
            body += Array("]}".utf8)
        }
        body.append(UInt8(ascii: "]"))
        if let output { body += Array(",\"outputs\":[{\"name\":".utf8) + JSONRows.text(output) + Array("}]".utf8) }
        body.append(UInt8(ascii: "}"))
        return body
    }

    private func append(
        _ rows: Dataset, _ column: Int, _ row: Int, _ input: InferenceModel.Tensor, _ isFirst: inout Bool,
        to body: inout [UInt8]
    ) throws {
        func begin() {
            if !isFirst { body.append(UInt8(ascii: ",")) }
            isFirst = false
        }
        func refuse(_ problem: String) -> AttarError {
            AttarError(
                .unusableTeacher,
                "\(rows.place(row)): the column '\(rows.columns[column].name)' \(problem), and the teacher '\(server)' takes \(input.datatype)",
                remedy: "Fill the value in, or leave the row out")
        }
        func append(number: Float) throws {
            guard number.isFinite else { throw refuse("is missing") }
            if input.isWhole, number != number.rounded() { throw refuse("holds \(number)") }
            begin()
            if input.datatype == "BOOL" {
                body += Array((number == 0 ? "false" : "true").utf8)
            } else {
                var text = [UInt8](repeating: 0, count: Int(ATTAR_JSON_NUMBER))
                let count = attar_json_number(number, &text)
                body += text[..<count]
            }
        }
        switch rows.columns[column].storage {
        case .numeric(let values): try append(number: values[row])
        case .tensor(let values, let shape):
            let width = shape.reduce(1, *)
            for place in row * width..<(row + 1) * width { try append(number: values[place]) }
        case .bytes(let values, let shape):
            let width = shape.reduce(1, *)
            for place in row * width..<(row + 1) * width { try append(number: Float(values[place])) }
        case .categorical(let codes, let categories):
            begin()
            JSONRows.append(codes[row] < 0 ? "" : categories[Int(codes[row])], to: &body)
        case .text(let texts):
            begin()
            JSONRows.append(texts[row], to: &body)
        }
    }
}

extension Column {
    /// The shape of a row's value; empty for a single one.
    fileprivate var rowShape: [Int] {
        switch storage {
        case .tensor(_, let shape), .bytes(_, let shape): shape
        default: []
        }
    }
}
