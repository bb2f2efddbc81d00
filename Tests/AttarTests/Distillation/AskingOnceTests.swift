import Attar
import Compute
import Synchronization
import Testing

/// What is asked of a teacher, and how often.
struct AskingOnceTests {
    /// A teacher that counts the sets of rows that it is asked about.
    private final class Counting: Teacher {
        let task = LearningTask.classification(["class 0", "class 1", "class 2"])
        let fingerprint = FingerprintHasher().finished()
        let asked = Mutex<[String]>([])

        func predict(_ rows: Dataset) async throws -> Answers {
            asked.withLock { $0.append("\(rows.source) \(rows.count)") }
            return Answers(.probabilities, Matrix(rows: rows.count, columns: 3, repeating: 1.0 / 3))
        }
    }

    private static func taught(_ teacher: Counting, unlabeled: Dataset? = nil) async throws -> TaughtRows {
        let rows = SampleTable.clouds(30)
        let set = try rows.transferSet()
        let asked = try TeacherAnswers(teacher, for: set.task)
        return TaughtRows(
            problem: try rows.problem(), encoder: set.encoder,
            features: set.features, answers: try await asked.answers(to: rows), answersHolding: [],
            folds: [Array(0..<15), Array(15..<30)], foldTeachers: [], teacher: asked, unlabeled: unlabeled)
    }

    @Test func `Made-up rows are made and asked about once, alone or combined, for each fold and seed`() async throws {
        let teacher = Counting()
        let taught = try await Self.taught(teacher)
        let first = try await taught.transferSet(TransferPlan([.munge], synthesised: 2), holdingOut: 0, seed: 1)
        #expect(teacher.asked.withLock { $0.count } == 2)
        let again = try await taught.transferSet(
            TransferPlan([.munge, .noise], synthesised: 2), holdingOut: 0, seed: 1)
        #expect(teacher.asked.withLock { $0.count } == 3, "only the noise is new")
        #expect(again.features.elements.prefix(first.features.elements.count).elementsEqual(first.features.elements))
        _ = try await taught.transferSet(TransferPlan([.munge], synthesised: 2), holdingOut: 1, seed: 1)
        _ = try await taught.transferSet(TransferPlan([.munge], synthesised: 2), holdingOut: 0, seed: 2)
        _ = try await taught.transferSet(TransferPlan([.munge], synthesised: 1), holdingOut: 0, seed: 1)
        #expect(teacher.asked.withLock { $0.count } == 6)
    }

    @Test func `Rows without labels are asked about once where one teacher stands for all folds`() async throws {
        let teacher = Counting()
        let more = SampleTable.clouds(7, seed: 5).with(target: .some(nil))
        let taught = try await Self.taught(teacher, unlabeled: more)
        for fold in [nil, 0, 1] {
            _ = try await taught.transferSet(TransferPlan([.unlabeled]), holdingOut: fold, seed: 1)
        }
        #expect(teacher.asked.withLock { $0.count } == 2)
    }

    @Test func `The desk answers rows of the same contents once, from whichever fit they come`() async throws {
        let teacher = Counting()
        let taught = try await Self.taught(teacher)
        let rows = SampleTable.clouds(9, seed: 3)
        let kinds = try await onWorkers(4, threads: 2) { fold in
            try taught.desk(holdingOut: fold % 2).answers(to: rows, holdingOut: nil).kind
        }
        #expect(kinds == [Answers.Kind](repeating: .probabilities, count: 4))
        #expect(teacher.asked.withLock { $0.count } == 2)
        _ = try await onWorkers(1, threads: 1) { _ in
            try taught.desk(holdingOut: nil).answers(to: rows.selecting([0]), holdingOut: nil).kind
        }
        #expect(teacher.asked.withLock { $0.count } == 3)
    }
}
