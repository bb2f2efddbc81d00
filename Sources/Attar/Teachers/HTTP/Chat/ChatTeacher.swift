internal import Compute
internal import Foundation
internal import Synchronization

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
    private let progress = ChatProgress()

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
        try await questions.ask(rows.count, receiving: receiving) { positions, connection, isStopped in
            let numbers = try positions.flatMap { try probabilities(rows, $0, over: connection, isStopped) }
            return try answers.checked(
                Matrix(rows: positions.count, columns: task.width, elements: numbers), for: rows, at: positions)
        }
    }

    /// The probability of each class for a row.
    private func probabilities(
        _ rows: Dataset, _ row: Int, over connection: HTTPConnection, _ isStopped: () -> Bool
    ) throws -> [Float] {
        let text = try question.text(rows, row)
        let place = rows.place(row)
        while true {
            let form = progress.form
            let body = form.body(model: model, instruction: instruction, question: text, classes: task.names)
            let response = try server.answer(
                to: HTTPRequest(address: server.address.text, body: body), over: connection, about: place,
                accepting: [400, 422], isStopped: isStopped)
            guard (200..<300).contains(response.status) else {
                server.meter.end(isPaid: false)
                guard let next = form.after(refusal: String(decoding: response.body, as: UTF8.self)) else {
                    throw server.unusable(
                        place, "it answers with status \(response.status)\(server.excerpt(response.body))",
                        "Check --teacher-model and --question")
                }
                progress.take(next, inPlaceOf: form)
                continue
            }
            guard let answer = try? JSONDecoder().decode(ChatAnswer.self, from: Data(response.body)) else {
                server.meter.end(isPaid: true)
                throw server.unusable(
                    place, "its answer is not that of a chat endpoint\(server.excerpt(response.body))",
                    "Check the address: it ends in /v1 or /chat/completions")
            }
            server.meter.end(
                isPaid: true, read: max(0, answer.usage?.read ?? 0),
                written: max(0, answer.usage?.written ?? 0))
            if let numbers = numbers(in: answer, form) { return numbers }
            // Without probabilities, and outside of the classes: the server is asked once more, tied to them.
            if form.tie == .logprobs, answer.tokens == nil {
                var tied = form
                tied.tie = .schema
                progress.take(tied, inPlaceOf: form)
                continue
            }
            throw server.unusable(
                place,
                "the model answers '\(answer.text.prefix(80))', which is none of the classes \(task.names.prefix(8).joined(separator: ", "))",
                "Ask more clearly with --question, or give another --teacher-model")
        }
    }

    /// The probabilities that an answer gives; nil where it names no class.
    private func numbers(in answer: ChatAnswer, _ form: ChatForm) -> [Float]? {
        if form.tie == .logprobs, let tokens = answer.tokens {
            let (masses, rest) = classes.probabilities(of: tokens.map(\.forClasses))
            let sum = masses.reduce(0, +)
            if rest < Self.mostRest, sum > 0 {
                progress.count(rest: rest)
                return masses.map { Float($0 / sum) }
            }
        }
        guard let index = classes.index(of: answer.text) else { return nil }
        progress.countLabel()
        if form.tie == .logprobs, answer.tokens == nil {
            // The server does not tell how likely tokens were; from now on it is tied to the classes.
            var tied = form
            tied.tie = .schema
            progress.take(tied, inPlaceOf: form)
        }
        return task.names.indices.map { $0 == index ? 1 : 0 }
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

/// What has been learned of a chat endpoint while it was asked.
private final class ChatProgress: Sendable {
    private struct State {
        var form = ChatForm()
        var soft = 0
        var hard = 0
        var rest = 0.0
    }

    private let state = Mutex(State())

    /// What is asked for at the moment.
    var form: ChatForm { state.withLock { $0.form } }

    /// Takes another form, unless another thread already has.
    func take(_ form: ChatForm, inPlaceOf old: ChatForm) {
        state.withLock { if $0.form == old { $0.form = form } }
    }

    func count(rest: Double) {
        state.withLock {
            $0.soft += 1
            $0.rest += rest
        }
    }

    func countLabel() { state.withLock { $0.hard += 1 } }

    func notes(for name: String) -> [String] {
        let state = state.withLock { $0 }
        var notes: [String] = []
        if state.hard > 0 {
            let some = state.soft > 0 ? " \(state.hard) of \(state.soft + state.hard) rows" : ""
            notes.append(
                "The teacher '\(name)' gives labels without probabilities\(some.isEmpty ? "" : " for\(some)"): there are no soft targets for them, so the student learns no more than which answer is right"
            )
        }
        let rest = state.soft > 0 ? state.rest / Double(state.soft) : 0
        if rest >= 0.01 {
            let percent = (rest * 1000).rounded() / 10
            notes.append(
                "The teacher '\(name)' gives \(percent) % of its probability to answers outside of the classes; the rest is scaled to 1"
            )
        }
        return notes
    }
}
