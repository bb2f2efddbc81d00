import Attar
import Compute
import Foundation
import Synchronization
import Testing

/// What a run asks is said before, and fits to its limits.
struct AskingLimitsTests {
    /// A teacher that counts the rows that it is asked, one request each.
    private final class Clerk: PartialTeacher {
        let task = LearningTask.classification(["class 0", "class 1", "class 2"])
        let fingerprint = Fingerprint(hex: "clerk")
        let isMetered: Bool
        private let count = Mutex(0)

        init(isMetered: Bool = false) { self.isMetered = isMetered }

        var asked: Int { count.withLock { $0 } }
        var spending: Spending? {
            var spending = Spending()
            spending.requests = asked
            spending.cost = 0.001 * Double(asked)
            return spending
        }

        func predict(_ rows: Dataset, receiving: @escaping @Sendable ([Int], Answers) throws -> Void) async throws {
            count.withLock { $0 += rows.count }
            let (x, y) = (numbers(rows, "x0"), numbers(rows, "x1"))
            var logits: [Float] = []
            for row in 0..<rows.count { logits += [2.5, y[row].isNaN ? 0 : y[row], x[row].isNaN ? 0 : x[row]] }
            let matrix = Matrix(rows: rows.count, columns: 3, elements: logits).softmax()
            try receiving(Array(0..<rows.count), Answers(.probabilities, matrix))
        }
    }

    private static func run(
        _ clerk: Clerk, in folder: String, rows: Dataset = SampleTable.clouds(300), test: Dataset? = nil,
        asking: (inout TeacherSettings) -> Void = { _ in }, _ change: (inout Recipe) -> Void = { _ in }
    ) async throws -> (run: Distillation, said: [String]) {
        var recipe = Recipe()
        recipe.student = "tree[leaves=8]"
        recipe.synthesised = 2
        recipe.folds = 3
        recipe.seeds = 1
        recipe.threads = 1
        recipe.evidence = .quick
        change(&recipe)
        let stored = try StoredTeacher(
            clerk, named: "clerk", columns: rows.columns.map(\.name), asking: TeacherSettings(), in: AnswerStore(folder)
        )
        var teacher = TeacherReference.teacher(stored, named: "clerk")
        asking(&teacher.settings)
        let said = Mutex<[String]>([])
        let run = try await Distiller(recipe, teacher: teacher).distilled(
            on: rows, test: test,
            progress: { step in
                if let note = step.note { said.withLock { $0.append(note) } }
                return .more
            })
        return (run, said.withLock { $0 })
    }

    /// The number that a sentence begins with after some words.
    private static func number(after words: String, in said: [String]) throws -> Int {
        let sentence = try #require(said.first { $0.contains(words) }, "\(said)")
        let rest = sentence.components(separatedBy: words)[1]
        return try #require(Int(rest.prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)))
    }

