internal import Compute
internal import Foundation

/// A language model behind a chat endpoint as OpenAI's, which labels rows: it is asked for the class of each row.
///
/// Where the server tells how likely tokens were, the classes' probabilities are taken from that; else it gets the classes as the only answers
/// allowed, and the answers are hard labels. Nothing is asked before rows are.
struct ChatTeacher: PartialTeacher {
    let task: LearningTask
    let fingerprint: Fingerprint
    let isMetered = true
    var spending: Spending? { server.meter.spending }

    private let server: Server
    private let questions: ServerQuestions
    private let answers: ForeignAnswers
    private let question: ChatQuestion
    private let classes: ChatClasses
    private let model: String
    private let instruction: String
    private let progress: ChatProgress

    /// The probability outside of all classes above which an answer is none.
    private static let mostRest = 0.999

    init(_ server: Server, settings: TeacherSettings, for rows: Dataset) throws {
        let name = server.address.text
        guard let model = settings.model else {
            throw AttarError(
                .invalidSetting, "The chat endpoint '\(name)' needs the name of a model",
                remedy: "Give it with --teacher-model")
        }
        let target = rows.target?.task
        guard let names = settings.classes ?? (target?.form == .probabilities ? target?.names : nil) else {
            throw AttarError(
                .invalidSetting, "The chat endpoint '\(name)' answers with classes, and none are known",
                remedy: "Name them with --classes, or a target of classes with --target")
        }
        self.server = server
        self.model = model
        progress = ChatProgress(answerTokens: settings.answerTokens)
        question = try ChatQuestion(settings.question, for: rows)
        classes = ChatClasses(names)
        instruction =
            "You label data. Answer with exactly one of these classes, written as here, and nothing else: \(names.joined(separator: ", "))"
        answers = try ForeignAnswers(
            width: names.count, kind: .probabilities, ownNames: names, settings: settings, for: rows, named: name)
        task = answers.task
        questions = ServerQuestions(
            server: server, workers: settings.workers ?? ServerQuestions.defaultWorkers, batch: 1)
        var hasher = FingerprintHasher()
        for part in ["chat", name, model, instruction, question.template] { hasher.combine(part) }
        hasher.combine(task)
        fingerprint = hasher.finished()
    }

    var answerNotes: [String] { answers.notes + progress.notes(for: server.address.text) }

