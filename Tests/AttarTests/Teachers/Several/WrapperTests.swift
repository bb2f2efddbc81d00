import Attar
import Compute
import Testing

/// Teachers that pass questions on to others.
struct WrapperTests {
    /// A teacher that says something of itself wherever it can.
    private struct Telling: Teacher {
        let task = LearningTask.classification(["no", "yes"])
        let fingerprint = Fingerprint(hex: "telling")
        let answersKnownRowsOnly = true
        let isMetered = true
        let answerNotes = ["It tells"]
        let tokenizer: Tokenizer?
        let learned: LearnedRows
        let encoder: FeatureEncoder

        init() throws {
            let text = #"{"model":{"type":"WordLevel","vocab":{"a":0,"[UNK]":1},"unk_token":"[UNK]"}}"#
            tokenizer = try Tokenizer(bytes: Array(text.utf8), source: "t.json")
            encoder = try FeatureEncoder(fittedTo: WrapperTests.rows)
            learned = LearnedRows(WrapperTests.rows, readBy: encoder)
        }

        func predict(_ rows: Dataset) async throws -> Answers {
            let answers = (0..<rows.count).flatMap { row -> [Float] in
                row % 2 == 0 ? [0.001, 0.999] : [0.999, 0.001]
            }
            return Answers(.probabilities, Matrix(rows: rows.count, columns: 2, elements: answers))
        }
        func seen(in rows: Dataset) -> SeenRows? { learned.seen(in: rows, readBy: encoder) }
        func check(_ rows: Dataset) throws { throw AttarError(.unusableTeacher, "it refuses \(rows.count) rows") }
        func microsecondsARow(on rows: Dataset) throws -> Estimate? { Estimate(value: 5, low: 4, high: 6) }
    }

    /// A wrapper of somebody else's.
    private struct Passing: Teacher {
        let teacher: any Teacher
        var wrapped: [any Teacher] { [teacher] }
        var task: LearningTask { teacher.task }
        var fingerprint: Fingerprint { teacher.fingerprint }
        func predict(_ rows: Dataset) async throws -> Answers { try await teacher.predict(rows) }
    }

    /// Half of its rows are answered with their labels, so that it is too sure of itself.
    private static let rows = CountingTeacher.rows((0..<40).map { Float($0) }).with(
        target: Target(name: "y", classes: ["no", "yes"], labels: (0..<40).map { Int32($0 / 2 % 2) }))

    enum Wrapper: CaseIterable {
        case ensemble, aligned, calibratable, calibrated, weighable, weighed, stored, passing, several
    }

    private static func wrapped(_ teacher: Telling, by wrapper: Wrapper) async throws -> any Teacher {
        switch wrapper {
        case .ensemble: try Ensemble([teacher])
        case .aligned: try AlignedTeacher(teacher, for: .classification(["yes", "no"]), named: "t")
        case .calibratable: CalibratableTeacher(teacher: teacher, sharpens: true)
        case .calibrated: try await CalibratableTeacher(teacher: teacher, sharpens: true).adapted(to: rows)
        case .weighable: try WeighableTeachers([teacher], names: ["t"])
        case .weighed: try await WeighableTeachers([teacher], names: ["t"]).adapted(to: rows)
        case .stored: try StoredTeacher(teacher, named: "t", columns: ["x"], asking: TeacherSettings(), in: nil)
        case .passing: Passing(teacher: teacher)
        case .several: Passing(teacher: try Ensemble([Passing(teacher: teacher)]))
        }
    }

    @Test(arguments: Wrapper.allCases)
    func `A wrapper says of itself what the teacher says that it wraps`(_ wrapper: Wrapper) async throws {
        let telling = try Telling()
        let teacher = try await Self.wrapped(telling, by: wrapper)
        #expect(!(teacher is Telling))
        #expect(teacher.answersKnownRowsOnly && teacher.isMetered)
        #expect(teacher.answerNotes.contains("It tells"))
        #expect(teacher.tokenizer?.fingerprint == telling.tokenizer?.fingerprint && telling.tokenizer != nil)
        let seen = try #require(teacher.seen(in: Self.rows))
        #expect(seen == telling.seen(in: Self.rows) && seen.found == 40)
        #expect(sentence { try teacher.check(Self.rows) }.contains("it refuses 40 rows"))
        #expect(try teacher.microsecondsARow(on: Self.rows) == Estimate(value: 5, low: 4, high: 6))
    }

    @Test func `Several take as long as all of them, and say what they have in common`() throws {
        let telling = try Telling()
        let plain = FixedTeacher(task: telling.task) { Matrix(rows: $0.count, columns: 2, repeating: 0.5) }
        let pair = try Ensemble([telling, telling])
        #expect(try pair.microsecondsARow(on: Self.rows) == Estimate(value: 10, low: 8, high: 12))
        #expect(pair.tokenizer != nil)
        let mixed = try Ensemble([telling, plain])
        #expect(try mixed.microsecondsARow(on: Self.rows) == nil && mixed.tokenizer == nil)
        #expect(mixed.isMetered && mixed.answersKnownRowsOnly && mixed.seen(in: Self.rows)?.found == 40)
        #expect(sentence { try mixed.check(Self.rows) }.contains("it refuses"))
        #expect(try plain.microsecondsARow(on: Self.rows) == nil && plain.tokenizer == nil && !plain.isMetered)
        try plain.check(Self.rows)
    }

    @Test func `A row whose answer is kept is not refused, whatever the teacher knows`() async throws {
        let numbers = CountingTeacher.rows([1, 2])
        let file = KnowingOne()
        let stored = try StoredTeacher(file, named: "t", columns: ["x"], asking: TeacherSettings(), in: nil)
        #expect(sentence { try stored.check(numbers) }.contains("2 rows are not known"))
        _ = try await stored.predict(numbers.selecting([0]))
        try stored.check(numbers.selecting([0]))
        #expect(sentence { try stored.check(numbers) }.contains("1 rows are not known"))
    }

    /// A teacher that refuses all rows when it is asked whether it knows them.
    private struct KnowingOne: Teacher {
        let task = LearningTask.classification(["no", "yes"])
        let fingerprint = Fingerprint(hex: "one")
        func predict(_ rows: Dataset) async throws -> Answers {
            Answers(.probabilities, Matrix(rows: rows.count, columns: 2, repeating: 0.5))
        }
        func check(_ rows: Dataset) throws {
            throw AttarError(.unusableTeacher, "\(rows.count) rows are not known")
        }
    }
}
