/// Finds what fills the inputs of a model that takes tables, arrays or pictures.
struct ONNXBinder {
    let model: ONNXModel
    let rows: Dataset
    /// What messages call the teacher, in quotes.
    let name: String
    /// Whether rows may have more columns of numbers than a single input takes; the first ones are taken then.
    var allowsExtra = false

    /// What fills each input, in their order, and notes.
    func fillings() throws -> (fillings: [ONNXFilling], notes: [String]) {
        let inputs = model.inputs
        let named = inputs.map { rows.column(named: $0.name) }
        if inputs.count == 1 {
            if let column = named[0], rows.columns.count == 1 || width(of: inputs[0]) == 1 || column.kind == .tensor {
                return ([try single(column, for: inputs[0])], [])
            }
            let (filling, notes) = try whole(inputs[0])
            return ([filling], notes)
        }
        if !named.contains(nil) {
            return (try zip(named.compactMap(\.self), inputs).map { try single($0, for: $1) }, [])
        }
        // A name that fits by chance must not decide over the others.
        if let missing = zip(named, inputs).first(where: { $0.0 == nil })?.1, named.contains(where: { $0 != nil }) {
            throw unfilled(missing)
        }
        if let fillings = inOrder() ?? byKind() { return (fillings, []) }
        throw AttarError(
            .unusableTeacher,
            "the teacher \(name) has \(inputs.count) inputs (\(listed(inputs.map { "'\($0.name)' \($0.text)" }))), which the \(rows.columns.count) columns of \(rows.source) do not fill, by name or in their order",
            remedy: "Name the columns as the inputs")
    }

    /// The error for an input that no column fills.
    func unfilled(_ port: ONNXPort) -> AttarError {
        AttarError(
            .unusableTeacher,
            "the teacher \(name) has an input '\(port.name)' \(port.text), but \(rows.source) has no column of that name",
            remedy: rows.columns.isEmpty ? "" : didYouMean(port.name, among: rows.columns.map(\.name)))
    }

    /// Numbers or texts in a row of an input, nil where the model leaves that open.
    private func width(of port: ONNXPort) -> Int? {
        let lengths = port.shape.dropFirst()
        if port.shape.isEmpty || lengths.contains(nil) { return nil }
        return lengths.compactMap(\.self).reduce(1, *)
    }

    // MARK: One column an input

    private func single(_ column: Column, for port: ONNXPort) throws -> ONNXFilling {
        switch column.storage {
        case .tensor(_, let shape), .bytes(_, let shape):
            return try arrays(column.name, shape, for: port)
        case .numeric, .categorical, .text:
            if let width = width(of: port), width != 1 {
                throw wrong(width, 1, of: port, "the column '\(column.name)'")
            }
            if port.element == .string { return .texts([column.name]) }
            guard isNumeric(column) else { throw noNumbers(column, for: port) }
            return .numbers([column.name])
        }
    }

    // MARK: All columns in one input

