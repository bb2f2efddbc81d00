import Attar
import CKernels
import Testing

struct BoostObjectiveTests {
    private let targets: [Float] = [0.2, 0.5, 0.3, 1, 0, 0, 0.1, 0.1, 0.8]
    private let weights: [Float] = [1, 0.5, 2]

    private typealias Objective = ([Float], inout [Float], inout [Float]) -> Double

    /// The gradient against central differences of the loss, a margin at a time; returns gradient and curvature.
    private func check(_ margins: [Float], halved: Bool = false, _ objective: Objective) -> (g: [Float], h: [Float]) {
        var gradient = [Float](repeating: 0, count: margins.count)
        var curvature = gradient
        _ = objective(margins, &gradient, &curvature)
        for index in margins.indices {
            var (above, below, spare, other) = (margins, margins, gradient, curvature)
            above[index] += 0.01
            below[index] -= 0.01
            let slope = (objective(above, &spare, &other) - objective(below, &spare, &other)) / 0.02
            // The slope of the plain square is twice the gradient. Losses are sums of floats near 10.
            #expect(abs(slope - Double(gradient[index]) * (halved ? 2 : 1)) < 1e-3, "margin \(index)")
        }
        return (gradient, curvature)
    }

    @Test func `Softmax: the gradient is the slope of the loss, the curvature its bound`() {
        let result = check([0.3, -1.2, 2, 0, 0, 0, -4, 1, 0.5]) { margins, gradient, curvature in
            attar_boost_softmax(margins, targets, weights, 3, 3, &gradient, &curvature)
        }
        #expect(abs(result.g[3] - 0.5 * (1 / 3 - 1)) < 1e-6)
        #expect(abs(result.h[3] - 0.5 * 2 * 2 / 9) < 1e-6)
    }

    @Test func `Logistic: the gradient is the slope of the loss, the curvature its second derivative`() {
        let result = check([0.3, 0, -4]) { margins, gradient, curvature in
            attar_boost_logistic(margins, [0.2, 1, 0.5], weights, 3, &gradient, &curvature)
        }
        #expect(abs(result.g[1] + 0.25) < 1e-6)
        #expect(abs(result.h[1] - 0.125) < 1e-6)
    }

    @Test func `Squared error: the gradient is half the slope of the loss`() {
        let result = check([0.3, -1.2, 2, 0, 0, 0, -4, 1, 0.5], halved: true) { margins, gradient, curvature in
            attar_boost_squared(margins, targets, weights, 3, 3, &gradient, &curvature)
        }
        #expect(result.h == [1, 1, 1, 0.5, 0.5, 0.5, 2, 2, 2])
    }

    @Test func `Extreme margins stay finite`() {
        var (gradient, curvature) = ([Float](repeating: 0, count: 4), [Float](repeating: 0, count: 4))
        let far: [Float] = [200, -200, -200, 200]
        let softmax = attar_boost_softmax(far, [0, 1, 0, 1], [1, 1], 2, 2, &gradient, &curvature)
        #expect(softmax.isFinite && softmax > 60 && curvature.allSatisfy { $0 == 1e-6 })
        let logistic = attar_boost_logistic(far, [0, 1, 0, 1], [1, 1, 1, 1], 4, &gradient, &curvature)
        #expect(abs(logistic - 400) < 1e-3 && curvature.allSatisfy { $0 == 1e-6 })
    }
}
