import Attar
import AttarReport
import Compute
import Foundation

/// The evidence on a linear student with 100,000 test rows of 20 numbers and 10 classes, the teacher's answers kept, and the page about it; all
/// cores, each time in a fresh process.
enum CertificateMaking {
    private static let (rowCount, columnCount, classes) = (100_000, 20, 10)

    static var group: RowGroup { RowGroup(name: "certificate", rows: rows) }

    private static func rows() throws -> [Row] {
        let figures = (0..<3).compactMap { _ in Contestant.own("certificate")?.measure() }
        func seconds(_ place: Int) -> Double { median(figures.map { $0[place] }) }
        let threads = ProcessInfo.processInfo.activeProcessorCount
        return [
            Row(
                work: "all evidence on \(rowCount) test rows, \(classes) classes", threads: threads, value: seconds(0),
                unit: "s", goal: .atMost(10)),
            Row(work: "the page about it", threads: 1, value: seconds(1), unit: "s", goal: .atMost(1)),
        ]
    }

    /// What a process of its own measures: the seconds of the evidence and of the page.
    static func measure() throws {
        var generator = SeededGenerator(seed: 1)
        let values = (0..<columnCount).map { _ in (0..<rowCount).map { _ in Float(generator.normal()) } }
        // The class is the largest of ten columns, with some noise.
        let labels = (0..<rowCount).map { row in
            Int32((0..<classes).max { values[$0][row] < values[$1][row] } ?? 0)
        }
        let noisy = labels.map { generator.uniform() < 0.1 ? Int32(generator.index(below: classes)) : $0 }
        let rows = Dataset(
            source: "rows", columns: values.enumerated().map { Column("x\($0)", .numeric($1)) },
            target: Target(name: "y", classes: (0..<classes).map(String.init), labels: noisy))
        let learned = rows.selecting(Array(0..<5_000))
        nonisolated(unsafe) var trained: (any Model)?
        try wait {
            trained = try await TrainedTeacher(Specification("linear"), on: learned, recipe: Recipe()).artifact.model
        }
        guard let student = trained else { return }
        var answers = Matrix(rows: rowCount, columns: classes, repeating: 0.02)
        for row in 0..<rowCount { answers[row, Int(labels[row])] = 0.82 }
        let teacher = Kept(answers: answers, classes: classes)
        try answer {
            var evaluation: ModelEvaluation?
            let measuring = try microseconds {
                nonisolated(unsafe) var result: ModelEvaluation?
                try wait { result = try await ModelEvaluation(of: student, against: teacher, on: rows, isFull: true) }
                evaluation = result
            }
            let writing = microseconds {
                if let evaluation {
                    blackHole(
                        try? htmlReport(
                            of: evaluation, model: "student.attar", names: rows.target?.task.names ?? [], data: "rows"))
                }
            }
            return [measuring / 1e6, writing / 1e6]
        }
    }

    /// Answers that were given before, to known rows only.
    private struct Kept: Teacher {
        let answers: Matrix
        let classes: Int
        var task: LearningTask { .classification((0..<classes).map(String.init)) }
        var fingerprint: Fingerprint { Fingerprint(hex: "kept") }
        var answersKnownRowsOnly: Bool { true }

        func predict(_ rows: Dataset) async throws -> Answers {
            Answers(.probabilities, answers.selecting(rows: rows.identifiers))
        }
    }
}
