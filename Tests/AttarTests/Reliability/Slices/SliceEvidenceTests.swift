import Attar
import Compute
import Testing

struct SliceEvidenceTests {
    /// Probabilities that answer the given classes.
    private static func answering(_ answers: [Int32], classes: Int = 2) -> Answers {
        let elements = answers.flatMap { answer in
            (0..<classes).map { $0 == Int(answer) ? 0.9 : 0.1 / Float(classes - 1) }
        }
        return Answers(.probabilities, Matrix(rows: answers.count, columns: classes, elements: elements))
    }

    private static func rows(_ count: Int, _ columns: [Column], labels: [Int32]? = nil) -> Dataset {
        Dataset(
            source: "rows", columns: columns, identifiers: Array(0..<count),
            target: Target(name: "y", classes: ["a", "b"], labels: labels ?? (0..<count).map { Int32($0 % 2) }))
    }

    /// Right on all rows but those for which the condition holds.
    private static func wrong(_ rows: Dataset, where condition: (Int) -> Bool) -> Answers {
        let labels = rows.target?.labels ?? []
        return answering(labels.indices.map { condition($0) ? 1 - labels[$0] : labels[$0] })
    }

    private static let colours = Column(
        "colour",
        .categorical(
            codes: (0..<400).map { Int32($0 / 3 % 5) - ($0 % 40 == 0 ? 6 : 0) }.map { max(-1, $0) },
            categories: ["red", "blue", "green", "grey", "pink"]))
    private let kinds = Catalogue.standard.dataKinds
    private static let ages = Column("age", .numeric((0..<400).map { $0 % 50 == 7 ? .nan : Float(20 + $0 % 60) }))

    @Test func `Columns make slices with names that people can read, and missing values are a slice`() throws {
        let rows = Self.rows(400, [Self.colours, Self.ages])
        let evidence = try SliceEvidence(student: Self.wrong(rows) { $0 % 9 == 0 }, on: rows)
        let names = Set(evidence.slices.map(\.name))
        #expect(names.isSuperset(of: ["class a", "class b", "colour = red", "age in 20 to 33"]))
        let colours = try #require(RowPartition.of(Self.colours, kinds: kinds))
        #expect(colours.names.last == "colour is missing" && colours.counts.last == 10)
        let ages = try #require(RowPartition.of(Self.ages, kinds: kinds))
        #expect(ages.names.last == "age is missing" && ages.counts.reduce(0, +) == 400)
        #expect(evidence.slices.allSatisfy { $0.rows >= 20 })
        #expect(evidence.slices.contains { $0.kind == .pair })
        #expect(evidence.comparedWith == "none" && evidence.tested == 0 && evidence.regressions.isEmpty)
        #expect(evidence.notes.contains { $0.contains("neither a teacher nor a label-only student") })
    }

