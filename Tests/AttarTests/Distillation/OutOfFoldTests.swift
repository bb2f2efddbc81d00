import Attar
import Compute
import Testing

struct OutOfFoldTests {
    private static let folds = [[0, 4, 8], [1, 5, 9], [2, 6, 10], [3, 7, 11]]

    /// Twelve rows in four folds, each fold a class of its own.
    private static func census(choosing: Bool, threads: Int = 1) async throws -> OutOfFold {
        let table = SampleTable.noise(12, classes: 4).with(labels: (0..<12).map { Int32($0 % 4) })
        return try await OutOfFold(
            Census(), on: table.transferSet(), folds: folds, choosing: choosing,
            context: FittingContext(loss: .labelsOnly(.probabilities), threads: threads))
    }

    /// The classes, so the folds, that the copy which gave an answer had not seen.
    private static func unseen(_ answers: Matrix, _ row: Int) -> [Int] {
        (0..<answers.columns).filter { answers[row, $0] == 0 }
    }

    @Test func `Each row is answered by the copy that has not seen its fold`() async throws {
        let trained = try await Self.census(choosing: true)
        for row in 0..<12 { #expect(Self.unseen(trained.answers, row) == [row % 4]) }
        let all = trained.teacher.outputs(for: Matrix(rows: 1, columns: trained.teacher.encoder.width)).matrix
        #expect(Self.unseen(all, 0) == [], "the teacher itself has seen all rows")
        for (fold, copy) in trained.foldTeachers.enumerated() {
            let answers = copy.outputs(for: Matrix(rows: 1, columns: copy.encoder.width)).matrix
            #expect(Self.unseen(answers, 0) == [fold])
        }
    }

    @Test func `With a fold held out, no copy that answers the others has seen it`() async throws {
        let trained = try await Self.census(choosing: true, threads: 2)
        #expect(trained.answersHolding.count == 4)
        for (held, answers) in trained.answersHolding.enumerated() {
            for row in 0..<12 { #expect(Self.unseen(answers, row) == Set([row % 4, held]).sorted()) }
        }
    }

    @Test func `Where nothing is chosen, no copies are made for choosing`() async throws {
        let trained = try await Self.census(choosing: false)
        #expect(trained.answersHolding.isEmpty)
        for row in 0..<12 { #expect(Self.unseen(trained.answers, row) == [row % 4]) }
    }

    @Test func `Views are answered by copies that have not seen the row, as the rows themselves are`() async throws {
        let rows = SampleTable.pictures(12, classes: 4).with(labels: (0..<12).map { Int32($0 % 4) })
        let trained = try await OutOfFold(
            Census(), on: rows.transferSet(views: "shift=1"), folds: Self.folds, views: 3, choosing: true,
            context: FittingContext(loss: .labelsOnly(.probabilities)))
        let views = try #require(trained.views)
        #expect(views.answers.rows == 36 && views.answersHolding.count == 4)
        for row in 0..<36 {
            #expect(Self.unseen(views.answers, row) == [row % 4])
            for (held, answers) in views.answersHolding.enumerated() {
                #expect(Self.unseen(answers, row) == Set([row % 4, held]).sorted())
            }
        }
    }

    @Test func `Copies of an ensemble take over its temperatures and its length of training`() async throws {
        let table = SampleTable.noise(120, classes: 2)
        let trained = try await OutOfFold(
            estimator("ensemble[boost[rounds=40],mlp[4,epochs=3]]"), on: table.transferSet(),
            folds: Splits.folds(of: table, seed: 1), choosing: false,
            context: FittingContext(loss: .labelsOnly(.probabilities), threads: 2))
        let teacher = try #require(trained.teacher as? EnsembleModel)
        let rounds = try #require(teacher.models[0] as? BoostModel).rounds
        #expect(rounds < 40, "noise stops boosting early")
        for copy in trained.foldTeachers {
            let copy = try #require(copy as? EnsembleModel)
            #expect(copy.temperatures == teacher.temperatures)
            #expect(try #require(copy.models[0] as? BoostModel).rounds == rounds)
            #expect(
                copy.outputs(for: try table.transferSet().features)
                    != teacher.outputs(for: try table.transferSet().features))
        }
    }

    @Test func `A teacher that learns labels by heart is at chance out of fold`() async throws {
        let table = SampleTable.noise(400)
        let rows = try table.transferSet()
        let trained = try await OutOfFold(
            estimator("tree[leaves=1000]"), on: rows, folds: Splits.folds(of: table, seed: 1),
            choosing: true, context: FittingContext(loss: .labelsOnly(.probabilities), threads: 2))
        func accuracy(_ answers: Matrix) -> Double {
            Double(zip(answers.argmax(), rows.labels).count { $0 == $1 }) / 400
        }
        #expect(accuracy(trained.teacher.outputs(for: rows.features).matrix) > 0.99)
        // Chance has a standard deviation of .025; four of them.
        #expect(abs(accuracy(trained.answers) - 0.5) < 0.1)
        for answers in trained.answersHolding { #expect(abs(accuracy(answers) - 0.5) < 0.1) }
    }

    @Test func `Progress counts the fits, and stopping stops`() async throws {
        let rows = try SampleTable.clouds(60).transferSet()
        let error = await #expect(throws: AttarError.self) {
            try await OutOfFold(
                Census(), on: rows, folds: [Array(0..<30), Array(30..<60)], choosing: true,
                context: FittingContext(
                    loss: .labelsOnly(.probabilities),
                    progress: {
                        // The teacher; then two copies for the folds, and one for the pair.
                        #expect($0.total == ($0.phase == "training the teacher" ? 1 : 3) && $0.unit == "fits")
                        return $0.completed == 2 ? .stop : .more
                    }))
        }
        #expect(error?.code == .stopped)
    }
}
