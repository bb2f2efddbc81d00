import Attar
import Compute
import Testing

struct LeakEvidenceTests {
    /// What is said of a distillation's rows.
    private static func leaks(_ training: Dataset, _ test: Dataset, unlabeled: Dataset? = nil) throws -> LeakEvidence {
        return LeakEvidence(
            training, training: LeakTable.problem(training), test: LeakTable.problem(test), unlabeled: unlabeled,
            teacher: nil)
    }

    @Test func `Test rows among the training rows void the figures, a few are a warning, and none are none`() throws {
        let training = LeakTable.coin(600, seed: 41)
        let others = LeakTable.coin(300, seed: 42)
        func test(_ shared: Int) -> Dataset {
            LeakTable.joined(
                training.selecting(Array(0..<shared)), others.selecting(Array(0..<300 - shared)))
        }
        let many = try Self.leaks(training, test(200))
        #expect(many.found.map(\.kind) == [.sharedRows] && many.found[0].voids)
        #expect(many.obstacles[0].hasPrefix("200 of 300 test rows stand among the training rows"))
        #expect(many.found[0].rows == 200 && many.found[0].of == 300 && many.warnings.isEmpty)
        let few = try Self.leaks(training, test(5))
        #expect(few.found.map(\.voids) == [false] && few.obstacles.isEmpty)
        #expect(few.warnings[0].hasPrefix("5 of 300 test rows"))
        #expect(try Self.leaks(training, others).found.isEmpty)
        // The order of columns in another file does not hide them.
        let turned = test(200).with(columns: test(200).columns.reversed())
        #expect(try Self.leaks(training, turned).found == many.found)
    }

    @Test func `Rows of a few flags are no leak, but a test that is the training is one whatever it holds`() throws {
        let (training, test) = (
            LeakTable.codes(500, of: [2, 2, 2], seed: 43), LeakTable.codes(200, of: [2, 2, 2], seed: 44)
        )
        #expect(try Self.leaks(training, test).found.isEmpty)
        let wider = [4, 6, 3, 5, 2]
        for seed in 45..<50 as Range<UInt64> {
            let (training, test) = (
                LeakTable.codes(400, of: wider, seed: seed), LeakTable.codes(200, of: wider, seed: seed + 100)
            )
            #expect(try Self.leaks(training, test).found.isEmpty)
        }
        let same = try Self.leaks(training, training)
        #expect(same.obstacles[0].hasPrefix("The test rows are the training rows"))
    }

    @Test func `Groups on both sides void the figures, and rows that are no later than the last are told`() throws {
        func rows(_ seed: UInt64, groups: Range<Int>) -> Dataset {
            LeakTable.coin(100, seed: seed).with(
                group: .some(Column("site", .text((0..<100).map { "s\(groups.lowerBound + $0 % groups.count)" }))))
        }
        let groups = try Self.leaks(rows(51, groups: 0..<10), rows(52, groups: 8..<18))
        #expect(groups.found.map(\.kind) == [.groups] && groups.found[0].rows == 20 && groups.found[0].voids)
        #expect(try Self.leaks(rows(51, groups: 0..<10), rows(52, groups: 10..<20)).found.isEmpty)
        func times(_ seed: UInt64, from first: Int) -> Dataset {
            LeakTable.coin(100, seed: seed).with(
                time: .some(Column("t", .numeric((0..<100).map { Float(first + $0) }))))
        }
        let early = try Self.leaks(times(53, from: 0), times(54, from: 60))
        #expect(early.found.map(\.kind) == [.time] && early.found[0].rows == 40 && !early.found[0].voids)
    }

    @Test func `Test rows among the unlabelled ones are told`() throws {
        let (training, test) = (LeakTable.coin(200, seed: 55), LeakTable.coin(100, seed: 56))
        let found = try Self.leaks(training, test, unlabeled: test.with(target: .some(nil))).found
        #expect(found.map(\.kind) == [.unlabeledRows] && found[0].rows == 100)
    }

    @Test func `A column that is the target and one that counts the rows are named, with figures`() throws {
        let rows = LeakTable.coin(1_000, seed: 57)
        let labels = rows.target?.labels ?? []
        let told = rows.with(columns: rows.columns + [Column("x4", .numeric(labels.map { 3 - 2 * Float($0) }))])
        let column = try Self.leaks(told, LeakTable.coin(50, seed: 58)).found
        #expect(column.map(\.kind) == [.column] && column[0].column == "x4" && !column[0].voids)
        #expect(column[0].text.hasPrefix("The column 'x4' alone gives the target (area under ROC 1.000)"))
        let order = labels.indices.sorted { labels[$0] < labels[$1] }
        let sorted = rows.selecting(order)
        let counted = sorted.with(
            columns: [Column("x0", .numeric((0..<1_000).map { Float($0) }))] + rows.columns.dropFirst())
        let number = try Self.leaks(counted, LeakTable.coin(50, seed: 59)).found
        #expect(number.map(\.kind) == [.identifier] && number[0].column == "x0")
    }

