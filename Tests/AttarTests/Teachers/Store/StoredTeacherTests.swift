import Attar
import Compute
import Foundation
import Synchronization
import Testing

struct StoredTeacherTests {
    private static let numbers = (0..<95).map { Float($0 % 50) }

    private static func stored(
        _ teacher: any Teacher, in folder: String?, named name: String = "t", columns: [String] = ["x"],
        asking settings: TeacherSettings = TeacherSettings()
    ) throws -> StoredTeacher {
        try StoredTeacher(
            teacher, named: name, columns: columns, asking: settings, in: folder.map { try AnswerStore($0) })
    }

    private static func expected(_ numbers: [Float], classes: Int = 3) -> [Float] {
        numbers.flatMap { CountingTeacher.answer($0, classes: classes) }
    }

    @Test func `A row is asked once, whatever comes after`() async throws {
        try await withFolder { folder in
            let rows = CountingTeacher.rows(Self.numbers)
            let teacher = CountingTeacher()
            let first = try Self.stored(teacher, in: folder)
            #expect(try await first.predict(rows).matrix.elements == Self.expected(Self.numbers))
            #expect(teacher.questions.count == 50, "equal rows are one question")
            #expect(try await first.predict(rows).matrix.elements == Self.expected(Self.numbers))
            let second = try Self.stored(teacher, in: folder)
            #expect(try await second.predict(rows.selecting([94, 3])).matrix.elements == Self.expected([44, 3]))
            #expect(teacher.questions.count == 50)
            #expect(second.activity.found == 2 && second.activity.asked == 0)
        }
    }

    @Test func `What was spent is on record while answers still come, so that a killed run has counted it`()
        async throws
    {
        try await withFolder { folder in
            let rows = CountingTeacher.rows((0..<100).map(Float.init))
            let seen = Mutex<[Int]>([])
            let teacher = try StoredTeacher(
                CountingTeacher(), named: "t", columns: ["x"], asking: TeacherSettings(), in: AnswerStore(folder),
                progress: { step in
                    let found = try? AnswersOverview(folder, comparedWith: rows).questions[0]
                    seen.withLock { $0.append((found?.spending.requests ?? -1) - step.completed) }
                    return .more
                })
            _ = try await teacher.predict(rows)
            #expect(seen.withLock { $0 } == [Int](repeating: 0, count: 10))
            let kept = try AnswersOverview(folder, comparedWith: rows)
            #expect(kept.questions[0].spending.requests == 100 && kept.questions[0].spending.cost == 50)
            #expect(kept.lines[0].hasSuffix("100 requests, cost 50.00"), "\(kept.lines)")
        }
    }

