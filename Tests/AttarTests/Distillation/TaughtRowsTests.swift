import Attar
import Compute
import Testing

struct TaughtRowsTests {
    /// Twenty rows in four folds; each fold is a class of its own, and weights grow with the row.
    private static func taught(unlabeled: Dataset? = nil) async throws -> TaughtRows {
        let rows = SampleTable.noise(20, classes: 4).with(labels: (0..<20).map { Int32($0 % 4) })
            .with(weights: .some((0..<20).map { Float($0 + 1) }))
        let set = try rows.transferSet()
        let folds = (0..<4).map { fold in (0..<20).filter { $0 % 4 == fold } }
        let trained = try await OutOfFold(
            Census(), on: set, folds: folds, choosing: true,
            context: FittingContext(loss: .labelsOnly(.probabilities)))
        return TaughtRows(
            problem: try rows.problem(), encoder: set.encoder,
            features: set.features, answers: Answers(trained.answers, to: set.task),
            answersHolding: trained.answersHolding, folds: folds,
            foldTeachers: try trained.foldTeachers.map { try TeacherAnswers($0, for: set.task) },
            teacher: try TeacherAnswers(trained.teacher, for: set.task), unlabeled: unlabeled)
    }

    /// Whether a soft target says that its teacher had not seen a fold: a logit far below the highest.
    private static func excludes(_ fold: Int, _ set: TransferSet, row: Int) throws -> Bool {
        let soft = try #require(set.softTargets)
        return try #require(soft.row(row).max()) - soft[row, fold] > 5
    }

    @Test func `Labels only has no soft targets`() async throws {
        let set = try await Self.taught().transferSet(.labelsOnly, holdingOut: nil, seed: 1)
        #expect(set.count == 20 && set.softTargets == nil)
        #expect(set.origins.allSatisfy { $0 == .real })
        #expect(set.labels == (0..<20).map { Int32($0 % 4) })
    }

    @Test func `A fold that is held out gives no row and no answer`() async throws {
        let plan = TransferPlan([.munge, .noise], synthesised: 2)
        let set = try await Self.taught().transferSet(plan, holdingOut: 2, seed: 1)
        #expect(set.count == 15 + 2 * 30)
        #expect(!set.labels.contains(2))
        for row in 0..<set.count {
            #expect(try Self.excludes(2, set, row: row), "row \(row), \(set.origins[row])")
            // Real rows are answered by copies that have not seen them either.
            if row < 15 { #expect(try Self.excludes(Int(set.labels[row]), set, row: row)) }
        }
    }

    @Test func `Made-up rows say so, have no label, and weigh as much as a real row on average`() async throws {
        let plan = TransferPlan([.mixup], synthesised: 1.5)
        let set = try await Self.taught().transferSet(plan, holdingOut: nil, seed: 1)
        #expect(set.count == 50)
        #expect(
            set.origins == [RowOrigin](repeating: .real, count: 20) + [RowOrigin](repeating: .synthesised, count: 30))
        #expect(set.labels.dropFirst(20).allSatisfy { $0 == -1 })
        #expect(set.weights == (0..<20).map { Float($0 + 1) } + [Float](repeating: 10.5, count: 30))
    }

