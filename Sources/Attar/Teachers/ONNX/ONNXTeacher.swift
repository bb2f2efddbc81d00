internal import Compute

/// A teacher in an ONNX file, asked through ONNX Runtime.
///
/// What fills its inputs and what its outputs mean is settled when it is opened, on the columns of the rows and on its answers to some of
/// them. Questions have a fixed number of rows, each uses all the threads, and while one is asked the next is made ready.
public struct ONNXTeacher: Teacher {
    public let task: LearningTask
    public let fingerprint: Fingerprint
    public let answerNotes: [String]

    /// The model, for those who ask it directly.
    package let model: ONNXModel
    /// Rows in one question.
    package let batch: Int

    /// Whether questions are as large as their rows are short.
    private let sizesByTokens: Bool
    private let inputs: ONNXInputs
    private let answers: ONNXAnswers

    /// The default number of rows in a question: tables of numbers, and texts or pictures, whose rows are large.
    private static let (tableBatch, arrayBatch) = (1024, 32)
    /// How many rows are asked when it is opened.
    private static let (tableProbe, arrayProbe) = (256, 16)

    /// Opens the teacher.
    ///
    /// - Parameters:
    ///   - path: the `.onnx` file.
    ///   - settings: how it is asked: `output`, `outputKind`, `classes`, `pooling`, `tokenizer`, `maxTokens` and `batch`
    ///     are used.
    ///   - rows: the rows that it is to answer, with their target where there is one.
    /// - Throws: `AttarError`: `unreadableFile`; `unusableTeacher` where ONNX Runtime is not there or refuses the file, or where data and model
    ///   do not fit together; `invalidSetting`.
    public init(path: String, settings: TeacherSettings = TeacherSettings(), for rows: Dataset) throws {
        try self.init(model: ONNXModel(path: path), settings: settings, for: rows)
    }

    /// Makes an opened model a teacher.
    package init(model: ONNXModel, settings: TeacherSettings = TeacherSettings(), for rows: Dataset) throws {
        self.model = model
        let inputs = try ONNXInputs(model, for: rows, settings: settings)
        let choice = try ONNXOutputChoice(model, for: rows, settings: settings)
        let isTable = inputs.fillings.allSatisfy { _, filling in
            switch filling {
            case .numbers, .texts: true
            case .arrays, .tokens: false
            }
        }
        let batch = inputs.fixedBatch ?? settings.batch ?? (isTable ? Self.tableBatch : Self.arrayBatch)
        self.batch = batch
        sizesByTokens =
            settings.wantsEmbedding && inputs.tokens != nil && inputs.fixedBatch == nil && settings.batch == nil
        // Spread over all rows, so that data sorted by class shows all classes.
        let most = min(rows.count, isTable ? Self.tableProbe : Self.arrayProbe)
        let some = rows.selecting((0..<most).map { $0 * rows.count / most })
        let questions = try ONNXQuestions(inputs, rows: some)
        let parts = try stride(from: 0, to: most, by: batch).map { start in
            let wanted = min(batch, most - start)
            let asked = inputs.fixedBatch ?? wanted
            let values = try Self.asking(model, about: some, questions.order[start..<start + wanted]) {
                try model.run(
                    questions.tensors(start..<start + wanted, padding: asked - wanted),
                    outputs: choice.reading.outputs + (choice.labels.map { [$0.name] } ?? []))
            }
            return (
                main: try choice.reading.joined(values, asked: asked, teacher: inputs.name),
                labels: choice.labels == nil ? nil : values.last, asked: asked, wanted: wanted
            )
        }
        answers = try ONNXAnswers(
            choice, ONNXProbe(rows: some, parts: parts), of: model, for: rows, settings: settings)
        self.inputs = inputs
        task = answers.foreign.task
        answerNotes = inputs.notes + answers.notes
        var hasher = FingerprintHasher()
        hasher.combine(try model.fingerprint().hex)
        for output in answers.reading.outputs { hasher.combine(output) }
        hasher.combine(task)
        hasher.combine(answers.foreign.kind)
        hasher.combine(settings.pooling ?? "")
        hasher.combine(inputs.tokens?.identity ?? "")
        fingerprint = hasher.finished()
    }

