import Attar
import Compute
import Foundation

/// Rows of values whose noise is known, with models that come near to what is behind it.
struct ValueWorld: Sendable {
    /// How far values lie off what can be known of them.
    enum Noise: String, CaseIterable, Sendable {
        case normal
        case t3 = "t₃"
        case logNormal = "log-normal"
    }

    let noise: Noise
    var isWeighted = false

    var name: String { noise.rawValue + (isWeighted ? ", weights" : "") }

    static let all = Noise.allCases.map { ValueWorld(noise: $0) } + [ValueWorld(noise: .normal, isWeighted: true)]

    /// Rows as they are drawn.
    struct Sample: Sendable {
        var values: Matrix
        var student: Matrix
        var twin: Matrix
        var teacher: Matrix
        var weights: [Float]
    }

    /// Draws rows.
    func drawn(_ rows: Int, _ generator: inout SeededGenerator) -> Sample {
        var (values, student, twin, teacher) = ([Float](), [Float](), [Float](), [Float]())
        for _ in 0..<rows {
            let known = 2 * generator.normal()
            values.append(known + error(&generator))
            student.append(known + 0.4 * generator.normal())
            twin.append(0.95 * known + 0.4 * generator.normal())
            teacher.append(known + 0.2 * generator.normal())
        }
        func column(_ values: [Float]) -> Matrix { Matrix(rows: rows, columns: 1, elements: values) }
        let weights = (0..<rows).map { _ in isWeighted ? 0.2 + 3 * generator.uniform() * generator.uniform() : 1 }
        return Sample(
            values: column(values), student: column(student), twin: column(twin), teacher: column(teacher),
            weights: weights)
    }

    private func error(_ generator: inout SeededGenerator) -> Float {
        switch noise {
        case .normal: return generator.normal()
        case .t3:
            let squares = (0..<3).reduce(Float(0)) { sum, _ in
                let draw = generator.normal()
                return sum + draw * draw
            }
            return generator.normal() / (squares / 3).squareRoot()
        case .logNormal: return exp(generator.normal()) - exp(0.5)
        }
    }
}
