/// A fitted model as a teacher.
public struct ModelTeacher: Teacher {
    /// The model that answers.
    public let model: any Model

    /// The rows that it learned from; nil where that is not known.
    private let learned: LearnedRows?

    /// Lets a model teach.
    public init(_ model: any Model) { (self.model, learned) = (model, nil) }

    /// Lets the model of a file teach, which says what it learned from.
    public init(_ artifact: Artifact) { (model, learned) = (artifact.model, artifact.metadata.learnedRows) }

    public var task: LearningTask { model.task }

    /// A hash of the model's task, encoder and description.
    public var fingerprint: Fingerprint { model.fingerprint }

    public func predict(_ rows: Dataset) async throws -> Answers { try await model.predict(rows) }

    public func seen(in rows: Dataset) -> SeenRows? { learned?.seen(in: rows, readBy: model.encoder) }

    /// The time in process, encoding included.
    public func microsecondsARow(on rows: Dataset) throws -> Estimate? {
        try LatencyProbe(rows: rows, encoder: model.encoder).microseconds(of: model)
    }
}

extension Teacher {
    /// The fitted model that answers; nil for teachers of every other kind.
    public var model: (any Model)? {
        guard let teacher = self as? ModelTeacher else { return nil }
        // Typed, as this property of every teacher would otherwise be asked for once more.
        let model: any Model = teacher.model
        return model
    }
}

extension Teacher {
    /// The fitted models that answer in the end, behind whatever wraps them; none where others do.
    var models: [any Model] { model.map { [$0] } ?? wrapped.flatMap(\.models) }

    /// The network whose hidden tensors can be read; nil for teachers that have or show none.
    var hiddenModel: (any TappableModel)? { model?.uncalibrated as? any TappableModel }
}

extension Model {
    /// Encodes the rows and answers them.
    public func predict(_ rows: Dataset) async throws -> Answers {
        outputs(for: try encoder.encoded(rows))
    }
}

extension TeacherAnswers {
    /// Matches a model's outputs to a task.
    ///
    /// - Throws: as for any other teacher.
    package init(_ model: any Model, for task: LearningTask) throws {
        try self.init(ModelTeacher(model), for: task)
    }
}
