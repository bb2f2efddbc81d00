internal import Compute

/// Students and their twins that learned from parts of the training rows, for evidence alone.
package struct PartialStudents {
    /// A student, and its twin on labels alone where the task has one, from some of the rows.
    struct Pair {
        let distilled: any Model
        let labelsOnly: (any Model)?
    }

    /// Shares of the rows, how many rows, and who learned from them.
    var curve: [(share: Double, rows: Int, pair: Pair)] = []
    /// Who learned from one side of the rows, and the test rows on the other; nil for nobody.
    var side: (pair: Pair, testRows: [Int])?
    /// Why something is missing, in sentences.
    var notes: [String] = []
}

extension StudentSearch {
    /// The shares of the training rows at which a learning curve is measured, besides all of them.
    static let shares = [0.1, 0.25, 0.5]
    /// The share of the training rows on the side that is learned from.
    static let side = 0.75
    /// Rows that a fit or a figure needs.
    private static let fewestRows = 20
    /// Fits, counted as fits on all rows.
    static let partialFits = shares.reduce(side, +)

    /// The longest that fits for evidence alone may take without being asked for, in seconds, or as a share of the run so far.
    private static let mostSeconds = 20.0
    private static let mostShare = 0.25

    /// Students that learned from parts of the rows, or the reason why there are none.
    ///
    /// - Parameters:
    ///   - seconds: how long the student's own fits on all rows took together, of so many seeds.
    /// - Throws: `AttarError` (`stopped`); where a fit fails a note says so.
    func partialStudents(_ student: Student, refitting seconds: Double, seeds: Int) async throws -> PartialStudents {
        if let reason = reasonAgainst(student, refitting: seconds, seeds: seeds) {
            var none = PartialStudents()
            none.notes.append(
                "The learning curve and the figures of rows that lie to one side of the others were left out\(reason). Ask for them with --evidence full."
            )
            return none
        }
        return try await trainedOnParts(
            student, test: try taught.encoder.encoded(setup.test.rows), seed: settings.seed)
    }

    /// Why nothing is trained for evidence alone, as the end of a sentence; nil where it is.
    private func reasonAgainst(_ student: Student, refitting seconds: Double, seeds: Int) -> String? {
        if [.quick, .cross].contains(settings.evidence) { return ", as the recipe says" }
        guard settings.evidence == .auto else { return nil }
        let asksMore = student.choice.plan.strategies.contains { $0.synthesises || $0 == .unlabeled }
        if asksMore, taught.teacher.teacher.model == nil {
            return ": the teacher would have to be asked about more rows"
        }
        let expected = seconds / Double(seeds) * Self.partialFits
        if let left = clock.left, expected > left { return ": the time budget leaves no time for them" }
        let elapsed = setup.start.duration(to: .now) / .seconds(1)
        return expected > max(Self.mostSeconds, Self.mostShare * elapsed)
            ? ": their fits would take about \(Int(expected)) s" : nil
    }

    /// Trains the chosen student and its twin on parts of the training rows, side by side.
    ///
    /// - Parameters:
    ///   - student: what was chosen.
    ///   - test: rows of which those on the other side are named.
    ///   - seed: the fits and the parts follow from it.
    private func trainedOnParts(_ student: Student, test: Matrix, seed: UInt64) async throws -> PartialStudents {
        var found = PartialStudents()
        let count = taught.rows.count
        var parts: [(share: Double?, positions: [Int])] = []
        let groups = 20
        if count >= groups {
            // Dealt evenly by class, so that every part has the classes' shares, and the smaller parts lie within the larger.
            let dealt = try Splits.folds(
                strata: Splits.strata(of: taught.rows, catalogue: setup.distiller.catalogue), count: groups, seed: seed)
            for share in Self.shares {
                let positions = dealt.prefix(Int((share * Double(groups)).rounded())).flatMap { $0 }.sorted()
                if positions.count >= Self.fewestRows { parts.append((share, positions)) }
            }
        }
        if parts.count < Self.shares.count {
            found.notes.append(
                "Parts of the \(count) training rows with fewer than \(Self.fewestRows) rows were left out.")
        }
        let sides = sides(test: test, seed: seed)
        if let sides {
            parts.append((nil, sides.learned))
        } else {
            found.notes.append(
                "Rows do not have a side to be told apart by, or too few of them lie on it, so nothing was trained on the other."
            )
        }
        let pairs: [PartialStudents.Pair]
        do {
            pairs = try await fits(student, on: parts.map(\.positions), seed: seed)
        } catch let error as AttarError where error.code != .stopped {
            found.notes.append("Students could not be trained on parts of the rows: \(error.problem).")
            return found
        }
        for (part, pair) in zip(parts, pairs) {
            if let share = part.share {
                found.curve.append((share, part.positions.count, pair))
            } else if let sides {
                found.side = (pair, sides.test)
            }
        }
        return found
    }

    /// Positions of the training rows below the 75th percentile of the first principal component, and of the test rows above.
    private func sides(test: Matrix, seed: UInt64) -> (learned: [Int], test: [Int])? {
        guard taught.encoder.columns.allSatisfy({ $0.vocabulary == 0 }), taught.features.rows > 0 else { return nil }
        var generator = SeededGenerator(seed: seed, stream: "sides")
        let rows = taught.features.rows
        let drawn =
            rows <= TrainingSample.most
            ? taught.features
            : taught.features.selecting(
                rows: Array(Array(0..<rows).shuffled(using: &generator).prefix(TrainingSample.most)))
        guard let space = FeatureSpace(of: drawn, seed: seed) else { return nil }
        func first(_ features: Matrix) -> [Float] {
            let coordinates = space.coordinates(of: features)
            return (0..<coordinates.rows).map { coordinates[$0, 0] }
        }
        let own = first(taught.features)
        let border = own.sorted()[min(rows - 1, Int(Self.side * Double(rows)))]
        let learned = own.indices.filter { own[$0] < border }
        let tested = first(test).enumerated().filter { $0.element >= border }.map(\.offset)
        guard learned.count >= Self.fewestRows, tested.count >= Self.fewestRows else { return nil }
        return (learned, tested)
    }

    private func fits(_ student: Student, on parts: [[Int]], seed: UInt64) async throws -> [PartialStudents.Pair] {
        let plan = student.choice.plan
        let plans = (taught.kind.teaching.hasTwin ? [.labelsOnly] : []) + (plan.isLabelsOnly ? [] : [plan])
        var fits: [FitQueue.Fit] = []
        for part in parts {
            let rows = taught.restricted(to: part)
            for plan in plans {
                var context = context(for: plan, of: rows, seed: seed)
                context.checkpoints = nil
                fits.append(
                    FitQueue.Fit(
                        estimator: student.model.estimator,
                        rows: try await rows.transferSet(plan, holdingOut: nil, seed: seed), context: context))
            }
        }
        let models = try await setup.queue.models(fits, phase: "training \(student.name) on parts of the rows")
        return parts.indices.map { part in
            let own = models[part * plans.count..<(part + 1) * plans.count]
            return PartialStudents.Pair(
                distilled: own[own.endIndex - 1],
                labelsOnly: taught.kind.teaching.hasTwin ? own[own.startIndex] : nil)
        }
    }
}
