internal import Compute

/// What a run asks one teacher outside of Attar, counted before it is asked: rows whose answers are kept are no questions.
struct QuestionForecast {
    /// Training rows.
    var training = 0
    /// Test rows.
    var test = 0
    /// Rows that were given without labels; where Attar chooses the strategy, as many as it may ask.
    var unlabeled = 0
    /// Changed views of pictures.
    var views = 0
    /// Made-up rows at most: which strategies are left after the first comparison is not known yet.
    var made = 0
    /// Corrupted rows.
    var changed = 0
    /// Whether unlabelled rows are asked about in any case.
    var needsUnlabeled = false

    /// All of them.
    var total: Int { training + test + views + unlabeled + made + changed }
    /// Whether fewer may be asked.
    var isMost: Bool { made > 0 || (unlabeled > 0 && !needsUnlabeled) }

    /// "700 training rows, 300 test rows, up to 14,000 made-up rows".
    var words: String {
        let parts: [(String, Int, String)] = [
            ("", training, "training row"), ("", test, "test row"),
            (needsUnlabeled ? "" : "up to ", unlabeled, "row without labels"), ("", views, "changed picture"),
            ("up to ", made, "made-up row"), ("", changed, "corrupted test row"),
        ]
        return parts.filter { $0.1 > 0 }.map { most, count, noun in
            let one = "\(most)\(Spending.grouped(count)) "
            return one + (count == 1 ? noun : noun.hasPrefix("row ") ? "rows\(noun.dropFirst(3))" : "\(noun)s")
        }.joined(separator: ", ")
    }
}

extension RunSetup {
    /// What the run asks a teacher.
    func forecast(for teacher: StoredTeacher) throws -> QuestionForecast {
        var forecast = QuestionForecast()
        let rows = training.rows.count
        forecast.training = teacher.unanswered(in: training.rows).count
        forecast.test = settings.evidence == .cross ? 0 : teacher.unanswered(in: test.rows).count
        if let unlabeled, settings.augmentation == nil,
            settings.asks(.unlabeled) || (settings.plan == nil && limits.asksUnlabeled)
        {
            forecast.unlabeled = teacher.unanswered(in: unlabeled).count
            forecast.needsUnlabeled = settings.plan != nil
        }
        if settings.augmentation != nil { forecast.views = settings.views * rows }
        guard !teacher.answersKnownRowsOnly else { return forecast }
        // Each fold makes rows of its own out of the others.
        let makers = settings.plan?.strategies.filter(\.synthesises) ?? usualMakers(teacher)
        let factor = settings.plan?.synthesised ?? StudentSearch.usualMade(settings.synthesised, rows: rows)
        let tried =
            distiller.leavesChoice ? StudentSearch.validationFits(rows: rows, folds: folds.count) : 1
        let ownFold = factor * Double(rows) * (1 - 1 / Double(folds.count))
        let chosen = settings.plan == nil ? min(2, makers.count) : makers.count
        var once = Double(makers.count * tried) * ownFold.rounded(.up) + Double(chosen) * factor * Double(rows)
        if !teacher.remembersMadeUpRows {
            // Each student that is tried needs them, alone and beside those of another strategy.
            let fits = try candidates().count * (settings.plan == nil && chosen > 1 ? 2 : 1)
            once = AnswerMemory.asked(once, width: encoder.width + task.width, times: fits)
        }
        if settings.evidence == .full { once += Double(chosen) * factor * Double(rows) * StudentSearch.partialFits }
        if settings.evidence == .cross { once *= Double(1 + folds.count) }
        forecast.made = Int(once)
        if asksChangedRows(teacher) {
            let kinds = distiller.catalogue.dataKinds
            let corruptions = Corruption.all(
                for: test.rows, encoder: encoder, seed: settings.seed, kinds: kinds)
            forecast.changed =
                corruptions.count * Corruption.strengths.count * min(test.rows.count, ShiftStudy.mostForeignRows)
        }
        return forecast
    }

    /// The strategies that make up rows and are compared where none is named.
    private func usualMakers(_ teacher: any Teacher) -> [TransferStrategy] {
        if teacher.isMetered || settings.augmentation != nil || !limits.makesRows { return [] }
        return TransferStrategy.all.filter {
            $0.synthesises && encoder.isChanged(by: $0, kinds: distiller.catalogue.dataKinds)
        }
    }

    private func asksChangedRows(_ teacher: any Teacher) -> Bool {
        !teacher.isMetered && limits.asksChangedRows && settings.evidence != .cross
            && kind.judging.evidence.contains(EvidencePart.shift.name)
    }
}
