/// How the columns of a data set fill the inputs of a model: settled once, by names, order, types and shapes.
struct ONNXInputs: Sendable {
    /// The model's inputs, each with what fills it.
    let fillings: [(port: ONNXPort, filling: ONNXFilling)]
    /// How sequences of tokens are made, where the inputs are such.
    let tokens: ONNXTokens?
    /// The number of rows that each question must have, where the model says one.
    let fixedBatch: Int?
    /// What a reader has to know, in sentences without their full stops.
    let notes: [String]
    /// What messages call the teacher, in quotes.
    let name: String

    /// Finds out what fills the inputs.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) naming the input that the data cannot fill, and why.
    init(_ model: ONNXModel, for rows: Dataset, settings: TeacherSettings) throws {
        let name = "'\(model.path)'"
        self.name = name
        for port in model.inputs where port.element == nil {
            throw AttarError(
                .unusableTeacher,
                "the teacher \(name) wants \(port.text) in its input '\(port.name)', which Attar cannot give",
                remedy: "Export it with tensors of numbers or texts as inputs")
        }
        guard !model.inputs.isEmpty else {
            throw AttarError(.unusableTeacher, "the teacher \(name) has no inputs", remedy: "Export it again")
        }
        fixedBatch = model.inputs.compactMap { $0.shape.first ?? nil }.first { $0 > 0 }
        let binder = ONNXBinder(
            model: model, rows: rows, name: name, allowsExtra: settings.allowsExtraColumns)
        if let tokens = try ONNXTokens(model, for: rows, settings: settings) {
            self.tokens = tokens
            fillings = try model.inputs.map { port in
                guard let part = ONNXTokens.Part(of: port) else { throw binder.unfilled(port) }
                return (port, .tokens(part))
            }
            notes = []
        } else {
            tokens = nil
            let (fillings, notes) = try binder.fillings()
            self.fillings = Array(zip(model.inputs, fillings))
            self.notes = notes
        }
    }
}
