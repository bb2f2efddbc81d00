internal import Compute
internal import Foundation

/// A text model behind an endpoint of embeddings as OpenAI's: it gets texts, and answers each with its embedding.
///
/// How wide embeddings are is learned by asking about the first row.
struct EmbeddingsTeacher: PartialTeacher {
    let task: LearningTask
    let fingerprint: Fingerprint
    let isMetered = true
    var answerNotes: [String] { answers.notes }
    var spending: Spending? { server.meter.spending }

    private let server: Server
    private let questions: ServerQuestions
    private let answers: ForeignAnswers
    private let model: String
    private let texts: EmbeddedTexts

    /// Rows in one request.
    private static let defaultBatch = 64

    init(_ server: Server, settings: TeacherSettings, for rows: Dataset) throws {
        let name = server.address.text
        guard let model = settings.model else {
            throw AttarError(
                .invalidSetting, "The endpoint of embeddings '\(name)' needs the name of a model",
                remedy: "Give it with --teacher-model")
        }
        guard rows.count > 0 else {
            throw AttarError(.unusableTeacher, "the teacher '\(name)' has no rows to answer", remedy: "Give some rows")
        }
        let texts = try EmbeddedTexts(rows, question: settings.question, teacher: name)
        let first = try onAskingThread {
            try Self.asked(
                server, server.connection(Abandonment()), model, try [texts.text(rows, 0)], about: rows.place(0)
            ) { false }
        }
        (self.server, self.model, self.texts) = (server, model, texts)
        answers = ForeignAnswers(embeddingOf: first.columns, named: name)
        task = answers.task
        questions = ServerQuestions(
            server: server, workers: settings.workers ?? ServerQuestions.defaultWorkers,
            batch: settings.batch ?? Self.defaultBatch)
        var hasher = FingerprintHasher()
        for part in ["embeddings", name, model, texts.identity] { hasher.combine(part) }
        hasher.combine(task)
        fingerprint = hasher.finished()
    }

    func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void
    ) async throws {
        try await questions.ask(rows.count, receiving: receiving) { positions, connection, isStopped in
            let numbers = try Self.asked(
                server, connection, model, try positions.map { try texts.text(rows, $0) },
                about: rows.place(positions[0]), isStopped)
            return try answers.checked(numbers, for: rows, at: positions)
        }
    }

    /// The embeddings of some texts, (texts.count, width).
    private static func asked(
        _ server: Server, _ connection: HTTPConnection, _ model: String, _ texts: [String], about what: String,
        _ isStopped: () -> Bool
    ) throws -> Matrix {
        let body = JSONValue.object(["model": .string(model), "input": .array(texts.map(JSONValue.string))])
        let response = try server.answer(
            to: HTTPRequest(address: server.address.text, body: Array(try body.text().utf8)), over: connection,
            about: what, isStopped: isStopped)
        let answer = try? JSONDecoder().decode(EmbeddingsAnswer.self, from: Data(response.body))
        server.meter.end(
            isPaid: true, read: max(0, answer?.usage?.read ?? 0), written: max(0, answer?.usage?.written ?? 0))
        guard let answer else {
            throw server.unusable(
                what, "its answer is not that of an endpoint of embeddings\(server.excerpt(response.body))",
                "Check the address: it ends in /v1/embeddings")
        }
        guard let (elements, width) = answer.numbers(count: texts.count) else {
            throw server.unusable(
                what, "it gives \(answer.data.count) embeddings for \(texts.count) texts, or some of another width",
                "Give a smaller --batch, or another --teacher-model")
        }
        return Matrix(rows: texts.count, columns: width, elements: elements)
    }
}

/// What is embedded of each row: its one column of text, or a text with the row's values in it.
struct EmbeddedTexts: Sendable {
    private let column: String
    private let question: ChatQuestion?

    /// - Throws: `AttarError`: `unusableTeacher` where rows have no column of text, or several and no question says what is asked.
    init(_ rows: Dataset, question: String?, teacher: String) throws {
        self.question = try question.map { try ChatQuestion($0, for: rows) }
        let texts =
            [Column.Kind.text, .categorical].map { kind in rows.columns.filter { $0.kind == kind } }
            .first { !$0.isEmpty } ?? []
        guard question != nil || texts.count == 1 else {
            throw AttarError(
                .unusableTeacher,
                "the teacher '\(teacher)' embeds texts, and \(rows.source) has \(texts.isEmpty ? "no column of text" : "\(texts.count) columns of text")",
                remedy: "Give one column of text, or say with --question what is embedded, such as '{title}: {body}'")
        }
        column = texts.first?.name ?? ""
    }

    /// What answers depend on besides the rows.
    var identity: String { question?.template ?? column }

    /// The text of a row.
    func text(_ rows: Dataset, _ row: Int) throws -> String {
        if let question { return try question.text(rows, row) }
        guard let column = rows.column(named: column) else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column '\(column)', which the teacher reads",
                remedy: didYouMean(column, among: rows.columns.map(\.name)))
        }
        return column.text(at: row)
    }
}

extension Column {
    /// A row's text, empty where missing.
    fileprivate func text(at row: Int) -> String {
        switch storage {
        case .text(let values): values[row]
        case .categorical(let codes, let categories): codes[row] < 0 ? "" : categories[Int(codes[row])]
        case .numeric: label(ofRow: row) ?? ""
        case .tensor, .bytes: ""
        }
    }
}
