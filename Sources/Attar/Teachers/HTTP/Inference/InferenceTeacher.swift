internal import Compute
internal import Foundation

/// A model behind a server of the Open Inference Protocol (KServe v2), such as Triton, MLServer or KServe itself.
///
/// What it takes and gives is asked from the server. Tensors travel as JSON.
struct InferenceTeacher: PartialTeacher {
    let task: LearningTask
    let fingerprint: Fingerprint
    var answerNotes: [String] { reading.answers.notes + reading.notes }
    var spending: Spending? { server.meter.spending }

    private let server: Server
    private let questions: ServerQuestions
    private let inputs: InferenceInputs
    private let reading: InferenceReading
    private let inference: String

    /// Rows in one request, and rows that are asked to learn what the numbers are.
    private static let defaultBatch = 256
    private static let firstRows = 16

    /// Asks the server about the model, and the model about a few rows.
    init(_ server: Server, settings: TeacherSettings, for rows: Dataset) throws {
        self.server = server
        guard rows.count > 0 else {
            throw AttarError(
                .unusableTeacher, "the teacher '\(server.address.text)' has no rows to answer", remedy: "Give some rows"
            )
        }
        let inference = "\(server.address.text)/infer"
        self.inference = inference
        (inputs, reading, fingerprint) = try onAskingThread {
            let connection = try server.connection(Abandonment())
            let (model, output) = try Self.model(server, connection, settings)
            let inputs = try InferenceInputs(model.inputs ?? [], for: rows, server: server.address.text)
            let first = Array(0..<min(rows.count, Self.firstRows))
            let answer = try Self.answer(
                server, connection, inference, try inputs.body(rows, first, output: output), about: rows.place(0),
                output: output, count: first.count
            ) { false }
            let reading = try InferenceReading(
                answer, output: output, settings: settings, for: rows, named: server.address.text)
            var hasher = FingerprintHasher()
            for part in ["kserve", server.address.text, output ?? ""] { hasher.combine(part) }
            hasher.combine(model)
            hasher.combine(reading.answers.task)
            hasher.combine(reading.answers.kind)
            return (inputs, reading, hasher.finished())
        }
        task = reading.answers.task
        questions = ServerQuestions(
            server: server, workers: settings.workers ?? ServerQuestions.defaultWorkers,
            batch: settings.batch ?? Self.defaultBatch)
    }

    func predict(
        _ rows: Dataset, receiving: @escaping @Sendable (_ positions: [Int], _ answers: Answers) throws -> Void
    ) async throws {
        try await questions.ask(rows.count, receiving: receiving) { positions, connection, isStopped in
            let answer = try Self.answer(
                server, connection, inference, try inputs.body(rows, positions, output: reading.output),
                about: rows.place(positions[0]), output: reading.output, count: positions.count, isStopped: isStopped)
            return try reading.outputs(answer, for: rows, at: positions)
        }
    }

    /// What the server says of the model, and the output to read; nil where it names none.
    private static func model(
        _ server: Server, _ connection: HTTPConnection, _ settings: TeacherSettings
    ) throws -> (InferenceModel, String?) {
        let response = try server.answer(
            to: HTTPRequest(address: server.address.text, body: nil), over: connection, about: "the model",
            isStopped: { false })
        server.meter.end(isPaid: false)
        let model: InferenceModel
        do {
            model = try InferenceModel(response.body)
        } catch {
            throw server.unusable(
                "the model",
                "what it says is not what the Open Inference Protocol lays down\(server.excerpt(response.body))",
                "Give the address of a model, such as http://host:8000/v2/models/NAME")
        }
        let outputs = model.outputs ?? []
        if let wanted = settings.output {
            guard outputs.isEmpty || outputs.contains(where: { $0.name == wanted }) else {
                throw server.unusable(
                    "the model", "it has no output '\(wanted)', only \(outputs.map(\.words).joined(separator: ", "))",
                    "Name one of these with --teacher-output")
            }
            return (model, wanted)
        }
        // Of several outputs, the one that is called probabilities says most; the first is what most take.
        let likely =
            outputs.first { $0.name.lowercased().contains("prob") } ?? outputs.first { !$0.isWhole && !$0.isText }
        return (model, (likely ?? outputs.first)?.name)
    }

    /// Asks about some rows, and returns the output wanted, its shape checked.
    private static func answer(
        _ server: Server, _ connection: HTTPConnection, _ address: String, _ body: [UInt8], about what: String,
        output: String?, count: Int, isStopped: () -> Bool
    ) throws -> InferenceAnswer {
        let response = try server.answer(
            to: HTTPRequest(address: address, body: body), over: connection, about: what, isStopped: isStopped)
        server.meter.end(isPaid: true)
        let outputs: [InferenceAnswer]
        do {
            outputs = try InferenceAnswer.outputs(in: response.body)
        } catch let problem as JSONFault {
            throw server.unusable(
                what, "its answer cannot be read (\(problem.text))\(server.excerpt(response.body))",
                "Check that it speaks the Open Inference Protocol, with tensors as JSON")
        }
        guard let answer = output == nil ? outputs.first : outputs.first(where: { $0.name == output }) else {
            throw server.unusable(
                what, "its answer lacks the output '\(output ?? "")'", "Name another with --teacher-output")
        }
        let values = max(answer.numbers.count, answer.texts.count)
        guard answer.shape.first == count, answer.shape.checkedProduct == values,
            answer.numbers.isEmpty || answer.texts.isEmpty
        else {
            throw server.unusable(
                what, "it gives \(values) values of shape \(answer.shape) for \(count) rows in '\(answer.name)'",
                "Give a --batch that the model takes, or another --teacher-output")
        }
        return answer
    }
}