    @Test func `Made-up, corrupted and test rows are counted before they are asked`() async throws {
        try await withFolder { folder in
            let clerk = Clerk()
            let (_, said) = try await Self.run(clerk, in: folder)
            let most = try Self.number(after: "The teacher will be asked up to ", in: said)
            #expect(clerk.asked - 64 <= most && clerk.asked - 64 > most / 2, "\(clerk.asked) of \(most)")
            #expect(
                said.contains { $0.contains("146 training rows, 90 test rows, up to") && $0.contains("corrupted") },
                "\(said)")
        }
    }

    @Test func `Where nothing is left open the number is exact, test rows of another file included`() async throws {
        try await withFolder { folder in
            let test = SampleTable.clouds(420).selecting(Array(300..<420))
            for fresh in [120, 0] {
                let clerk = Clerk(isMetered: true)
                let (_, said) = try await Self.run(clerk, in: folder, test: fresh == 0 ? test : nil, asking: { _ in }) {
                    $0.strategy = "teacher"
                }
                if fresh == 0 {
                    // All training rows but the first file's test rows are known; the new test rows are not.
                    #expect(said.contains { $0.contains("all answers are kept already") }, "\(said)")
                    let announced = try Self.number(after: "The teacher will be asked ", in: said)
                    #expect(announced == clerk.asked - 64 && announced == 120 - 64)
                } else {
                    #expect(try Self.number(after: "The teacher will be asked ", in: said) == 236)
                    #expect(clerk.asked == 300)
                }
            }
        }
    }

    @Test func `What speaks against a teacher is said of the rows that showed it, and names it`() async throws {
        try await withFolder { folder in
            let rows = SampleTable.clouds(300)
            // Labels that have nothing to do with the rows.
            let pattern: [Int32] = [0, 0, 0, 0, 0, 1, 2]
            let odd = rows.with(labels: (0..<300).map { pattern[$0 % 7] })
            _ = try await Self.run(Clerk(), in: folder, rows: odd, asking: { _ in }) { $0.strategy = "teacher" }
            // Training rows are known by now, and the new test rows show nothing of the kind.
            let test = SampleTable.clouds(420).selecting(Array(300..<420))
            let (_, said) = try await Self.run(Clerk(), in: folder, rows: odd, test: test, asking: { _ in }) {
                $0.strategy = "teacher"
            }
            #expect(said.contains { $0.contains("all answers are kept already") }, "\(said)")
            #expect(said.contains { $0.hasPrefix("The answers of the teacher 'clerk' are ") }, "\(said)")
        }
    }

    @Test func `Rows for which there is no room are counted as often as they are asked about`() {
        #expect(AnswerMemory.asked(100, width: 10, times: 3, most: 1_000) == 100)
        #expect(AnswerMemory.asked(100, width: 10, times: 3, most: 509) == 100 + 2 * 50)
        #expect(AnswerMemory.asked(100, width: 10, times: 1, most: 500) == 100)
    }

    // Too few for all rows; for no made-up ones; for some of those.
    @Test(arguments: [250, 400, 3_000])
    func `A limit of requests is fitted to`(_ limit: Int) async throws {
        try await withFolder { folder in
            let clerk = Clerk()
            let (run, said) = try await Self.run(clerk, in: folder, asking: { $0.maxRequests = limit })
            #expect(clerk.asked <= limit && clerk.asked > limit / 2, "\(clerk.asked)")
            if limit == 400 { #expect(clerk.asked == 300, "all rows, and no others") }
            #expect(said.contains { $0.hasPrefix("To keep to --max-requests \(limit), ") }, "\(said)")
            #expect(run.certificate.notes.contains { $0.hasPrefix("To keep to --max-requests \(limit), ") })
            if limit == 250 {
                #expect(run.certificate.leftOut?.isByLimits == true && run.certificate.leftOut?.testRows ?? 0 > 0)
                let found = try await Verification(of: run.artifact, on: SampleTable.clouds(300), training: true)
                #expect(found.holds && found.checks.contains { $0.name == "accuracy" }, "\(found)")
                #expect(found.note?.contains("training again would not show the same") == true)
                #expect(found.unmeasured.contains { $0.name == "verdict" && $0.needs == "rows" })
                #expect(run.certificate.testRows < 90 && clerk.asked > 240, "\(clerk.asked)")
                #expect(
                    run.certificate.notes.contains {
                        $0.contains("of the 210 training rows; those teach by their labels")
                    })
            }
        }
    }

    @Test func `A limit of cost is fitted to, and one that leaves too little is refused before it is spent`()
        async throws
    {
        try await withFolder { folder in
            let clerk = Clerk(isMetered: true)
            let (_, said) = try await Self.run(clerk, in: folder, asking: { $0.maxCost = 0.2 })
            #expect(clerk.spending?.cost ?? 1 <= 0.2 && clerk.asked > 160, "\(clerk.asked)")
            #expect(said.contains { $0.hasPrefix("To keep to --max-cost 0.20, ") }, "\(said)")
        }
        try await withFolder { folder in
            let clerk = Clerk(isMetered: true)
            let said = await problem { _ = try await Self.run(clerk, in: folder, asking: { $0.maxCost = 0.07 }) }
            #expect(said.contains("too few to learn from") && clerk.asked == 64, "\(said)")
        }
    }

    @Test func `Rows without labels that a limit leaves unasked are left out`() async throws {
        try await withFolder { folder in
            let clerk = Clerk(isMetered: true)
            let (run, _) = try await Self.run(
                clerk, in: folder, rows: SampleTable.clouds(300).with(target: .some(nil)),
                asking: { $0.maxRequests = 200 })
            #expect(clerk.asked <= 200 && clerk.asked > 160)
            #expect(run.certificate.trainingRows + run.certificate.testRows == clerk.asked)
        }
    }

    @Test func `What is left out for want of time is named`() async throws {
        try await withFolder { folder in
            let (run, _) = try await Self.run(Clerk(), in: folder, asking: { _ in }) {
                $0.budget.timeBudget = try? Quantity("1ms")
                $0.seeds = 3
            }
            let notes = run.certificate.notes
            #expect(notes.contains { $0.hasPrefix("The time budget of 1ms left no time for: ") }, "\(notes)")
            #expect(run.certificate.seeds.seeds.count == 1)
        }
    }
}
