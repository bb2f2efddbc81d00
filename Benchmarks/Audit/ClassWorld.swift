import Attar
import Compute

/// Rows of classes whose probabilities are known, with models that see them through noise.
struct ClassWorld: Sendable {
    let name: String
    var classes = 2
    /// How far the scores of the classes lie apart.
    var spread: Float = 2
    /// What is added to the score of the last class.
    var shift: Float = 0
    var isWeighted = false
    /// What student and twin see besides, each for itself: little makes rows rare on which they differ.
    var apart: Float = 0.8

    static let all = [
        ClassWorld(name: "balanced"), ClassWorld(name: "much alike", apart: 0.05),
        ClassWorld(name: "4 %", spread: 1.6, shift: -4.8), ClassWorld(name: "ten classes", classes: 10),
        ClassWorld(name: "weights", isWeighted: true),
    ]

    /// Rows as they are drawn.
    struct Sample: Sendable {
        var labels: [Int32]
        var student: Matrix
        var twin: Matrix
        var teacher: Matrix
        var weights: [Float]
    }

    /// Draws rows.
    ///
    /// - Parameter sharpness: what the student's logits are multiplied by; 1 leaves it as well calibrated as its noise does.
    func drawn(_ rows: Int, sharpness: Float = 1, _ generator: inout SeededGenerator) -> Sample {
        var scores = [Matrix](repeating: Matrix(rows: rows, columns: classes), count: 3)
        var labels: [Int32] = []
        for row in 0..<rows {
            let own = (0..<classes).map { spread * generator.normal() + ($0 == classes - 1 ? shift : 0) }
            let probabilities = Self.softmax(own)
            var draw = generator.uniform()
            labels.append(
                Int32(
                    probabilities.firstIndex { value in
                        draw -= value
                        return draw < 0
                    } ?? classes - 1))
            for column in 0..<classes {
                let student = own[column] + 0.3 * generator.normal()
                scores[0][row, column] = sharpness * student
                scores[1][row, column] = student + apart * generator.normal()
                scores[2][row, column] = own[column] + 0.15 * generator.normal()
            }
        }
        let answers = scores.map { $0.softmax() }
        let weights = (0..<rows).map { _ in isWeighted ? 0.2 + 3 * generator.uniform() * generator.uniform() : 1 }
        return Sample(labels: labels, student: answers[0], twin: answers[1], teacher: answers[2], weights: weights)
    }

    /// Rows of a student whose probabilities are the true ones, logits multiplied afterwards.
    func calibrated(
        _ rows: Int, sharpness: Float, _ generator: inout SeededGenerator
    ) -> (probabilities: Matrix, labels: [Int32]) {
        var elements: [Float] = []
        var labels: [Int32] = []
        for _ in 0..<rows {
            let own = (0..<classes).map { spread * generator.normal() + ($0 == classes - 1 ? shift : 0) }
            var draw = generator.uniform()
            labels.append(
                Int32(
                    Self.softmax(own).firstIndex { value in
                        draw -= value
                        return draw < 0
                    } ?? classes - 1))
            elements += Self.softmax(own.map { $0 * sharpness })
        }
        return (Matrix(rows: rows, columns: classes, elements: elements), labels)
    }

    private static func softmax(_ scores: [Float]) -> [Float] {
        Matrix(rows: 1, columns: scores.count, elements: scores).softmax().elements
    }
}
