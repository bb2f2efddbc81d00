internal import Compute
internal import Foundation

/// Asks a teacher about some of the rows, in rounds, and measures after each how well a student does that has learned from the answers so far.
///
/// A part of the rows, drawn at random and asked first, is never learned from: on it the students are held against the teacher.
package struct LimitedQuestions {
    /// How a student did that had learned from so many answers.
    package struct Point: Hashable, Codable, Sendable {
        /// Rows asked, those that measure the student among them.
        package let questions: Int
        /// The share of rows on which the student gives the teacher's answer, or its R² to the teacher.
        package let fidelity: Double
    }

    private let sampling: QuestionSampling
    private let rows: Dataset
    private let teacher: any Teacher
    private let kind: TaskKind
    private let encoder: FeatureEncoder
    private let features: Matrix
    private let estimator: any Estimator
    private let progress: ProgressHandler
    private var generator: SeededGenerator

    /// Students whose mean is measured, and whose doubts decide.
    private static let members = 3

    /// Prepares the rows.
    ///
    /// - Throws: `AttarError`: `invalidSetting`, `schemaMismatch` where the student does not read such rows.
    package init(
        _ sampling: QuestionSampling, of rows: Dataset, by teacher: any Teacher, catalogue: Catalogue = .standard,
        progress: @escaping ProgressHandler
    ) throws {
        try sampling.validate()
        kind = try catalogue.task(teacher.task.kind)
        (self.sampling, self.rows, self.teacher, self.progress) = (sampling, rows, teacher, progress)
        let specification = try Specification(sampling.student)
        let family = try catalogue.families.named(specification.name)
        encoder = try FeatureEncoder(
            fittedTo: rows, text: TextFeatures(readers: [family.reader]), kinds: catalogue.dataKinds)
        features = try encoder.encoded(rows)
        estimator = try family.estimator(specification)
        try estimator.validate(for: encoder)
        if sampling.method == .kCentre, encoder.holdsIDs {
            throw AttarError(
                .invalidSetting, "k-centre needs distances between rows, which texts do not have here",
                remedy: "Use --select random or uncertainty")
        }
        generator = SeededGenerator(seed: sampling.seed, stream: "questions")
    }

    /// Asks the rows.
    ///
    /// - Returns: the positions of the rows that were asked, in their order, and the student's fidelity after each round.
    package mutating func asked() async throws -> (rows: [Int], curve: [Point]) {
        let count = min(sampling.count, rows.count)
        var pool = (0..<rows.count).shuffled(using: &generator)
        let drawn = Array(pool.prefix(max(4, min(500, count / 5))))
        pool.removeFirst(drawn.count)
        let (held, heldAnswers) = try await answers(to: drawn)
        var farthest = sampling.method == .kCentre ? FarthestFirst(features) : nil
        for row in drawn { farthest?.take(row) }
        var learned: [Int] = []
        var students: [any Model] = []
        var curve: [Point] = []
        for round in 1...sampling.rounds {
            let goal = (count - drawn.count) * round / sampling.rounds
            let chosen = next(goal - learned.count, from: pool, students, &farthest)
            let taken = Set(chosen)
            pool.removeAll { taken.contains($0) }
            learned += chosen
            let (known, answers) = try await answers(to: learned)
            guard !known.isEmpty, !held.isEmpty else { continue }
            students = try fitted(known, answers)
            curve.append(
                Point(questions: drawn.count + learned.count, fidelity: fidelity(of: students, on: held, heldAnswers)))
            if pool.isEmpty { break }
        }
        return ((drawn + learned).sorted(), curve)
    }

    /// The rows to ask next.
    private func next(
        _ count: Int, from pool: [Int], _ students: [any Model], _ farthest: inout FarthestFirst?
    ) -> [Int] {
        if farthest != nil {
            let chosen = farthest?.taking(count) ?? []
            // Rows that only repeat others are as good as any.
            let taken = Set(chosen)
            return chosen + pool.lazy.filter { !taken.contains($0) }.prefix(count - chosen.count)
        }
        // The pool is in random order already, and the first round has no students to ask.
        if sampling.method == .random || students.isEmpty { return Array(pool.prefix(count)) }
        let doubts = doubts(students, about: pool)
        return pool.indices.sorted { (doubts[$1], $0) < (doubts[$0], $1) }.prefix(count).map { pool[$0] }
    }

    /// How unsure the students are of each row: the entropy of their mean probabilities, or the variance of their values.
    private func doubts(_ students: [any Model], about rows: [Int]) -> [Float] {
        let block = features.selecting(rows: rows)
        let answers = students.map { $0.outputs(for: block).matrix }
        let share = 1 / Float(students.count)
        return rows.indices.map { row in
            (0..<teacher.task.width).reduce(Float(0)) { sum, column in
                let mean = answers.reduce(Float(0)) { $0 + share * $1[row, column] }
                if teacher.task.form == .probabilities { return sum - (mean > 0 ? mean * Float(log(Double(mean))) : 0) }
                return sum
                    + answers.reduce(Float(0)) { $0 + share * ($1[row, column] - mean) * ($1[row, column] - mean) }
            }
        }
    }

    /// Those of the rows that the teacher answers, and its answers.
    private func answers(to positions: [Int]) async throws -> (rows: [Int], answers: Matrix) {
        let outputs = try await teacher.predict(rows.selecting(positions))
        let known = outputs.knownRows
        let matrix = outputs.selecting(rows: known).matrix
        return (known.map { positions[$0] }, outputs.kind == .logits ? matrix.softmax() : matrix)
    }

    /// Students that have learned the answers to some rows, each from other random numbers.
    private func fitted(_ positions: [Int], _ answers: Matrix) throws -> [any Model] {
        let task = teacher.task
        let set = TransferSet(
            task: task, encoder: encoder, features: features.selecting(rows: positions),
            softTargets: TeacherAnswers.softTargets(answers, for: task),
            truth: .none)
        let loss = try DistillationLoss(
            named: kind.teaching.usualLoss(knownClasses: nil), for: task.form,
            temperature: task.form == .probabilities ? 2 : nil, labelShare: 0)
        let (estimator, sampling, progress) = (estimator, sampling, progress)
        return try concurrently(Self.members, threads: availableThreads()) { index in
            try estimator.fitted(
                to: set, validation: nil,
                context: FittingContext(
                    loss: loss, seed: sampling.seed &+ UInt64(index),
                    progress: { inner in
                        progress(
                            RunProgress(
                                phase: "trying what \(positions.count) answers teach", completed: inner.completed,
                                total: inner.total, unit: inner.unit, loss: inner.loss))
                    }))
        }
    }

    /// The students' mean fidelity on rows that they have not learned from.
    private func fidelity(of students: [any Model], on held: [Int], _ answers: Matrix) -> Double {
        let task = teacher.task
        let truth: Truth =
            switch task.form {
            case .probabilities: .classes(answers.argmax())
            case .values: .values(answers)
            }
        let target = Target(name: "teacher", task: task, truth: truth)
        let block = features.selecting(rows: held)
        let own = students.map { Agreement.withLabels($0.outputs(for: block), task, target) ?? 0 }
        return own.reduce(0, +) / Double(own.count)
    }
}
