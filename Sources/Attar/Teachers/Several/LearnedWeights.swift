package import Compute

/// Several teachers whose weights are learned from labelled rows: those under which their mean answer fits the labels best.
package struct WeighableTeachers: AdaptableTeacher {
    private let equal: Ensemble
    private let names: [String]

    /// Teachers of one task, in the order of their names.
    package init(_ members: [any Teacher], names: [String]) throws {
        equal = try Ensemble(members, names: names)
        self.names = names
    }

    package var wrapped: [any Teacher] { [equal] }
    package var task: LearningTask { equal.task }
    package var fingerprint: Fingerprint { equal.fingerprint }

    package func predict(_ rows: Dataset) async throws -> Answers { try await equal.predict(rows) }

    package func adapted(to rows: Dataset) async throws -> any Teacher {
        var members: [any Teacher] = []
        for member in equal.members { members.append(try await member.readyToTeach(rows)) }
        guard let target = rows.target else { return try Ensemble(members, names: names) }
        var answers: [Answers] = []
        for member in members {
            answers.append(try await TeacherAnswers(member, for: target.task).answers(to: rows))
        }
        let known = (0..<rows.count).filter { row in answers.allSatisfy { $0.known?[row] ?? true } }
        let weights = LearnedWeights(
            of: answers.map { $0.selecting(rows: known).matrix }, target: target.selecting(known),
            rows: rows.weights.map { weights in known.map { weights[$0] } }
        ).shares
        // Who counts next to nothing need not be asked.
        let kept = members.indices.filter { weights[$0] >= LearnedWeights.least }
        let words = names.indices.map { "\((weights[$0] * 1000).rounded() / 1000) '\(names[$0])'" }
        return NotedTeacher(
            teacher: try Ensemble(
                kept.map { members[$0] }, weights: kept.map { weights[$0] }, names: kept.map { names[$0] }),
            note: "The teachers' weights were learned from the training rows' labels: \(words.joined(separator: ", "))")
    }
}

/// Shares of several answers, none negative, 1 in sum.
package struct LearnedWeights {
    /// One a teacher.
    package private(set) var shares: [Double]

    /// A share below which a teacher is left out.
    static let least = 1e-3

    /// The shares that fit labels best: for classes those of the greatest likelihood, found by expectation maximisation of the mixture, which
    /// has one maximum; for values those of the least squared error.
    ///
    /// Source for the mixture: Dempster, Laird and Rubin (1977), section 4.3.
    ///
    /// - Parameters:
    ///   - answers: one matrix a teacher, probabilities or values, (rows, outputs).
    ///   - weights: one a row; nil for all the same.
    package init(of answers: [Matrix], target: Target, rows weights: [Float]?) {
        shares = [Double](repeating: 1 / Double(answers.count), count: answers.count)
        if target.task.form == .probabilities {
            maximiseLikelihood(answers, target.labels, weights)
        } else {
            leastSquares(answers, target.values, weights)
        }
    }

    private mutating func maximiseLikelihood(_ answers: [Matrix], _ labels: [Int32], _ weights: [Float]?) {
        let labelled = labels.indices.filter { labels[$0] >= 0 }
        let likelihoods = answers.map { matrix in
            labelled.map { Double(max(TemperatureScaling.lowest, matrix[$0, Int(labels[$0])])) }
        }
        let counts = labelled.map { Double(weights?[$0] ?? 1) }
        let total = counts.reduce(0, +)
        guard total > 0 else { return }
        for _ in 0..<500 {
            var next = [Double](repeating: 0, count: shares.count)
            for row in counts.indices {
                let sum = shares.indices.reduce(0.0) { $0 + shares[$1] * likelihoods[$1][row] }
                for teacher in shares.indices {
                    next[teacher] += counts[row] * shares[teacher] * likelihoods[teacher][row] / sum
                }
            }
            let change = zip(next, shares).reduce(0.0) { max($0, abs($1.0 / total - $1.1)) }
            shares = next.map { $0 / total }
            if change < 1e-7 { break }
        }
    }

    /// Moves share between two teachers at a time to where the error is least, until no move helps.
    private mutating func leastSquares(_ answers: [Matrix], _ values: Matrix, _ weights: [Float]?) {
        // As shares sum to 1, the error is Σ (Σ share·(answer − value))², which needs the residuals' products alone.
        var products = [[Double]](repeating: [Double](repeating: 0, count: answers.count), count: answers.count)
        for place in values.elements.indices where values.elements[place].isFinite {
            let count = Double(weights?[place / values.columns] ?? 1)
            let residuals = answers.map { Double($0.elements[place]) - Double(values.elements[place]) }
            for (row, left) in residuals.enumerated() {
                for (column, right) in residuals.enumerated() { products[row][column] += count * left * right }
            }
        }
        for _ in 0..<1000 {
            var change = 0.0
            for first in shares.indices {
                for second in shares.indices.dropFirst(first + 1) {
                    let slope = shares.indices.reduce(0.0) {
                        $0 + shares[$1] * (products[first][$1] - products[second][$1])
                    }
                    let curvature = products[first][first] - 2 * products[first][second] + products[second][second]
                    guard curvature > 0 else { continue }
                    let move = max(-shares[first], min(shares[second], -slope / curvature))
                    shares[first] += move
                    shares[second] -= move
                    change = max(change, abs(move))
                }
            }
            if change < 1e-9 { break }
        }
    }
}

/// A teacher with one more sentence about its answers.
private struct NotedTeacher: Teacher {
    let teacher: any Teacher
    let note: String

    var task: LearningTask { teacher.task }
    var fingerprint: Fingerprint { teacher.fingerprint }
    var wrapped: [any Teacher] { [teacher] }
    var answerNotes: [String] { teacher.answerNotes + [note] }

    func predict(_ rows: Dataset) async throws -> Answers { try await teacher.predict(rows) }
}

extension Ensemble: AdaptableTeacher {
    /// The same mean of members that are ready to teach.
    package func adapted(to rows: Dataset) async throws -> any Teacher {
        var ready: [any Teacher] = []
        for member in members { ready.append(try await member.readyToTeach(rows)) }
        return try Ensemble(ready, weights: weights)
    }
}