    private func whole(_ port: ONNXPort) throws -> (ONNXFilling, notes: [String]) {
        let arrays = rows.columns.filter { $0.kind == .tensor }
        if let column = arrays.first {
            guard arrays.count == 1 else {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher \(name) has the one input '\(port.name)', but \(rows.source) has \(arrays.count) columns of arrays",
                    remedy: "Name the column that it is to get '\(port.name)'")
            }
            return (try single(column, for: port), [])
        }
        let scalars = rows.columns
        if port.element == .string {
            if let width = width(of: port), width != scalars.count {
                throw wrong(width, scalars.count, of: port, "\(rows.source)")
            }
            return (.texts(scalars.map(\.name)), [])
        }
        var numeric = scalars.filter(isNumeric)
        if let width = width(of: port), width < numeric.count {
            // Truth values are numbers where the model takes so many, and the first columns will do where more are allowed.
            let plain = numeric.filter { !Self.areTruths(of: $0) }
            if width == plain.count {
                numeric = plain
            } else if allowsExtra {
                return (
                    .numbers(numeric.prefix(width).map(\.name)),
                    [
                        "The teacher \(name) is shown the first \(width) of \(numeric.count) columns of numbers: \(numeric.prefix(min(width, 4)).map(\.name).joined(separator: ", "))\(width > 4 ? ", …" : "")"
                    ]
                )
            }
        }
        let others = scalars.filter { column in !numeric.contains { $0.name == column.name } }
        guard let width = width(of: port) else {
            if let column = others.first { throw noNumbers(column, for: port) }
            return (.numbers(numeric.map(\.name)), [])
        }
        guard width == numeric.count else {
            if width == scalars.count, let column = others.first { throw noNumbers(column, for: port) }
            throw wrong(width, numeric.count, of: port, rows.source)
        }
        return (
            .numbers(numeric.map(\.name)),
            others.map {
                "The teacher \(name) is not shown the column '\($0.name)', which holds \(Self.areTruths(of: $0) ? "truth values" : "texts")"
            }
        )
    }

    // MARK: Several inputs without names

    /// Columns in their order, as many for each input as it takes.
    private func inOrder() -> [ONNXFilling]? {
        var rest = rows.columns[...]
        var fillings: [ONNXFilling] = []
        for port in model.inputs {
            let width = width(of: port) ?? 1
            let own = rest.prefix(width)
            guard own.count == width, own.allSatisfy({ $0.kind != .tensor }) else { return nil }
            if port.element != .string, !own.allSatisfy(isNumeric) { return nil }
            fillings.append(port.element == .string ? .texts(own.map(\.name)) : .numbers(own.map(\.name)))
            rest = rest.dropFirst(width)
        }
        return rest.isEmpty ? fillings : nil
    }

    /// All numeric columns for the one input of numbers, all others for the one input of texts.
    private func byKind() -> [ONNXFilling]? {
        let texts = model.inputs.filter { $0.element == .string }
        guard model.inputs.count == 2, texts.count == 1, rows.columns.allSatisfy({ $0.kind != .tensor }) else {
            return nil
        }
        let numeric = rows.columns.filter { $0.kind == .numeric }.map(\.name)
        let others = rows.columns.filter { $0.kind != .numeric }.map(\.name)
        let fillings = model.inputs.map { $0.element == .string ? ONNXFilling.texts(others) : .numbers(numeric) }
        let fits = zip(model.inputs, fillings).allSatisfy { port, _ in
            width(of: port).map { $0 == (port.element == .string ? others : numeric).count } ?? true
        }
        return fits ? fillings : nil
    }

    // MARK: What is said

    /// Whether a column's values are numbers, or texts that can be read as such.
    private func isNumeric(_ column: Column) -> Bool {
        switch column.storage {
        case .numeric: true
        case .categorical(_, let categories):
            categories.allSatisfy { Float($0)?.isFinite ?? false } || Self.areTruths(categories)
        case .text, .tensor, .bytes: false
        }
    }

    /// Whether a column's texts are True and False, in whatever letters.
    private static func areTruths(of column: Column) -> Bool {
        if case .categorical(_, let categories) = column.storage { areTruths(categories) } else { false }
    }

    private static func areTruths(_ categories: [String]) -> Bool {
        !categories.isEmpty && TruthWord.areAll(categories)
    }

    private func noNumbers(_ column: Column, for port: ONNXPort) -> AttarError {
        var example = ""
        if case .categorical(_, let categories) = column.storage,
            let text = categories.first(where: { Float($0) == nil })
        {
            example = " such as '\(text)'"
        }
        return AttarError(
            .unusableTeacher,
            "the column '\(column.name)' of \(rows.source) holds texts\(example), but the input '\(port.name)' of the teacher \(name) takes numbers",
            remedy:
                "Write the column in numbers as the teacher was trained with, or export the teacher with its encoder in front"
        )
    }

    private func wrong(_ wanted: Int, _ given: Int, of port: ONNXPort, _ source: String) -> AttarError {
        AttarError(
            .unusableTeacher,
            "the teacher \(name) takes \(wanted) numbers a row in its input '\(port.name)', but \(source) has \(given)",
            remedy: "Give the columns that it was trained on, in that order, and no others")
    }
}
