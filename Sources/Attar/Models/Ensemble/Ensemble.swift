internal import Compute

/// Several teachers as one: the mean of their answers. Models that are already fitted, each with its own encoder, or any
/// other teachers of the same task.
public struct Ensemble: Teacher {
    public let task: Task
    /// The members, in order.
    public let members: [any Teacher]

    /// The mean of the given teachers.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where there is none, or two answer different tasks.
    public init(_ members: [any Teacher]) throws {
        guard let first = members.first else {
            throw AttarError(.unusableTeacher, "an ensemble of no teachers cannot answer")
        }
        for (index, member) in members.enumerated() where member.task != first.task {
            throw AttarError(
                .unusableTeacher, "teacher \(index) of the ensemble answers another task than teacher 0",
                remedy: "Give teachers of the same classes in the same order, or of the same outputs")
        }
        task = first.task
        self.members = members
    }

    /// The mean of fitted models.
    public init(_ members: [any Model]) throws {
        try self.init(members.map { $0 as any Teacher })
    }

    /// A hash of the members' fingerprints.
    public var fingerprint: Fingerprint {
        var hasher = FingerprintHasher()
        hasher.combine("ensemble")
        for member in members { hasher.combine(member.fingerprint.hex) }
        return hasher.finished()
    }

    public func predict(_ rows: Dataset) async throws -> Outputs {
        var sum = [Float](repeating: 0, count: rows.count * task.width)
        let share = 1 / Float(members.count)
        for (index, member) in members.enumerated() {
            let answers = try await member.predict(rows)
            guard answers.matrix.rows == rows.count, answers.matrix.columns == task.width else {
                throw AttarError(
                    .unusableTeacher,
                    """
                    teacher \(index) of the ensemble gave \(answers.matrix.rows) × \(answers.matrix.columns) answers, \
                    not \(rows.count) × \(task.width)
                    """)
            }
            let matrix = answers.kind == .logits ? answers.matrix.softmax() : answers.matrix
            for place in sum.indices { sum[place] += share * matrix.elements[place] }
        }
        return Outputs(
            task.isClassification ? .probabilities : .values,
            Matrix(rows: rows.count, columns: task.width, elements: sum))
    }
}