    @Test func `A labelling that is stopped says what it has kept, in-flight answers included`() async throws {
        try await withFolder { folder in
            let rows = CountingTeacher.rows((0..<100).map(Float.init))
            let teacher = try StoredTeacher(
                CountingTeacher(), named: "t", columns: ["x"], asking: TeacherSettings(), in: AnswerStore(folder),
                progress: { $0.completed >= 30 ? .stop : .more })
            let distiller = Distiller(student: try estimator("linear"), teacher: .teacher(teacher, named: "t"))
            let labelled = rows.with(
                target: Target(name: "y", classes: ["c0", "c1", "c2"], labels: (0..<100).map { Int32($0 % 3) }))
            let error = await #expect(throws: AttarError.self) { try await distiller.distilled(on: labelled) }
            #expect(error?.code == .stopped)
            #expect(
                error?.remedy.contains("30 answers of this run are kept in '\(folder)' (30 requests, cost 15.00)")
                    == true,
                "\(String(describing: error))")
        }
    }

    @Test func `What was answered before a failure is kept`() async throws {
        try await withFolder { folder in
            let rows = CountingTeacher.rows((0..<100).map(Float.init))
            let tired = CountingTeacher(failingAfter: 70)
            let first = try Self.stored(tired, in: folder)
            await #expect(throws: AttarError.self) { try await first.predict(rows) }
            let fresh = CountingTeacher()
            let second = try Self.stored(fresh, in: folder)
            _ = try await second.predict(rows)
            #expect(fresh.questions == Array(70..<100))
        }
    }

    @Test func `Many answers become shards, and come back to the bit`() async throws {
        try await withFolder { folder in
            let numbers = (0..<9000).map { Float($0) / 7 }
            let fixed = FixedTeacher(task: .classification(["c0", "c1", "c2"])) { rows in
                Matrix(rows: rows.count, columns: 3, elements: Self.expected(AttarTests.numbers(rows, "x")))
            }
            _ = try await Self.stored(fixed, in: folder).predict(CountingTeacher.rows(numbers))
            let shards = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/shards")
            #expect(!shards.isEmpty && shards.allSatisfy { $0.hasSuffix(".safetensors") })
            let asked = CountingTeacher(failingAfter: 0)
            let again = try Self.stored(Named(fixed, asked), in: folder)
            #expect(try await again.predict(CountingTeacher.rows(numbers)).matrix.elements == Self.expected(numbers))
        }
    }

    /// Another teacher under the fingerprint of the first.
    private struct Named: Teacher {
        let first: FixedTeacher
        let second: CountingTeacher
        init(_ first: FixedTeacher, _ second: CountingTeacher) { (self.first, self.second) = (first, second) }
        var task: LearningTask { first.task }
        var fingerprint: Fingerprint { first.fingerprint }
        func predict(_ rows: Dataset) async throws -> Answers { try await second.predict(rows) }
    }

    @Test func `Halves keep eleven bits, and the first run gives what later ones give`() async throws {
        try await withFolder { folder in
            let rows = CountingTeacher.rows(Self.numbers)
            var settings = TeacherSettings()
            settings.precision = "float16"
            let first = try await Self.stored(CountingTeacher(), in: folder, asking: settings).predict(rows)
            let second = try await Self.stored(CountingTeacher(failingAfter: 0), in: folder, asking: settings).predict(
                rows)
            #expect(first == second)
            let exact = Self.expected(Self.numbers)
            #expect(zip(first.matrix.elements, exact).allSatisfy { abs($0 - $1) <= $1 / 2048 })
            #expect(first.matrix.elements != exact)
        }
    }

    @Test func `The likeliest classes are exact and the rest is spread evenly`() async throws {
        try await withFolder { folder in
            var settings = TeacherSettings()
            settings.topK = 2
            let rows = CountingTeacher.rows(Self.numbers)
            let first = try await Self.stored(CountingTeacher(classes: 6), in: folder, asking: settings).predict(rows)
            let again = try await Self.stored(
                CountingTeacher(classes: 6, failingAfter: 0), in: folder, asking: settings
            )
            .predict(rows)
            #expect(first == again)
            for (row, number) in Self.numbers.enumerated() {
                let exact = CountingTeacher.answer(number, classes: 6)
                let order = exact.indices.sorted { (exact[$1], $0) < (exact[$0], $1) }
                let kept = Set(order.prefix(2))
                let rest = (1 - kept.reduce(Float(0)) { $0 + exact[$1] }) / 4
                for column in 0..<6 {
                    let expected = kept.contains(column) ? exact[column] : rest
                    #expect(abs(first.matrix[row, column] - expected) < 1e-6)
                }
            }
        }
    }

    @Test func `A changed teacher and other columns are named, and their answers are not mixed`() async throws {
        try await withFolder { folder in
            let rows = CountingTeacher.rows(Self.numbers)
            _ = try await Self.stored(CountingTeacher(named: "abcdef0"), in: folder).predict(rows)
            let changed = try Self.stored(CountingTeacher(named: "1234567", salt: 1), in: folder)
            #expect(
                changed.answerNotes.first?.contains(
                    "has changed since it was asked last (fingerprint abcdef0, now 1234567)") == true)
            let answers = try await changed.predict(rows).matrix.elements
            #expect(answers != Self.expected(Self.numbers))
            let wider = Dataset(
                source: "wide", columns: rows.columns + [Column("z", .numeric(Self.numbers))])
            let other = try Self.stored(CountingTeacher(named: "abcdef0"), in: folder, columns: ["x", "z"])
            #expect(other.answerNotes.first?.contains("'z' is new") == true)
            #expect(other.unanswered(in: wider).count == 50)
            let same = try Self.stored(CountingTeacher(named: "abcdef0"), in: folder)
            #expect(same.answerNotes.isEmpty)
        }
    }

    @Test func `Two at once in one store do each other no harm`() async throws {
        try await withFolder { folder in
            let numbers = (0..<2000).map(Float.init)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for half in 0..<2 {
                    group.addTask {
                        let teacher = try Self.stored(CountingTeacher(), in: folder)
                        let own = Array(numbers[(600 * half)..<(600 * half + 1400)])
                        let answers = try await teacher.predict(CountingTeacher.rows(own))
                        #expect(answers.matrix.elements == Self.expected(own))
                    }
                }
                try await group.waitForAll()
            }
            let last = try Self.stored(CountingTeacher(failingAfter: 0), in: folder)
            let answers = try await last.predict(CountingTeacher.rows(numbers))
            #expect(answers.matrix.elements == Self.expected(numbers))
        }
    }

    @Test func `A shard that is gone is asked again, a damaged one is named`() async throws {
        try await withFolder { folder in
            let rows = CountingTeacher.rows((0..<5000).map(Float.init))
            _ = try await Self.stored(CountingTeacher(), in: folder).predict(rows)
            let shard = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/shards").first)
            try Data("broken".utf8).write(to: URL(fileURLWithPath: "\(folder)/shards/\(shard)"))
            let words = sentence { try Self.stored(CountingTeacher(), in: folder) }
            #expect(words.contains(shard))
            try FileManager.default.removeItem(atPath: "\(folder)/shards/\(shard)")
            let again = CountingTeacher()
            let stored = try Self.stored(again, in: folder)
            #expect(stored.answerNotes.contains { $0.contains(shard) && $0.contains("asked again") })
            #expect(try await stored.predict(rows).matrix.elements == Self.expected((0..<5000).map(Float.init)))
            #expect(again.questions.count == 5000)
        }
    }

    @Test func `A folder with other files is refused and left as it is`() async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/letter.txt"))
            #expect(sentence { try AnswerStore(folder) }.contains("a folder with other files"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["letter.txt"])
            #expect(sentence { try AnswerStore.existing(folder) }.contains("there is no store of answers"))
        }
    }

    @Test func `An answer that is no number is refused, and not kept`() async throws {
        try await withFolder { folder in
            let bad = FixedTeacher(task: .regression(["y"]), kind: .values) { rows in
                Matrix(rows: rows.count, columns: 1, repeating: .nan)
            }
            let rows = CountingTeacher.rows([1])
            let stored = try Self.stored(bad, in: folder)
            await #expect(throws: AttarError.self) { try await stored.predict(rows) }
            let again = try Self.stored(bad, in: folder)
            #expect(again.unanswered(in: rows) == [0])
        }
    }

    @Test func `Statistics count answers, cost and agreement`() async throws {
        try await withFolder { folder in
            let labels = Self.numbers.map { number -> Int32 in
                let answer = CountingTeacher.answer(number, classes: 3)
                return Int32(answer.indices.max { answer[$0] < answer[$1] } ?? 0)
            }
            let rows = CountingTeacher.rows(Self.numbers).with(
                target: Target(name: "y", classes: ["c0", "c1", "c2"], labels: labels))
            _ = try await Self.stored(CountingTeacher(), in: folder).predict(rows.selecting(Array(0..<30)))
            let found = try #require(try AnswerStore.existing(folder).statistics(comparedWith: rows).first)
            #expect(found.answers == 30 && found.spending.requests == 30 && found.spending.cost == 15)
            #expect(found.rows == 95 && found.agreement == 1)
            #expect(found.rowsAnswered == 30 + 30, "rows 50 to 79 repeat the first")
        }
    }

    @Test func `Without a folder answers are remembered, save those to made-up rows`() async throws {
        let teacher = CountingTeacher()
        let stored = try Self.stored(teacher, in: nil)
        let rows = CountingTeacher.rows([1, 2, 3])
        _ = try await stored.predict(rows)
        _ = try await stored.predict(rows)
        #expect(teacher.questions.count == 3)
        let made = Dataset(source: "made", columns: rows.columns, identifiers: [-1, -2, -3])
        _ = try await stored.predict(made)
        #expect(teacher.questions.count == 6)
    }
}
