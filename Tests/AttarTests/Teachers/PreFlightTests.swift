import Attar
import Compute
import Testing

struct PreFlightTests {
    private static func labelled(_ count: Int, right: Bool) -> Dataset {
        let numbers = (0..<count).map { Float($0 % 11) }
        let labels = numbers.map { number -> Int32 in
            let answer = CountingTeacher.answer(number, classes: 3)
            let best = answer.indices.max { answer[$0] < answer[$1] } ?? 0
            return Int32(right ? best : (best + 1) % 3)
        }
        return CountingTeacher.rows(numbers).with(
            target: Target(name: "y", classes: ["c0", "c1", "c2"], labels: labels))
    }

    @Test func `It asks 64 rows and says what they are, what is right, and what the rest costs`() async throws {
        let teacher = CountingTeacher()
        let flight = try await PreFlight(teacher, on: Self.labelled(1000, right: true))
        #expect(teacher.questions.count == 64 && Set(teacher.questions).count == 64)
        #expect(flight.quality == 1 && flight.outputKind == .probabilities && flight.costPerRow == 0.5)
        let sentences = flight.sentences(remaining: 936)
        #expect(sentences[0].contains("probabilities of 3 classes") && sentences[0].contains("100.0 %"))
        #expect(sentences[1].contains("936 rows") && sentences[1].contains("about 468"))
        #expect(sentences.count == 2)
    }

    @Test func `Classes in another order are refused with that order`() async throws {
        let flight = try await PreFlight(CountingTeacher(), on: Self.labelled(200, right: false), named: "t.onnx")
        #expect(
            flight.sentences(remaining: 0).last?.contains(
                "The answers of the teacher 't.onnx' are no better than chance") == true)
        let words = sentence { try flight.refuseNonsense() }
        #expect(words.contains("the teacher 't.onnx' answers 0.0 % of 64 rows"), "\(words)")
        #expect(words.contains("100.0 %") && words.contains("--classes c1,c2,c0"), "\(words)")
        try await PreFlight(CountingTeacher(), on: Self.labelled(200, right: true)).refuseNonsense()
    }

    /// Rows whose labels are told from the place in the table.
    private static func labelled(_ count: Int, _ label: (Int) -> Int32) -> Dataset {
        CountingTeacher.rows((0..<count).map { Float($0 % 11) }).with(
            target: Target(name: "y", classes: ["c0", "c1", "c2"], labels: (0..<count).map(label)))
    }

    @Test(arguments: [["False", "True"], ["TRUE", "FALSE"]])
    func `True and false are the same however they are written`(_ names: [String]) async throws {
        let isTrue = (0..<64).map { $0 % 3 == 0 }
        let teacher = FixedTeacher(task: .classification(names)) { rows in
            let first = names[0].lowercased() == "true"
            return Matrix(
                rows: rows.count, columns: 2,
                elements: rows.identifiers.flatMap { isTrue[$0] == first ? [0.9, 0.1] : [0.1, 0.9] })
        }
        func flight(_ labels: [Bool]) async throws -> PreFlight {
            let rows = CountingTeacher.rows((0..<64).map { Float($0) }).with(
                target: Target(name: "y", classes: ["false", "true"], labels: labels.map { $0 ? 1 : 0 }))
            return try await PreFlight(teacher, on: rows)
        }
        let right = try await flight(isTrue)
        #expect(right.quality == 1)
        try right.refuseNonsense()
        let wrong = try await flight(isTrue.map { !$0 })
        #expect(wrong.quality == 0)
        #expect(sentence { try wrong.refuseNonsense() }.contains("--classes \(names[1]),\(names[0])"))
    }

    @Test func `Tasks are those of the catalogue that is given`() async throws {
        var catalogue = Catalogue.standard
        catalogue.tasks = Registry("task", catalogue.tasks.members.filter { $0.name != "classification" })
        let words = await problem { [catalogue] in
            _ = try await PreFlight(CountingTeacher(), on: Self.labelled(64, right: true), catalogue: catalogue)
        }
        #expect(words.contains("classification"), "\(words)")
    }

    @Test(arguments: 1...20)
    func `Labels that have nothing to do with the answers are told, and stop nothing`(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let labels = (0..<64).map { _ in Int32(generator.index(below: 3)) }
        let flight = try await PreFlight(CountingTeacher(), on: Self.labelled(64) { labels[$0] })
        try flight.refuseNonsense()
        if let quality = flight.quality, quality < 0.25 {
            #expect(flight.sentences(remaining: 0).last?.contains("would be right in") == true)
        }
    }

    @Test func `A teacher that is right less often than the commonest class is held against it`() async throws {
        // The teacher answers as it does for eleven numbers; every sixth label is its own.
        let own = Self.labelled(64, right: true).target?.labels ?? []
        let flight = try await PreFlight(
            CountingTeacher(), on: Self.labelled(64) { $0 % 3 == 0 ? own[$0] : 0 })
        let last = flight.sentences(remaining: 0).last ?? ""
        #expect(last.contains("always answering 'c0' would be right in"), "\(last)")
        try flight.refuseNonsense()
    }

    @Test func `Values in another unit are refused, others that are worse than the mean are told`() async throws {
        let rows = CountingTeacher.rows((0..<64).map { Float($0) })
        func flight(_ value: @escaping @Sendable (Float) -> Float) async throws -> PreFlight {
            let values = Matrix(rows: 64, columns: 1, elements: (0..<64).map { value(Float($0)) })
            return try await PreFlight(
                NumberTeacher(), on: rows.with(target: Target(name: "y", outputs: ["y"], values: values)))
        }
        try await flight { $0 + 1 }.refuseNonsense()
        let scaled = try await flight { 1000 * $0 }
        let words = sentence { try scaled.refuseNonsense() }
        #expect(words.contains("in another unit") && words.contains("correlation 1.00"), "\(words)")
        let unrelated = try await flight { Float(Int($0) * 37 % 64) * 0.3 }
        try unrelated.refuseNonsense()
        #expect(unrelated.sentences(remaining: 0).last?.contains("the labels' mean") == true)
    }

    @Test(arguments: 1...60)
    func `The best assignment is as good as the best of all permutations`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = 1 + generator.index(below: 5)
        let gains = (0..<count).map { _ in (0..<count).map { _ in generator.index(below: 9) } }
        func gain(_ columns: [Int]) -> Int { columns.enumerated().reduce(0) { $0 + gains[$1.0][$1.1] } }
        func permutations(_ rest: [Int]) -> [[Int]] {
            rest.isEmpty
                ? [[]] : rest.flatMap { first in permutations(rest.filter { $0 != first }).map { [first] + $0 } }
        }
        let best = Assignment.best(gains)
        #expect(best.sorted() == Array(0..<count))
        #expect(gain(best) == permutations(Array(0..<count)).map(gain).max())
    }

    @Test func `Few rows are all asked`() async throws {
        let teacher = CountingTeacher()
        _ = try await PreFlight(teacher, on: Self.labelled(5, right: true))
        #expect(teacher.questions.count == 5)
    }
}

/// A teacher that answers with a row's first number.
private struct NumberTeacher: Teacher {
    let task = LearningTask.regression(["y"])
    let fingerprint = Fingerprint(hex: "number")
    let answerNotes: [String] = []

    func predict(_ rows: Dataset) async throws -> Answers {
        let values = numbers(rows, "x")
        return Answers(.values, Matrix(rows: values.count, columns: 1, elements: values))
    }
}
