internal import CKernels
package import Compute
internal import Foundation

/// How decision values of pairs of classes become class probabilities.
///
/// Each pair has a sigmoid, r = 1 / (1 + exp(−(slope·decision + offset))). Coupling finds the class probabilities that agree best
/// with all pairs, and with three classes or more a temperature corrects how sure they are (with two, the slope does).
/// Measured on digits against softmaxes of summed, squashed or logarithmic decisions: log loss .06 against .09 and more.
package struct PairCoupling: Sendable {
    /// For each group of the machine, the task's class.
    package let classes: [Int32]
    /// Slope and offset of each pair, (pairs, 2).
    package let sigmoids: [Float]
    /// What the logarithms of the coupled probabilities are divided by, above 0.
    package let temperature: Float

    package init(classes: [Int32], sigmoids: [Float], temperature: Float) {
        (self.classes, self.sigmoids, self.temperature) = (classes, sigmoids, temperature)
    }

    /// Keeps pairwise probabilities strictly inside (0, 1), where coupling has one answer.
    private static let margin: Float = 1e-6

    /// Class probabilities, (rows, width), of decision values, (rows, pairs). A class without a group has probability 0.
    package func probabilities(_ decisions: Matrix, width: Int) -> Matrix {
        let coupled = TemperatureScaling(temperature: Double(temperature)).calibrated(coupled(decisions))
        var result = Matrix(rows: decisions.rows, columns: width)
        for row in 0..<decisions.rows {
            for (group, label) in classes.enumerated() { result[row, Int(label)] = coupled[row, group] }
        }
        return result
    }

    /// The coupled probabilities of the groups, (rows, groups), before the temperature.
    package func coupled(_ decisions: Matrix) -> Matrix {
        var pairs = decisions
        for index in pairs.elements.indices {
            let pair = index % pairs.columns
            let exponent = sigmoids[2 * pair] * pairs.elements[index] + sigmoids[2 * pair + 1]
            pairs.elements[index] = min(1 - Self.margin, max(Self.margin, 1 / (1 + exp(-exponent))))
        }
        var result = Matrix(rows: decisions.rows, columns: classes.count)
        var scratch = [Float](repeating: 0, count: classes.count * (classes.count + 1))
        attar_couple_pairs(pairs.elements, &result.elements, decisions.rows, classes.count, &scratch)
        return result
    }
}

extension PairCoupling {
    /// The tensors: `coupling.classes` (groups), `coupling.sigmoids` (pairs, 2) and `coupling.temperature` (1).
    var tensors: [String: Tensor] {
        [
            "coupling.classes": Tensor(classes, shape: [classes.count]),
            "coupling.sigmoids": Tensor(sigmoids, shape: [sigmoids.count / 2, 2]),
            "coupling.temperature": Tensor([temperature], shape: [1]),
        ]
    }

    /// The coupling that a description's tensors hold.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where a tensor is missing, has another shape, or names no class.
    init(_ description: ModelDescription, classes count: Int, width: Int) throws {
        classes = try description.integers("coupling.classes", shape: [count])
        sigmoids = try description.floats("coupling.sigmoids", shape: [count * (count - 1) / 2, 2])
        temperature = try description.floats("coupling.temperature", shape: [1])[0]
        guard Set(classes).count == count, classes.allSatisfy({ $0 >= 0 && $0 < width }),
            sigmoids.allSatisfy(\.isFinite), temperature > 0, temperature.isFinite
        else { throw AttarError(.malformedArtifact, "the coupling of the support vector machines is inconsistent") }
    }
}
