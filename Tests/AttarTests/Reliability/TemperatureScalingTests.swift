import Attar
import Compute
import Testing

/// The temperature that makes labels likeliest.
struct TemperatureScalingTests {
    @Test func `The temperature is SciPy's`() throws {
        let golden = try SmallModelsGolden.loaded()
        let scaling = TemperatureScaling(fittedTo: Matrix(golden.logits), labels: golden.logitLabels)
        #expect(abs(scaling.temperature / golden.temperature - 1) < 2e-3)
    }

    @Test func `Probabilities keep their order and their sum, and 1 changes nothing`() {
        let probabilities = Matrix([[0.7, 0.2, 0.1], [0, 0, 1]])
        #expect(TemperatureScaling.identity.calibrated(probabilities) == probabilities)
        let softer = TemperatureScaling(temperature: 3).calibrated(probabilities)
        #expect(softer.argmax() == probabilities.argmax())
        for row in 0..<2 { #expect(abs(softer.row(row).reduce(0, +) - 1) < 1e-6) }
        #expect(softer[0, 0] < 0.7)
        let logits = TemperatureScaling(temperature: 2).scaled(Matrix([[4, -2]]))
        #expect(logits.elements == [2, -1])
    }

    @Test func `Without labels the temperature is 1`() {
        let scaling = TemperatureScaling(fittedTo: Matrix([[1, 2], [3, 0]]), labels: [-1, -1])
        #expect(scaling == .identity)
    }

    @Test func `Rows that are all right or all wrong keep the temperature in range`() {
        let right = TemperatureScaling(fittedTo: Matrix([[5, 0], [0, 5]]), labels: [0, 1])
        #expect(right.temperature >= 0.05 && right.temperature < 1)
        let wrong = TemperatureScaling(fittedTo: Matrix([[5, 0], [0, 5]]), labels: [1, 0])
        #expect(wrong.temperature > 1 && wrong.temperature <= 20.1)
    }
}
