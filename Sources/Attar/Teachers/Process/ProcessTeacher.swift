internal import Foundation

/// A teacher in a program: rows go to its standard input and answers come from its standard output, as JSON Lines (docs/teacher-protocol.md).
///
/// Copies of the program are started when they are needed, kept between questions, and end with the teacher. One that dies is started again, and
/// only what it had not answered is asked again.
public struct ProcessTeacher: PartialTeacher {
    public let task: LearningTask
    public let fingerprint: Fingerprint
    public var answerNotes: [String] { answers.notes }

    private let program: Program
    private let answers: ForeignAnswers
    private let workers: Int
    private let batch: Int
    private let timeout: Duration

    /// Rows in one question, and how long one may take, where nothing else is asked for.
    static let defaultBatch = 1024
    static let defaultTimeout = Duration.seconds(300)

    /// Starts the program and asks it the first row, which tells what it answers.
    ///
    /// - Parameters:
    ///   - line: the program with its arguments; quotes and backslashes as in a shell, and nothing else of a shell.
    ///   - settings: `workers` (1 where nil), `batch` (1,024), `timeout` (300 s), `classes`, `outputKind` and
    ///     `keyVariable`, the variables with keys that the program needs, with commas between them; it sees no others.
    ///   - rows: the rows that are to be answered, with their target if there is one.
    /// - Throws: `AttarError`: `invalidSetting` for a line that is none; `unusableTeacher` where the program cannot be started, or does not
    ///   answer the first row as it should.
    public init(command line: String, settings: TeacherSettings, for rows: Dataset) throws {
        guard rows.count > 0 else {
            throw AttarError(.unusableTeacher, "the teacher '\(line)' has no rows to answer", remedy: "Give some rows")
        }
        workers = settings.workers ?? 1
        batch = settings.batch ?? Self.defaultBatch
        timeout = settings.timeout.map { .seconds($0.amount) } ?? Self.defaultTimeout
        let program = try Program(
            line, greeting: ProgramGreeting.text(for: rows, settings), most: workers, variables: settings.keyVariables)
        let timeout = self.timeout
        let (hello, first) = try onAskingThread { try program.firstAnswer(to: rows, timeout: timeout) }
        answers = try Self.answers(hello, first, settings: settings, for: rows, named: line)
        task = answers.task
        self.program = program
        var hasher = FingerprintHasher()
        hasher.combine("process")
        hasher.combine(line)
        if let fingerprint = hello?.fingerprint { hasher.combine(fingerprint) }
        for file in program.files { try hasher.combine(fileAt: file) }
        hasher.combine(answers.task)
        hasher.combine(answers.kind)
        fingerprint = hasher.finished()
    }

    public func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void
    ) async throws {
        try await predict(rows, receiving: receiving) { throw $0.error }
    }

    public func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void,
        leavingOut: @escaping @Sendable (RowFailure) throws -> Void
    ) async throws {
        let delivery = AnswerDelivery(to: receiving, leavingOut: leavingOut)
        // Few rows are shared out among all workers.
        let size = max(1, min(batch, (rows.count + workers - 1) / workers))
        let queue = RowQueue(count: rows.count, size: size)
        let text = JSONRows(rows)
        await withTaskCancellationHandler {
            await onAskingThreads(min(workers, (rows.count + size - 1) / size)) { [self] _ in
                do {
                    var conversation = try ProgramConversation(
                        program, answers, rows: rows, text: text, queue: queue, delivery: delivery, timeout: timeout)
                    conversation.run()
                } catch {
                    delivery.fail(error)
                }
            }
        } onCancel: {
            delivery.fail(CancellationError())
        }
        try delivery.finish()
    }

    /// What the program answers, told from its hello and its first answer.
    private static func answers(
        _ hello: ProgramHello?, _ first: AnswerLine, settings: TeacherSettings, for rows: Dataset, named line: String
    ) throws -> ForeignAnswers {
        let target = rows.target?.task
        if first.isEmbedding, target == nil { return ForeignAnswers(embeddingOf: first.numbers.count, named: line) }
        guard first.kind == nil else {
            return try ForeignAnswers(
                width: first.numbers.count, kind: hello?.kind ?? first.kind ?? .probabilities,
                ownNames: first.names ?? hello?.classes, settings: settings, for: rows, named: line)
        }
        let classes = settings.classes ?? hello?.classes ?? (target?.form == .probabilities ? target?.names : nil)
        guard let classes else {
            throw AttarError(
                .unusableTeacher, "the teacher '\(line)' answers with labels, and does not say which there are",
                remedy: "Name them with --classes")
        }
        return try ForeignAnswers(
            width: classes.count, kind: .probabilities, ownNames: classes, settings: settings, for: rows, isHard: true,
            named: line)
    }
}

extension FingerprintHasher {
    /// Adds a file's contents.
    fileprivate mutating func combine(fileAt path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw AttarError(.unreadableFile, "'\(path)' cannot be read", remedy: "Check its permissions")
        }
        defer { try? file.close() }
        while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
            combine(bytes: [UInt8](part))
        }
        combine(path)
    }
}