    /// The tokenizer that its texts are cut with: rows may give ids of it instead, in a column `input_ids`.
    public var tokenizer: Tokenizer? { inputs.tokens?.tokenizer }

    public func predict(_ rows: Dataset) async throws -> Answers {
        let matrix = try await onOwnThread { isCancelled in
            try self.asked(rows, isCancelled: isCancelled)
        }
        return try answers.foreign.checked(matrix, for: rows)
    }

    /// The same answers as `predict` gives, on the caller's thread, which waits for them.
    package func answers(to rows: Dataset) throws -> Answers {
        try answers.foreign.checked(asked(rows, isCancelled: { false }), for: rows)
    }

    /// Asks about all rows, question by question: while one is answered, another thread makes the next one ready and reads the last one's
    /// answers.
    private func asked(_ rows: Dataset, isCancelled: @escaping @Sendable () -> Bool) throws -> Matrix {
        let questions = try ONNXQuestions(inputs, rows: rows)
        let all = questions.parts(batch: sizesByTokens ? nil : batch)
        let turn = ONNXTurn()
        let parts = try concurrently(all.count, threads: 2) { index in
            if isCancelled() { throw CancellationError() }
            let places = all[index]
            let asked = inputs.fixedBatch ?? places.count
            let positions = questions.order[places]
            let tensors = try questions.tensors(places, padding: asked - places.count)
            let values = try Self.asking(model, about: rows, positions) {
                try turn.alone { try model.run(tensors, outputs: answers.reading.outputs) }
            }
            let value = try answers.reading.joined(values, asked: asked, teacher: inputs.name)
            let mask = answers.form == .meanOfTokens ? ONNXPooling.mask(in: tensors, of: model) : nil
            return try answers.numbers(value, asked: asked, rows: positions, mask: mask, of: rows)
        }
        var matrix = Matrix(rows: rows.count, columns: answers.width)
        for (index, part) in parts.enumerated() {
            for (place, row) in questions.order[all[index]].enumerated() {
                matrix.elements.replaceSubrange(
                    row * answers.width..<(row + 1) * answers.width,
                    with: part[place * answers.width..<(place + 1) * answers.width])
            }
        }
        return matrix
    }

    /// Says which rows a question was about where it fails.
    private static func asking(
        _ model: ONNXModel, about rows: Dataset, _ positions: ArraySlice<Int>, _ ask: () throws -> [ONNXValue]
    ) throws -> [ONNXValue] {
        do {
            return try ask()
        } catch let error as AttarError {
            guard let failure = error.underlying as? ONNXFailure, let first = positions.first else { throw error }
            throw AttarError(
                .unusableTeacher,
                "the teacher '\(model.path)' does not answer \(positions.count) rows from \(rows.place(first)) on: \(failure.sentence)",
                remedy: "Check that the columns are those that it was trained on", underlying: failure)
        }
    }
}

extension ONNXTeacher {
    /// The tensors that all of some rows would be asked with at once, by the inputs' names.
    package func filled(_ rows: Dataset) throws -> [String: ONNXTensor] {
        try ONNXQuestions(inputs, rows: rows).tensors(0..<rows.count)
    }

    /// How many microseconds ONNX Runtime takes for one row alone, everything around it left out.
    ///
    /// - Parameter rows: rows like those that it will be asked; the first 200 are asked in turn.
    public func microsecondsARow(on rows: Dataset) throws -> Estimate? {
        let count = min(rows.count, LatencyProbe.rowsInRound)
        let some = rows.selecting(Array(0..<count))
        let questions = try ONNXQuestions(inputs, rows: some)
        let single = inputs.fixedBatch ?? 1
        let asked = try (0..<count).map { try questions.tensors($0..<$0 + 1, padding: single - 1) }
        return try LatencyProbe.microseconds { row in
            _ = try model.run(asked[row % count], outputs: answers.reading.outputs)
        }
    }
}
