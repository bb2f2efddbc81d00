import Attar

extension TaskKind {
    /// Grades from 1 to 5: numbers, of which it counts whether they are met to within half a grade. Posed, taught and written as any values are; judged otherwise.
    static let grades = TaskKind(
        name: "grades", summary: "a grade from 1 to 5 a row", posing: ValuePosing(), teaching: ValueTeaching(),
        judging: GradeJudging(), table: ValueTable(),
        words: TaskWords(main: "grades", second: "distances", outputs: "grades", cardTask: "tabular-regression"))
}

extension Metric {
    /// Share of rows whose grade is met to within half a grade.
    static let graded = Metric("graded", label: "right grade", .higherIsBetter, in: 0...1, unit: .share)
    /// Share of rows on which student and teacher are within half a grade of each other.
    static let gradedAsTeacher = Metric(
        "gradedAsTeacher", label: "grades as the teacher", .higherIsBetter, in: 0...1, unit: .share, isToTeacher: true)

    static let ofGrades = [graded, gradedAsTeacher]
}

struct GradeJudging: Judging {
    var metrics: MetricSet {
        MetricSet(main: .graded, second: .mae, fidelity: .gradedAsTeacher, row: .graded, bySeed: [.graded, .mae])
    }

    var evidence: [String] { [NonInferiority.key, SliceEvidence.key, LearningEvidence.key, DisagreementEvidence.key] }

    func statistics(_ answers: Matrix, _ truth: Truth, teacher: Matrix?, weights: [Float]?) -> RowStatistics {
        let distances = Self.distances(answers, truth.values)
        var metrics: [Metric] = [.graded, .mae]
        var columns = [distances.map { $0 <= 0.5 ? Float(1) : 0 }, distances]
        if let teacher {
            metrics.append(.gradedAsTeacher)
            columns.append(Self.distances(answers, teacher).map { $0 <= 0.5 ? 1 : 0 })
        }
        return RowStatistics(
            RowStatistics.Parts(metrics: metrics, columns: columns) { sums, weight in sums.map { $0 / weight } },
            rows: answers.rows)
    }

    var lossKind: RowLosses.Kind { .mistakes }

    func losses(_ answers: Matrix, _ truth: Truth, teacher: Matrix?) -> RowLosses {
        RowLosses(lossKind, Self.distances(answers, truth.values).map { $0 <= 0.5 ? 0 : 1 })
    }

    func score(_ figures: [Metric: Double]) -> Double { figures[.graded] ?? 0 }

    func baseline(_ truth: Truth, of task: LearningTask, weights: [Float]?) -> Baseline? {
        ValueJudging().baseline(truth, of: task, weights: weights).map {
            Baseline($0.answer, name: $0.name, beatenIn: .mae)
        }
    }

    private static func distances(_ one: Matrix, _ other: Matrix) -> [Float] {
        (0..<one.rows).map { abs(one[$0, 0] - other[$0, 0]) }
    }
}
