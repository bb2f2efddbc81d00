package import Compute

/// How badly each class fits a row: the scores that a threshold turns into a set of classes.
///
/// With p the probabilities and r(y) a class's rank from 1, the likeliest first (ties by position):
/// `lac` is 1 − p(y); `aps` is Σ p of the classes before y, plus u p(y); `raps` adds λ max(0, r(y) − k).
/// u is drawn evenly from [0, 1) for each row, so that coverage is exact and not only at least what is promised.
package struct ClassScores: Hashable, Sendable {
    /// `lac`, `aps` or `raps`; with thresholds by class the scores are the same.
    package let method: SetMethod
    /// The penalty of `raps` on each rank beyond `freeRanks`.
    package var penalty = 0.01
    /// Ranks that `raps` does not penalise.
    package var freeRanks = 1
    /// Whether the likeliest class is scored like all others, so that a set can be without it, and empty. Else it scores `likeliest`, and every set holds it.
    package let allowsEmpty: Bool

    /// Below all other scores.
    private static let likeliest = -1.0

    /// Scores of a method for classes.
    package init(_ method: SetMethod, allowsEmpty: Bool = true) {
        self.method = method.scoring
        self.allowsEmpty = allowsEmpty
    }

    /// The scores of all classes of one row.
    ///
    /// - Parameters:
    ///   - probabilities: those of the row.
    ///   - draw: u, from [0, 1).
    package func scores(of probabilities: ArraySlice<Float>, draw: Double) -> [Double] {
        // Answers that are no number rule nothing out.
        if probabilities.contains(where: \.isNaN) {
            return [Double](repeating: -.infinity, count: probabilities.count)
        }
        var scores = plainScores(of: probabilities, draw: draw)
        if !allowsEmpty, let place = Self.likeliestPlace(probabilities) { scores[place] = Self.likeliest }
        return scores
    }

    /// The class that is answered; the first of several alike.
    private static func likeliestPlace(_ probabilities: ArraySlice<Float>) -> Int? {
        probabilities.max().flatMap { most in probabilities.firstIndex(of: most) }.map { $0 - probabilities.startIndex }
    }

    private func plainScores(of probabilities: ArraySlice<Float>, draw: Double) -> [Double] {
        if method == .lac { return probabilities.map { 1 - Double($0) } }
        let first = probabilities.startIndex
        let order = probabilities.indices.sorted {
            (probabilities[$1], $0) < (probabilities[$0], $1)
        }
        var scores = [Double](repeating: 0, count: probabilities.count)
        var before = 0.0
        for (place, index) in order.enumerated() {
            let own = Double(probabilities[index])
            scores[index - first] = before + draw * own
            if method == .raps { scores[index - first] += penalty * Double(max(0, place + 1 - freeRanks)) }
            before += own
        }
        return scores
    }

    /// The scores of each row's own class; infinite where answers are no number.
    package func trueScores(of probabilities: Matrix, labels: [Int32], draws: RowDraws) -> [Double] {
        labels.indices.map { row in
            if probabilities.row(row).contains(where: \.isNaN) { return .infinity }
            return scores(of: probabilities.row(row), draw: draws[row])[Int(labels[row])]
        }
    }
}

/// A number from [0, 1) for each row number, the same whenever it is asked for, and in whatever order.
package struct RowDraws: Hashable, Sendable {
    private let start: UInt64

    /// - Parameter stream: keeps uses of one seed apart.
    package init(seed: UInt64, stream: String) {
        var generator = SeededGenerator(seed: seed, stream: stream)
        start = generator.next()
    }

    /// The number of one row.
    package subscript(row: Int) -> Double {
        // SplitMix64's finaliser over a Weyl sequence: Steele, Lea and Flood (OOPSLA 2014).
        var mixed = start &+ UInt64(truncatingIfNeeded: row) &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        return Double(mixed >> 11) * 0x1p-53
    }
}
