internal import CKernels
internal import Compute

/// What boosting minimises on some rows, with the gradients that the next trees follow.
struct BoostObjective {
    private let link: MarginLink
    private let rows: LearnableRows
    /// The targets of the margins, less what the margins start from: 0 for classes.
    private let targets: [Float]
    private let totalWeight: Double

    /// ∂loss/∂margin, (rows, margins).
    private(set) var gradient: [Float]
    /// ∂²loss/∂margin², (rows, margins).
    private(set) var curvature: [Float]

    /// An objective over rows.
    ///
    /// - Parameter baseScores: what is taken off values before they are learned.
    init(_ rows: LearnableRows, link: MarginLink, baseScores: [Float]) {
        self.rows = rows
        self.link = link
        targets = link.marginTargets(rows.targets).enumerated().map { $1 - baseScores[$0 % baseScores.count] }
        totalWeight = rows.weights.reduce(0) { $0 + Double($1) }
        gradient = [Float](repeating: 0, count: targets.count)
        curvature = gradient
    }

    /// The weighted mean loss at the given margins; updates gradient and curvature.
    mutating func evaluate(_ margins: [Float]) -> Double {
        precondition(margins.count == targets.count, "a margin for each target")
        let (count, width) = (rows.count, targets.count / max(1, rows.count))
        let loss =
            switch link {
            case .logistic: attar_boost_logistic(margins, targets, rows.weights, count, &gradient, &curvature)
            case .softmax: attar_boost_softmax(margins, targets, rows.weights, count, width, &gradient, &curvature)
            case .identity, .shares, .secondShare:
                attar_boost_squared(margins, targets, rows.weights, count, width, &gradient, &curvature)
            }
        return loss / totalWeight
    }

    /// Hands out gradient and curvature to be followed.
    mutating func step(_ grow: (inout [Float], inout [Float]) throws -> Void) rethrows {
        try grow(&gradient, &curvature)
    }
}
