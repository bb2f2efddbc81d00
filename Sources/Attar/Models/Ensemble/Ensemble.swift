internal import Compute

/// Several teachers as one: the mean of their answers, weighted if wanted. Models that are already fitted, each with its own encoder, or any
/// other teachers of the same task.
public struct Ensemble: Teacher {
    public let task: LearningTask
    /// The members, in order.
    public let members: [any Teacher]
    /// The members' shares of the answer, in order; they sum to 1.
    public let weights: [Double]

    /// The mean of the given teachers.
    ///
    /// - Parameters:
    ///   - members: the teachers.
    ///   - weights: how much each counts, in proportion, above 0; nil for all the same.
    ///   - names: what messages call them; nil for numbers from 0.
    /// - Throws: `AttarError` (`unusableTeacher`) where there is none, or two answer different tasks.
    /// - Precondition: weights and names, where given, are one a member.
    public init(_ members: [any Teacher], weights: [Double]? = nil, names: [String]? = nil) throws {
        guard let first = members.first else {
            throw AttarError(.unusableTeacher, "an ensemble of no teachers cannot answer")
        }
        precondition(weights.map { $0.count == members.count && $0.allSatisfy { $0 > 0 } } ?? true, "a weight each")
        precondition(names.map { $0.count == members.count } ?? true, "a name each")
        for (index, member) in members.enumerated() where member.task != first.task {
            let (name, other) = names.map { ("'\($0[index])'", "'\($0[0])'") } ?? ("\(index) of the ensemble", "0")
            throw AttarError(
                .unusableTeacher,
                "teacher \(name) answers another task than teacher \(other): \(Self.words(member.task)), not \(Self.words(first.task))",
                remedy: "Give teachers of the same classes in the same order, or of the same outputs")
        }
        task = first.task
        self.members = members
        let total = weights?.reduce(0, +) ?? Double(members.count)
        self.weights = members.indices.map { (weights?[$0] ?? 1) / total }
    }

    private static func words(_ task: LearningTask) -> String {
        "\(task.kind) of \(listed(task.names))"
    }

    public var wrapped: [any Teacher] { members }

    /// The mean of fitted models.
    public init(_ members: [any Model]) throws {
        try self.init(members.map(ModelTeacher.init))
    }

    /// A hash of the members' fingerprints.
    public var fingerprint: Fingerprint {
        var hasher = FingerprintHasher()
        hasher.combine("ensemble")
        for member in members { hasher.combine(member.fingerprint.hex) }
        if Set(weights).count > 1 { hasher.combine("\(weights)") }
        return hasher.finished()
    }

    public func predict(_ rows: Dataset) async throws -> Answers {
        var sum = [Float](repeating: 0, count: rows.count * task.width)
        // A row is answered where all members answer it.
        var known: [Bool]?
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
            if let own = answers.known { known = known.map { zip($0, own).map { $0 && $1 } } ?? own }
            let share = Float(weights[index])
            for place in sum.indices { sum[place] += share * matrix.elements[place] }
        }
        let mean = Answers(Matrix(rows: rows.count, columns: task.width, elements: sum), to: task)
        return Answers(mean.kind, mean.body, known: known)
    }
}
