internal import Compute

extension StudentSearch {
    /// How much less fits lose than others on the rows of the folds that both were made for; nil where nothing is known to be right.
    func paired(_ fits: [Fit], over others: [Fit]) -> PairedGain? {
        let count = min(fits.count, others.count)
        guard count > 0 else { return nil }
        let (own, other) = (losses(Array(fits.prefix(count))), losses(Array(others.prefix(count))))
        guard !own.isEmpty else { return nil }
        return paired(own, over: other, folds: count)
    }

    /// Whether validation rows support that fits are better than those on labels alone: by a proper score, and for quality also not half a point behind in right answers by
    /// more than a standard error allows, which a proper score can gain without: a student that is less sure, but wrong more often.
    ///
    /// - Parameter errors: standard errors by which the best of the plans has to stand out.
    func isSupported(_ fits: [Fit], over labels: [Fit], by errors: Double) -> Bool {
        guard let gain = paired(fits, over: labels), gain.isSupported(by: errors) else { return false }
        guard settings.aim == .quality, taught.kind.judging.lossKind == .mistakes else { return true }
        let right = paired(mistakes(fits), over: mistakes(labels), folds: min(fits.count, labels.count))
        return right.mean - right.error > -Self.mostBehind
    }

    /// Standard errors by which the best of the plans has to stand out, by what all of them gained over labels alone on the folds that all were tried on.
    func errors(among tried: [[Fit]], over labels: [Fit]) -> Double {
        let folds = min(labels.count, tried.map(\.count).min() ?? 0)
        let others = losses(Array(labels.prefix(folds)))
        let weights = taught.rows.weights.map { weights in rows(of: folds).map { Double(weights[$0]) } }
        return PairedGain.errors(
            among: tried.map { fits in
                let gains = zip(others, losses(Array(fits.prefix(folds)))).map { $0 - $1 }
                return weights.map { zip($0, gains).map { $0 * $1 } } ?? gains
            })
    }

    /// How far the share of right answers may lie below that of labels alone, at the lower end of what the rows allow.
    private static let mostBehind = 0.005

    private func paired(_ losses: [Double], over others: [Double], folds: Int) -> PairedGain {
        let rows = rows(of: folds)
        let learned = Double(taught.rows.count) * (1 - 1 / Double(taught.folds.count))
        return PairedGain(
            losses, over: others, weights: taught.rows.weights.map { weights in rows.map { Double(weights[$0]) } },
            folds: folds, share: learned > 0 ? Double(taught.rows.count / taught.folds.count) / learned : 0)
    }

    /// The losses of fits on the rows of their folds, as students of their kind would be shipped: calibrated, where that helps.
    private func losses(_ fits: [Fit]) -> [Double] {
        guard taught.problem.truth != .none else { return [] }
        let rows = rows(of: fits.count)
        let answers = calibration(fits).scaling.calibrated(answers(fits), of: taught.task.form)
        return reference(rows) { reference in
            switch reference {
            case .truth(let truth): ProperLosses.of(answers, to: truth)
            case .teacher(let teacher): ProperLosses.of(answers, toTeacher: teacher, form: taught.task.form)
            }
        }
    }

    /// 1 for a wrong answer, 0 for a right one.
    private func mistakes(_ fits: [Fit]) -> [Double] {
        taught.kind.judging.losses(answers(fits), taught.problem.truth.selecting(rows(of: fits.count)), teacher: nil)
            .values.map(Double.init)
    }

    /// What is maximised: the share of the loss of someone who knows nothing of a row that fits do away with, R² for values; the task's own score where there is nothing
    /// of the kind.
    func score(_ fits: [Fit]) -> Double {
        let own = losses(fits)
        let rows = rows(of: fits.count)
        guard !own.isEmpty, let none = baseline(rows.count) else { return Self.mean(fits.map(\.score)) }
        let others = reference(rows) { reference in
            switch reference {
            case .truth(let truth): ProperLosses.of(none, to: truth)
            case .teacher(let teacher): ProperLosses.of(none, toTeacher: teacher, form: taught.task.form)
            }
        }
        let weights = taught.rows.weights.map { weights in rows.map { Double(weights[$0]) } }
        func sum(_ losses: [Double]) -> Double {
            weights.map { zip($0, losses).reduce(0) { $0 + $1.0 * $1.1 } } ?? losses.reduce(0, +)
        }
        let least = sum(others)
        return least > 0 ? 1 - sum(own) / least : 0
    }

    /// What was found of a plan.
    func trial(_ plan: TransferPlan, _ fits: [Fit], against labels: [Fit]) -> Trial {
        let gain = labels.isEmpty ? nil : paired(fits, over: labels)
        return Trial(
            strategy: plan.description, score: score(fits), quality: Self.mean(fits.map(\.quality)), folds: fits.count,
            gain: gain?.mean, gainError: gain?.error)
    }

    /// The rows of the first folds, in the order in which their fits answer them.
    func rows(of count: Int) -> [Int] { taught.folds.prefix(count).flatMap { $0 } }

    /// The answers of the first folds' fits to the rows that each has not seen.
    func answers(_ fits: [Fit]) -> Matrix {
        Matrix(
            rows: fits.reduce(0) { $0 + $1.answers.rows }, columns: taught.task.width,
            elements: fits.flatMap(\.answers.elements))
    }

    private enum Reference {
        case truth(Truth)
        case teacher(Matrix)
    }

    /// What answers are held against, as the aim says.
    private func reference(_ rows: [Int], _ losses: (Reference) -> [Double]) -> [Double] {
        settings.aim == .fidelity
            ? losses(.teacher(taught.answers.selecting(rows: rows).matrix))
            : losses(.truth(taught.problem.truth.selecting(rows)))
    }

    /// The answer of someone who knows nothing of a row.
    private func baseline(_ rows: Int) -> Matrix? {
        guard settings.aim == .fidelity else {
            return taught.kind.judging.baseline(
                taught.problem.truth, of: taught.task, weights: taught.rows.weights)?.answers(rows: rows)
        }
        let answers = taught.answers.matrix
        let means = (0..<answers.columns).map { column in
            Float((0..<answers.rows).reduce(0.0) { $0 + Double(answers[$1, column]) } / Double(max(1, answers.rows)))
        }
        return Matrix(rows: rows, columns: answers.columns, elements: (0..<rows).flatMap { _ in means })
    }
}

extension TemperatureScaling {
    /// Probabilities after scaling; values as they are.
    fileprivate func calibrated(_ answers: Matrix, of form: AnswerForm) -> Matrix {
        form == .probabilities ? calibrated(answers) : answers
    }
}