    @Test func `Equal values stay in one range, and up to four values are a slice each`() throws {
        let tied = try #require(
            RowPartition.of(Column("x", .numeric((0..<100).map { $0 < 70 ? 0 : Float($0) })), kinds: kinds))
        #expect(tied.names == ["x in 0 to 74", "x in 75 to 99"])
        let few = try #require(RowPartition.of(Column("x", .numeric((0..<90).map { Float($0 % 3) })), kinds: kinds))
        #expect(few.names == ["x = 0", "x = 1", "x = 2"] && few.counts == [30, 30, 30])
        #expect(RowPartition.of(Column("x", .numeric([1, 1, 1])), kinds: kinds) == nil, "all rows are no slice")
        #expect(RowPartition.of(Column("x", .numeric([.nan, .nan])), kinds: kinds) == nil)
        #expect(RowPartition.of(Column("x", .tensor([1, 2, 3, 4], shape: [2])), kinds: kinds) == nil)
    }

    @Test(arguments: [(Float(0.001), false), (0.5, true)])
    func `A difference that is sure but of no consequence is no regression`(_ more: Float, isRegression: Bool) throws {
        let labels = (0..<400).map { Float($0 % 17) }
        let errors = (0..<400).map { Float($0 % 2 == 0 ? 1 : -1) }
        let codes = try Self.colours.requiredCodes()
        func values(_ share: (Int) -> Float) -> Answers {
            Answers(
                .values, Matrix(rows: 400, columns: 1, elements: (0..<400).map { labels[$0] + errors[$0] * share($0) }))
        }
        let rows = Dataset(
            source: "rows", columns: [Self.colours, Self.ages],
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 400, columns: 1, elements: labels)))
        let evidence = try SliceEvidence(
            student: values { codes[$0] == 0 ? 1 + more : 1 }, teacher: values { _ in 1 }, on: rows)
        let red = try #require(evidence.slices.first { $0.name == "colour = red" })
        #expect(red.pValue <= evidence.level && red.difference.low > 0)
        #expect(red.isRegression == isRegression)
    }

    @Test func `A slice on which the student falls behind is named, with sizes and intervals`() throws {
        let rows = Self.rows(400, [Self.colours, Self.ages])
        let codes = try Self.colours.requiredCodes()
        let evidence = try SliceEvidence(
            student: Self.wrong(rows) { codes[$0] == 2 && $0 % 4 == 0 }, teacher: Self.wrong(rows) { $0 % 99 == 5 },
            on: rows)
        let first = try #require(evidence.slices.first)
        #expect(first.name == "colour = green" && first.isRegression && first.pValue < 0.01)
        #expect(first.quality.teacher != nil && first.difference.high < 0)
        #expect(first.difference.low <= first.difference.value && first.difference.value <= first.difference.high)
        #expect(evidence.comparedWith == "teacher" && evidence.level == 0.02)
        let again = try SliceEvidence(
            student: Self.wrong(rows) { codes[$0] == 2 && $0 % 4 == 0 }, teacher: Self.wrong(rows) { $0 % 99 == 5 },
            on: rows)
        #expect(again == evidence, "the same seed gives the same")
    }

    @Test func `A student that is weaker everywhere alike is no regression of any slice`() throws {
        let rows = Self.rows(400, [Self.colours, Self.ages])
        var generator = SeededGenerator(seed: 3)
        let wrong = (0..<400).map { _ in generator.uniform() < 0.2 }
        let evidence = try SliceEvidence(
            student: Self.wrong(rows) { wrong[$0] }, teacher: Self.wrong(rows) { _ in false }, on: rows)
        #expect(evidence.regressions.isEmpty)
    }

    @Test func `Where the student is only less far ahead than elsewhere, it does not fall behind`() throws {
        let rows = Self.rows(400, [Self.colours, Self.ages])
        let codes = try Self.colours.requiredCodes()
        let evidence = try SliceEvidence(
            student: Self.wrong(rows) { $0 == 6 || $0 == 21 },
            teacher: Self.wrong(rows) { codes[$0] != 2 && $0 % 3 != 0 },
            on: rows)
        #expect(evidence.slices.contains { $0.pValue < 0.02 } && evidence.regressions.isEmpty)
    }

    @Test func `Where losses fall anywhere, alarms are as rare as the level says`() throws {
        var alarms = 0
        for run in 0..<100 as Range<UInt64> {
            var generator = SeededGenerator(seed: run, stream: "falls anywhere")
            let columns = (0..<3).map { column in
                Column("x\(column)", .numeric((0..<200).map { _ in generator.uniform() }))
            }
            let rows = Self.rows(200, columns)
            let (one, other) = (
                (0..<200).map { _ in generator.uniform() < 0.1 }, (0..<200).map { _ in generator.uniform() < 0.1 }
            )
            let evidence = try SliceEvidence(
                student: Self.wrong(rows) { one[$0] }, teacher: Self.wrong(rows) { other[$0] }, on: rows, seed: run,
                level: 0.1)
            alarms += evidence.regressions.isEmpty ? 0 : 1
        }
        // 10 are expected at most; 18 or more come in one of 100 such tests.
        #expect(alarms <= 18, "\(alarms) of 100")
        #expect(alarms >= 1, "the test is not blind")
    }

    @Test func `A regression's slices are judged by ranks of the squared errors`() throws {
        var generator = SeededGenerator(seed: 4)
        let x = (0..<300).map { _ in generator.uniform() }
        let values = x.map { 3 * $0 }
        func answers(_ deviation: (Int) -> Float) -> Answers {
            var noise = SeededGenerator(seed: 9, stream: "\(deviation(0))")
            return Answers(
                .values,
                Matrix(
                    rows: 300, columns: 1, elements: values.indices.map { values[$0] + deviation($0) * noise.normal() })
            )
        }
        let rows = Dataset(
            source: "rows",
            columns: [Column("x", .numeric(x)), Column("constant", .numeric([Float](repeating: 1, count: 300)))],
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 300, columns: 1, elements: values)))
        let damaged = try SliceEvidence(
            student: answers { x[$0] > 0.75 ? 0.5 : 0.1 }, teacher: answers { _ in 0.11 }, on: rows)
        #expect(damaged.regressions.map(\.name).contains { $0.hasPrefix("x in 0.7") })
        #expect(damaged.regressions.allSatisfy { $0.difference.low > 0 })
        let sound = try SliceEvidence(student: answers { _ in 0.1 }, teacher: answers { _ in 0.12 }, on: rows)
        #expect(sound.regressions.isEmpty)
    }

    @Test func `One class, few rows and equal models are no reason to fail`() throws {
        let one = Self.rows(100, [Self.ages.selecting(Array(0..<100))], labels: [Int32](repeating: 1, count: 100))
        let same = try SliceEvidence(student: Self.wrong(one) { $0 < 9 }, teacher: Self.wrong(one) { $0 < 9 }, on: one)
        #expect(same.regressions.isEmpty && !same.slices.contains { $0.kind == .label })
        let few = Self.rows(12, [Self.ages.selecting(Array(0..<12))])
        let none = try SliceEvidence(
            student: Self.wrong(few) { _ in true }, teacher: Self.wrong(few) { _ in false }, on: few)
        #expect(none.slices.isEmpty && none.notes.contains { $0.contains("12 test rows") })
        #expect(throws: AttarError.self) {
            try SliceEvidence(student: Self.wrong(few) { _ in true }, on: one)
        }
        #expect(throws: AttarError.self) {
            try SliceEvidence(student: Self.wrong(few) { _ in true }, on: few, level: 1)
        }
    }
}