    func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void
    ) async throws {
        try await predict(rows, receiving: receiving) { throw $0.error }
    }

    func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void,
        leavingOut: @escaping @Sendable (RowFailure) throws -> Void
    ) async throws {
        try await questions.ask(rows.count, receiving: receiving, leavingOut: leavingOut) {
            positions, connection, isStopped in
            let numbers = try positions.flatMap { try probabilities(rows, $0, over: connection, isStopped) }
            return try answers.checked(
                Matrix(rows: positions.count, columns: task.width, elements: numbers), for: rows, at: positions)
        }
    }

    /// The probability of each class for a row.
    ///
    /// - Throws: `RowFailure` where the row has none to be had.
    private func probabilities(
        _ rows: Dataset, _ row: Int, over connection: HTTPConnection, _ isStopped: () -> Bool
    ) throws -> [Float] {
        let text = try question.text(rows, row)
        let place = rows.place(row)
        // A form that is tried for this row alone, until it is known to be better.
        var trial: ChatForm?
        while true {
            let form = trial ?? progress.form
            let body = form.body(model: model, instruction: instruction, question: text, classes: task.names)
            let response: HTTPResponse
            do {
                response = try server.answer(
                    to: HTTPRequest(address: server.address.text, body: body), over: connection, about: place,
                    accepting: [400, 403, 422], reading: Self.withStatusOfFault, isStopped: isStopped)
            } catch let error as AttarError {
                guard let trouble = error.underlying as? RowTrouble else { throw error }
                throw RowFailure(row, error.goingOn, reason: trouble.reason)
            }
            guard (200..<300).contains(response.status) else {
                server.meter.end(isPaid: false)
                if let next = form.after(refusal: String(decoding: response.body, as: UTF8.self)) {
                    if trial == nil { progress.take(next, inPlaceOf: form) } else { trial = next }
                } else if trial == nil, !progress.hasAnswers, let next = form.withoutLogprobs {
                    // Not every server says what it is that it does not take.
                    trial = next
                } else {
                    throw try refused(response, row, place)
                }
                continue
            }
            guard let answer = ChatAnswer(response.body) else {
                server.meter.end(isPaid: true)
                throw failure(
                    row, place, "its answer is not that of a chat endpoint\(server.excerpt(response.body))",
                    "Check the address: it ends in /v1 or /chat/completions")
            }
            server.meter.end(
                isPaid: answer.fault == nil, read: max(0, answer.usage?.read ?? 0),
                written: max(0, answer.usage?.written ?? 0))
            if let fault = answer.fault {
                throw failure(
                    row, place, "it gives an error in the place of an answer: '\(fault.message.prefix(240))'",
                    "See the server's log, or its documentation")
            }
            if let numbers = numbers(in: answer, form) {
                if trial != nil { progress.take(form, inPlaceOf: progress.form) }
                return numbers
            }
            // Without probabilities, and outside of the classes: the server is asked once more, tied to them.
            if answer.tokens == nil, !answer.isCutOff, let tied = form.withoutLogprobs {
                if trial == nil { progress.take(tied, inPlaceOf: form) } else { trial = tied }
                continue
            }
            let (problem, remedy) = answer.trouble(outside: listed(task.names))
            throw failure(row, place, problem, remedy)
        }
    }

    /// An answer whose error says what status it would have had.
    private static func withStatusOfFault(_ response: HTTPResponse) -> HTTPResponse {
        guard (200..<300).contains(response.status), let status = ChatAnswer(response.body)?.fault?.status,
            status == 408 || status == 429 || status >= 500
        else { return response }
        return HTTPResponse(
            status: status, body: response.body, retryAfter: response.retryAfter, location: response.location)
    }

    /// What a refused request means: the row, or the key.
    private func refused(_ response: HTTPResponse, _ row: Int, _ place: String) throws -> RowFailure {
        let text = String(decoding: response.body, as: UTF8.self).lowercased()
        let isFiltered = ["content", "moderation", "flagged", "safety", "policy"].contains(where: text.contains)
        if response.status == 403, !isFiltered { throw server.refusal(response, about: place) }
        return failure(
            row, place, "it answers with status \(response.status)\(server.excerpt(response.body))",
            isFiltered ? "Change that row or --question" : "Check --teacher-model and --question")
    }

    private func failure(_ row: Int, _ place: String, _ problem: String, _ remedy: String) -> RowFailure {
        RowFailure(row, server.unusable(place, problem, remedy).goingOn, reason: server.shown(problem))
    }

    /// The probabilities that an answer gives; nil where it names no class.
    private func numbers(in answer: ChatAnswer, _ form: ChatForm) -> [Float]? {
        if form.tie == .logprobs, let tokens = answer.tokens,
            let (masses, rest) = classes.probabilities(
                inAnswer: tokens.map(\.forClasses), atLeast: 1 - Self.mostRest)
        {
            let sum = masses.reduce(0, +)
            progress.count(rest: rest)
            return masses.map { Float($0 / sum) }
        }
        guard let index = classes.index(of: answer.text) else { return nil }
        progress.countLabel()
        if answer.tokens == nil, let tied = form.withoutLogprobs {
            // The server does not tell how likely tokens were; from now on it is tied to the classes.
            progress.take(tied, inPlaceOf: form)
        }
        return task.names.indices.map { $0 == index ? 1 : 0 }
    }
}

extension AttarError {
    /// The same with the way to go on without the row.
    fileprivate var goingOn: AttarError {
        AttarError(code, problem, remedy: "\(remedy), or \(RowFailure.goingOn)", underlying: underlying)
    }
}

extension ChatAnswer.Token {
    /// The token with what might have stood in its place, itself among them.
    fileprivate var forClasses: ChatClasses.Token {
        var alternatives = (likeliest ?? []).map { (text: $0.token, probability: exp(min(0, $0.logprob))) }
        if !alternatives.contains(where: { $0.text == token }) { alternatives.append((token, exp(min(0, logprob)))) }
        return ChatClasses.Token(token, alternatives)
    }
}