    @Test func `Rows without labels come after the others, answered by the teacher`() async throws {
        let more = SampleTable.noise(7, seed: 5).with(target: .some(nil))
        let taught = try await Self.taught(unlabeled: more)
        let set = try await taught.transferSet(TransferPlan([.unlabeled]), holdingOut: 1, seed: 1)
        #expect(set.count == 15 + 7)
        #expect(set.origins.suffix(7).allSatisfy { $0 == .unlabeled })
        #expect(set.labels.suffix(7).allSatisfy { $0 == -1 })
        for row in 15..<22 { #expect(try Self.excludes(1, set, row: row)) }
        let without = try await taught.transferSet(TransferPlan([.teacher]), holdingOut: 1, seed: 1)
        #expect(without.count == 15)
    }

    @Test func `Synthesised values of a regression are unknown`() async throws {
        let rows = SampleTable.surface(12)
        let set = try rows.transferSet()
        let teacher = FixedTeacher(task: set.task, kind: .values) { Matrix(rows: $0.count, columns: 1, repeating: 5) }
        let asked = try TeacherAnswers(teacher, for: set.task)
        let answers = try await asked.outputs(for: rows)
        let taught = TaughtRows(
            problem: try rows.problem(), encoder: set.encoder,
            features: set.features, answers: Answers(answers, to: set.task),
            answersHolding: [answers, answers], folds: [Array(0..<6), Array(6..<12)], foldTeachers: [asked, asked],
            teacher: asked, unlabeled: nil)
        let made = try await taught.transferSet(TransferPlan([.noise], synthesised: 1), holdingOut: nil, seed: 1)
        #expect(made.values.elements.prefix(12).elementsEqual(set.values.elements))
        #expect(made.values.elements.dropFirst(12).allSatisfy { $0.isNaN })
        #expect(made.softTargets?.elements == [Float](repeating: 5, count: 24))
    }

    /// A teacher that tells the likeliest class, and knows every other row only.
    private struct Terse: Teacher {
        let task: LearningTask
        var isPartial = false
        var fingerprint: Fingerprint { FingerprintHasher().finished() }
        func predict(_ rows: Dataset) async throws -> Answers {
            let lists = Ragged((0..<rows.count).map { [(id: Int32($0 % task.width), value: Float(0.9))] })
            return Answers(
                .probabilities,
                .sparse(lists, tail: [Float](repeating: 0.1, count: rows.count), width: task.width),
                known: isPartial ? (0..<rows.count).map { $0 % 2 == 0 } : nil)
        }
    }

    private static func taught(by teacher: Terse, _ rows: Dataset, unlabeled: Dataset) async throws -> TaughtRows {
        let set = try rows.transferSet()
        let asked = try TeacherAnswers(teacher, for: set.task)
        return TaughtRows(
            problem: try rows.problem(), encoder: set.encoder, features: set.features,
            answers: try await asked.answers(to: rows), answersHolding: [],
            folds: [Array(0..<10), Array(10..<20)], foldTeachers: [], teacher: asked, unlabeled: unlabeled)
    }

    @Test func `Lists of classes stay lists, those of rows that were added too`() async throws {
        let rows = SampleTable.noise(20, classes: 4)
        let teacher = Terse(task: try rows.transferSet().task)
        let taught = try await Self.taught(
            by: teacher, rows, unlabeled: SampleTable.noise(6, seed: 3).with(target: .some(nil)))
        let set = try await taught.transferSet(TransferPlan([.unlabeled]), holdingOut: 0, seed: 1)
        guard case .sparse(let classes, let tail)? = set.teaching else {
            Issue.record("lists stay lists")
            return
        }
        #expect(classes.rows == 16 && tail == [Float](repeating: 0.1, count: 16))
        #expect(classes.ids == (10..<20).map { $0 % 4 } + (0..<6).map { $0 % 4 })
        let full = try #require(set.softTargets?.softmax())
        #expect(abs(full[0, 2] - 0.9) < 1e-5 && abs(full[0, 1] - 0.1 / 3) < 1e-5)
    }

    @Test func `Rows that the teacher does not know teach by their labels, and without labels not at all`() async throws
    {
        let rows = SampleTable.noise(20, classes: 4)
        let teacher = Terse(task: try rows.transferSet().task, isPartial: true)
        let taught = try await Self.taught(
            by: teacher, rows, unlabeled: SampleTable.noise(6, seed: 3).with(target: .some(nil)))
        let set = try await taught.transferSet(TransferPlan([.unlabeled]), holdingOut: nil, seed: 1)
        #expect(set.count == 23, "three of the six without labels are known")
        #expect(set.known == (0..<20).map { $0 % 2 == 0 } + [true, true, true])
        let soft = try #require(set.softTargets)
        #expect(soft.row(1).allSatisfy { $0 == 0 } && soft.row(2).contains { $0 > 1 })
    }

    @Test func `A network learns the same from lists of all classes as from all classes`() throws {
        let rows = try SampleRows.clouds(60, classes: 3, seed: 1, weights: nil)
        let soft = Matrix(rows: 60, columns: 3, elements: (0..<180).map { Float($0 * 7 % 5) })
        let probabilities = soft.softmax()
        let lists = Ragged((0..<60).map { row in (0..<3).map { (id: Int32($0), value: probabilities[row, $0]) } })
        func outputs(_ teaching: SoftTargets, _ loss: DistillationLoss) throws -> [Float] {
            let set = TransferSet(
                task: rows.task, encoder: rows.encoder, features: rows.features, teaching: teaching, truth: rows.truth)
            let model = try MLPEstimator(Specification("mlp[4,epochs=5]")).fitted(
                to: set, validation: nil, context: FittingContext(loss: loss, seed: 1))
            return model.outputs(for: rows.features).matrix.elements
        }
        let tails = [Float](repeating: 0, count: 60)
        for temperature in [1.0, 3] {
            let loss = try DistillationLoss(
                named: "hinton", for: .probabilities, temperature: temperature, labelShare: 0.3)
            let dense = try outputs(.dense(soft), loss)
            let listed = try outputs(.sparse(lists, tail: tails), loss)
            #expect(zip(dense, listed).allSatisfy { abs($0 - $1) < 2e-3 }, "T = \(temperature)")
        }
    }
}