    @Test func `A column tells three classes only where it tells each, and values where it explains nearly all`() throws
    {
        var generator = SeededGenerator(seed: 60)
        let labels = (0..<300).map { _ in Int32(generator.index(below: 3)) }
        func rows(_ values: [Float]) -> Dataset {
            Dataset(
                source: "three", columns: [Column("x", .numeric(values))],
                target: Target(name: "y", classes: ["a", "b", "c"], labels: labels))
        }
        func tells(_ rows: Dataset) throws -> Bool {
            !LeakTable.problem(rows).tellingColumns
                .isEmpty
        }
        // Classes in an order that no line follows.
        #expect(try tells(rows(labels.map { Float([5, 1, 9][Int($0)]) + 0.1 * generator.uniform() })))
        // One class apart, two mixed.
        #expect(try !tells(rows(labels.map { $0 == 0 ? -9 : generator.normal() })))
        let values = (0..<300).map { _ in generator.normal() }
        func regression(_ column: [Float]) -> Dataset {
            Dataset(
                source: "values", columns: [Column("x", .numeric(column))],
                target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 300, columns: 1, elements: values)))
        }
        #expect(try tells(regression(values.map { 7 - 3 * $0 })))
        #expect(try !tells(regression(values.map { $0 + 0.5 * generator.normal() })))
    }

    @Test func `A file says in two kilobytes which rows it learned from, and by chance nothing`() throws {
        let rows = LeakTable.coin(5_000, seed: 61)
        let encoder = try FeatureEncoder(fittedTo: rows)
        let learned = LearnedRows(rows, readBy: encoder)
        #expect(learned.hashes.count == 512 && !learned.isComplete && learned.count == 5_000)
        let text = try JSONValue(encoding: learned).text()
        #expect(text.utf8.count < 2_900)
        #expect(try JSONValue(parsing: text).decoded(as: LearnedRows.self) == learned)
        let own = learned.seen(in: rows.selecting(Array(stride(from: 0, to: 5_000, by: 5))), readBy: encoder)
        #expect(own.looked > 60 && own.found == own.looked && own.voidsFigures)
        let fresh = learned.seen(in: LeakTable.coin(2_000, seed: 62), readBy: encoder)
        #expect(fresh.looked > 120 && fresh.found == 0 && !fresh.isMoreThanChance)
        let flags = LeakTable.codes(400, of: [2, 3, 2], seed: 63)
        let known = LearnedRows(flags, readBy: try FeatureEncoder(fittedTo: flags))
        let chance = known.seen(
            in: LeakTable.codes(100, of: [2, 3, 2], seed: 64), readBy: try FeatureEncoder(fittedTo: flags))
        #expect(chance.found == 100 && !chance.isMoreThanChance)
    }

    @Test func `A file's teacher is known by the rows that it learned from, also behind others`() async throws {
        let rows = LeakTable.coin(400, seed: 65)
        let trained = try await TrainedTeacher(
            try Specification("tree[leaves=4]"), on: rows, recipe: Recipe())
        let teacher = ModelTeacher(trained.artifact)
        let parts = try rows.split(testFraction: 0.3, seed: 1)
        #expect(teacher.seen(in: parts.test)?.found == 0)
        #expect(teacher.seen(in: parts.training)?.voidsFigures == true)
        let behind: [any Teacher] = [
            CalibratableTeacher(teacher: teacher, sharpens: true), try Ensemble([teacher, teacher]),
            try WeighableTeachers([teacher, teacher], names: ["a", "b"]),
        ]
        for other in behind { #expect(other.seen(in: parts.training)?.voidsFigures == true) }
        // Told of its own test rows, and of others', on which it is measured.
        let model = trained.artifact.model
        let own = try await ModelEvaluation(
            of: model, on: parts.training, record: ModelEvaluation.Record(trained.artifact), isFull: true)
        #expect(own.evidence?.leaks?.found.map(\.kind) == [.studentRows] && own.decision?.kind == .doNotShip)
        #expect(
            own.decision?.reasons.first?.hasPrefix("280 of 280 test rows are rows that the model was trained on")
                == true)
        let fair = try await ModelEvaluation(
            of: model, against: teacher, on: parts.test, record: ModelEvaluation.Record(trained.artifact), isFull: true)
        #expect(fair.evidence?.leaks?.found.isEmpty == true)
    }
}
