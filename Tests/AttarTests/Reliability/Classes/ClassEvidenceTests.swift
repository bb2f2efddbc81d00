import Attar
import Compute
import Testing

struct ClassEvidenceTests {
    /// Rows of two classes with both models' probabilities of the second, and what evidence and decision say of the classes.
    private static func judged(_ labels: [Int32], student: [Float], teacher: [Float]) throws -> JudgedRows {
        let target = Target(name: "y", classes: ["no", "yes"], labels: labels)
        let rows = Dataset(
            source: "rows", columns: [Column("x", .numeric(labels.indices.map(Float.init)))], target: target)
        func matrix(_ shares: [Float]) -> Matrix {
            Matrix(rows: shares.count, columns: 2, elements: shares.flatMap { [1 - $0, $0] })
        }
        return JudgedRows(
            try TaskKind.classification.posing.problem(rows, answeredAs: nil), of: .classification,
            answers: SideBySide(student: matrix(student), teacher: matrix(teacher)), seed: 1)
    }

    private static func decision(_ classes: ClassEvidence) -> Decision {
        var evidence = Evidence()
        evidence.add(classes)
        return Decision(
            Thresholds(), of: .classification,
            Decision.Grounds(
                figures: [:], evidence: evidence, hasTeacher: true, testRows: classes.classes.map(\.rows).reduce(0, +)))
    }

    /// So many rows of the class "yes" behind 300 of "no".
    private static func labels(_ rare: Int) -> [Int32] {
        [Int32](repeating: 0, count: 300) + [Int32](repeating: 1, count: rare)
    }

    @Test(arguments: [8, 30, 100])
    func `A class that only the teacher finds is given up, whatever the accuracy`(rare: Int) throws {
        let labels = Self.labels(rare)
        let judged = try Self.judged(
            labels, student: labels.indices.map { Float($0 * 7919 % 330) / 1_000 },
            teacher: labels.map { 0.1 + 0.8 * Float($0) })
        let decision = Self.decision(try #require(ClassEvidence(judged)))
        #expect(decision.kind == .doNotShip && decision.guardrail == nil)
        let reason = try #require(decision.reasons.first)
        #expect(
            reason.hasPrefix("The student gives up a class: of 'yes' it finds 0.0 %, the teacher 100.0 % (\(rare) rows")
        )
        #expect(decision.checks.first { $0.name == "recallDeficit" }?.holds == false)
    }

    @Test func `A student that is as good at another threshold has given nothing up`() throws {
        // The teacher says yes far too often; the student orders rows as well, and never passes one half.
        let labels = Self.labels(60)
        let order = labels.indices.map { 0.3 * Float(labels[$0]) + Float($0 * 7919 % 360) / 2_000 }
        let judged = try Self.judged(labels, student: order, teacher: order.map { min(1, $0 + 0.35) })
        let classes = try #require(ClassEvidence(judged))
        let yes = classes.classes[1]
        #expect(yes.recall.student.value == 0 && yes.recall.teacher?.value == 1)
        #expect(yes.recallAtTeachersRate == 1 && yes.lost == 0 && yes.deficit == 0)
        #expect(Self.decision(classes).kind == .ship)
        let slices = SliceEvidence(of: judged, threads: 1)
        #expect(slices.regressions.allSatisfy { $0.kind != .label })
    }

    @Test func `Too few rows to tell are named with how many would do, and do not hold the student back`() throws {
        let labels = Self.labels(4)
        let right = labels.map { 0.1 + 0.8 * Float($0) }
        let decision = Self.decision(
            try #require(ClassEvidence(try Self.judged(labels, student: right, teacher: right))))
        #expect(decision.kind == .ship)
        let remark = try #require(decision.remarks?.first)
        // 0.8¹⁴ is the first below 0.05.
        #expect(remark.contains("the class 'yes' (4 rows, about 14 needed)"), "\(remark)")
        let enough = Self.labels(14)
        let all = enough.map { 0.1 + 0.8 * Float($0) }
        let told = Self.decision(try #require(ClassEvidence(try Self.judged(enough, student: all, teacher: all))))
        #expect(told.remarks == nil)
    }

    @Test func `Three of four rare rows lost are held against the student, though they prove nothing`() throws {
        let labels = Self.labels(4)
        let teacher = labels.map { 0.1 + 0.8 * Float($0) }
        var student = teacher
        for row in 300..<303 { student[row] = 0.01 }
        let decision = Self.decision(
            try #require(ClassEvidence(try Self.judged(labels, student: student, teacher: teacher))))
        #expect(decision.kind == .doNotShip)
        #expect(decision.reasons[0].contains("(4 rows, and "), "\(decision.reasons[0])")
    }

    @Test func `Intervals of a class are exact`() throws {
        let labels = Self.labels(10)
        let right = labels.map { 0.1 + 0.8 * Float($0) }
        let classes = try #require(ClassEvidence(try Self.judged(labels, student: right, teacher: right)))
        let recall = classes.classes[1].recall.student
        // 0.025 to the tenth root, and 0.05 to the tenth root: Clopper and Pearson.
        #expect(abs(recall.low - 0.6915) < 1e-4 && recall.high == 1)
        #expect(abs((classes.classes[1].bound ?? 0) - 0.2589) < 1e-4)
    }
}
