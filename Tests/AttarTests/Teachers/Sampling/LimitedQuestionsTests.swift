import Attar
import Compute
import Testing

struct LimitedQuestionsTests {
    private static let rows = SampleTable.clouds(300)
    private static let quiet: ProgressHandler = { _ in .more }

    private static func teacher() -> FixedTeacher {
        FixedTeacher(task: .classification(["class 0", "class 1", "class 2"])) { rows in
            let (x, y) = (numbers(rows, "x0"), numbers(rows, "x1"))
            return Matrix(
                rows: rows.count, columns: 3, elements: rows.identifiers.indices.flatMap { [x[$0], y[$0], 2 as Float] }
            ).softmax()
        }
    }

    @Test(arguments: QuestionSampling.Method.allCases)
    func `As many different rows are asked as may be, and the curve says what they taught`(
        method: QuestionSampling.Method
    ) async throws {
        let sampling = QuestionSampling(count: 100, method: method, rounds: 3, student: "linear")
        var questions = try LimitedQuestions(sampling, of: Self.rows, by: Self.teacher(), progress: Self.quiet)
        let asked = try await questions.asked()
        #expect(asked.rows.count == 100 && Set(asked.rows).count == 100)
        #expect(asked.curve.map(\.questions) == [46, 73, 100])
        #expect(asked.curve.allSatisfy { $0.fidelity > 0.6 && $0.fidelity <= 1 })
        var again = try LimitedQuestions(sampling, of: Self.rows, by: Self.teacher(), progress: Self.quiet)
        #expect(try await again.asked().rows == asked.rows)
    }

    @Test func `K-centre leaves no row far from one that was asked`() async throws {
        func farthest(_ method: QuestionSampling.Method) async throws -> Float {
            let sampling = QuestionSampling(count: 60, method: method, rounds: 1, student: "linear")
            var questions = try LimitedQuestions(sampling, of: Self.rows, by: Self.teacher(), progress: Self.quiet)
            let rows = try await questions.asked().rows
            let features = try FeatureEncoder(fittedTo: Self.rows).encoded(Self.rows)
            return (0..<300).map { row in
                rows.map { other in
                    zip(features.row(row), features.row(other)).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                }.min() ?? 0
            }.max() ?? 0
        }
        let (random, centres) = (try await farthest(.random), try await farthest(.kCentre))
        #expect(centres < 0.7 * random)
    }

    @Test func `Doubts are asked about where the classes meet`() async throws {
        // Two classes left and right of 0: after the first round only rows near 0 are worth a question.
        let xs = (0..<400).map { Float($0) / 100 - 2 }
        let rows = CountingTeacher.rows(xs)
        let teacher = FixedTeacher(task: .classification(["left", "right"])) { rows in
            let own = numbers(rows, "x")
            return Matrix(rows: rows.count, columns: 2, elements: own.flatMap { [-4 * $0, 4 * $0] }).softmax()
        }
        let sampling = QuestionSampling(count: 80, method: .uncertainty, rounds: 2, student: "linear")
        var questions = try LimitedQuestions(sampling, of: rows, by: teacher, progress: Self.quiet)
        let asked = try await questions.asked().rows
        // 16 rows measure, 32 are random, and 32 doubtful: those lie within 0.3 of the border.
        #expect(asked.count { abs(xs[$0]) < 0.3 } >= 32)
    }

    @Test(arguments: [(5, 5, "linear"), (100, 0, "linear"), (100, 5, "liner")])
    func `Settings out of range are refused`(count: Int, rounds: Int, student: String) {
        #expect(throws: AttarError.self) {
            try QuestionSampling(count: count, rounds: rounds, student: student).validate()
        }
    }
}
