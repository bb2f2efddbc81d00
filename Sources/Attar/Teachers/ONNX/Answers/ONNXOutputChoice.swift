/// Which of a model's outputs is read.
struct ONNXOutputChoice: Sendable {
    /// The output that holds the answers; of several with one class each the first.
    let main: ONNXPort
    /// How it is read, alone or with others.
    let reading: ONNXReading
    /// An output with the predicted class of each row, from which the classes' names can be told.
    let labels: ONNXPort?
    /// What a reader has to know, in sentences without their full stops.
    let notes: [String]

    /// Takes the output that the user names, else the likeliest: probabilities before logits before other numbers before labels; with
    /// `pooling` the hidden state.
    ///
    /// - Throws: `AttarError`: `invalidSetting` for a name that there is not; `unusableTeacher` where nothing can be read.
    init(_ model: ONNXModel, for rows: Dataset, settings: TeacherSettings) throws {
        let readable = model.outputs.filter { $0.element != nil || $0.kind == .sequence }
        let target = rows.target?.task
        let classes = settings.classes ?? (target?.form == .probabilities ? target?.names : nil)
        let hasLabels = model.outputs.contains { Self.holdsLabels($0) }
        let columns =
            target?.form == .values
            ? nil : ONNXReading(columnsOf: model.outputs, hasLabels: hasLabels, target: classes)
        if let columns, settings.output.map(columns.outputs.contains) ?? true,
            let port = model.outputs.first(where: { $0.name == columns.outputs[0] })
        {
            (main, reading, notes) = (port, columns, [])
            labels = nil
            return
        }
        if classes != nil { try Self.refuseSeveralLabels(model) }
        if let name = settings.output {
            guard let port = model.outputs.first(where: { $0.name == name }) else {
                throw AttarError(
                    .invalidSetting, "the teacher '\(model.path)' has no output '\(name)'",
                    remedy: didYouMean(name, among: model.outputs.map(\.name)))
            }
            guard readable.contains(port) else {
                throw AttarError(
                    .unusableTeacher,
                    "the output '\(name)' of the teacher '\(model.path)' is \(port.text), which Attar does not read",
                    remedy: "Name another of its outputs with --teacher-output")
            }
            main = port
            notes = []
        } else if settings.wantsEmbedding,
            let port = Self.embeddings.lazy.compactMap({ name in readable.first { $0.name == name } }).first
        {
            main = port
            notes = []
        } else {
            let wantsValues = rows.target?.task.form == .values
            let ranked = readable.map {
                (port: $0, rank: Self.rank($0, wantsValues: wantsValues, isPooled: settings.pooling != nil))
            }
            guard let best = ranked.map(\.rank).max(), let port = ranked.first(where: { $0.rank == best })?.port else {
                throw AttarError(
                    .unusableTeacher, "the teacher '\(model.path)' has no output that Attar can read",
                    remedy: "Export it with a tensor of numbers as its output")
            }
            main = port
            if classes != nil, port.element?.isReal == true, port.shape.dropFirst().allSatisfy({ $0 == 1 }),
                let rival = ranked.first(where: { $0.rank == best && $0.port != port })?.port
            {
                throw AttarError(
                    .unusableTeacher,
                    "the teacher '\(model.path)' has several outputs of one number a row, such as '\(port.name)' and '\(rival.name)', and nothing says which class each is of",
                    remedy:
                        "Export it with one output of all classes (skl2onnx: zipmap=False), or name that of the second class with --teacher-output"
                )
            }
            let rivals = ranked.filter { $0.rank == best && $0.port != port }.map { "'\($0.port.name)'" }
            notes =
                rivals.isEmpty
                ? []
                : [
                    "The teacher '\(model.path)' has several outputs of numbers: '\(port.name)' is read, not \(rivals.joined(separator: ", "))"
                ]
        }
        let read = main
        reading = ONNXReading(read.name)
        labels = model.outputs.first { $0 != read && Self.holdsLabels($0) }
    }

    /// Refuses a model that gives a row several labels, each of which holds or not: it has no one class to teach.
    private static func refuseSeveralLabels(_ model: ONNXModel) throws {
        let several = model.outputs.first { port in
            guard let element = port.element, element.isWhole || element == .bool, port.shape.count == 2 else {
                return false
            }
            return port.name.lowercased().contains("label") && (port.shape[1] ?? 1) > 1
        }
        guard let several else { return }
        throw AttarError(
            .unusableTeacher,
            "the teacher '\(model.path)' gives \(several.shape[1] ?? 0) labels a row in its output '\(several.name)', each of which holds or not; the target has one class a row",
            remedy: "Export a model of one label, such as one of the estimators of a MultiOutputClassifier, for each")
    }

    /// What outputs with a text's embedding are called, and those with one for each token, the likeliest first.
    private static let embeddings = ["sentence_embedding", "last_hidden_state", "token_embeddings"]

    /// Whether an output holds one class a row.
    static func holdsLabels(_ port: ONNXPort) -> Bool {
        guard let element = port.element, element == .string || element.isWhole else { return false }
        return port.shape.count < 2 || port.shape.dropFirst().allSatisfy { $0 == 1 }
    }

    /// The higher, the likelier an output is the one that is meant.
    private static func rank(_ port: ONNXPort, wantsValues: Bool, isPooled: Bool) -> Int {
        let name = port.name.lowercased()
        func isNamed(_ words: String...) -> Bool { words.contains { name.contains($0) } }
        if port.kind == .sequence { return wantsValues ? 5 : 100 }
        guard let element = port.element, element.isReal else {
            return holdsLabels(port) ? (wantsValues ? 30 : 20) : 10
        }
        if port.shape.count == 3 { return isPooled ? 120 : 40 }
        if isNamed("prob") { return 90 }
        if isNamed("logit", "score") { return 80 }
        if isNamed("sentence_embedding") { return 70 }
        if isNamed("pooler", "hidden") { return 50 }
        return 60
    }
}
