import Attar
import Compute
import Foundation
import Testing

struct LabelSmoothingTests {
    @Test func `A label gives its share to all classes alike, value and gradient`() {
        let logits: [Float] = [0.3, -1.2, 2, 0.5, 0.1, -0.4]
        let outputs = Matrix(rows: 2, columns: 3, elements: logits)
        let loss = DistillationLoss.labelsOnly(.probabilities).with(labelSmoothing: 0.15)
        var expected = 0.0
        var slopes: [Double] = []
        for (row, label) in [2, 0].enumerated() {
            let exponentials = (0..<3).map { exp(Double(logits[row * 3 + $0])) }
            let sum = exponentials.reduce(0, +)
            for index in 0..<3 {
                let target = 0.85 * (index == label ? 1 : 0) + 0.15 / 3
                expected -= target * log(exponentials[index] / sum) / 2
                slopes.append((exponentials[index] / sum - target) / 2)
            }
        }
        #expect(abs(loss.value(outputs: outputs, labels: [2, 0]) - expected) < 1e-6)
        let gradient = loss.gradient(outputs: outputs, labels: [2, 0]).elements
        for (found, slope) in zip(gradient, slopes) { #expect(abs(Double(found) - slope) < 1e-6) }
    }
}
