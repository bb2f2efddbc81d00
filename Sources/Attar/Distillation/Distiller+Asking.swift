internal import Compute

extension Distiller {
    /// Rows and their teacher, ready to begin: what it will take is said, limits are fitted to, and rows that the teacher has no usable answer to are out of the way.
    struct Prepared {
        /// The run.
        var setup: RunSetup
        /// What a reader has to know, in sentences.
        var notes: [String]
    }

    /// Prepares a run.
    ///
    /// - Throws: as asking does; `AttarError` (`limitReached`) where a limit leaves too few questions for any run.
    func prepared(
        on dataset: Dataset, test: Dataset?, unlabeled: Dataset?, progress: @escaping ProgressHandler
    ) async throws -> Prepared {
        let setup = try RunSetup(self, on: dataset, test: test, unlabeled: unlabeled, progress: progress)
        let foreign = teacher.teacher?.foreignTeachers ?? []
        guard !foreign.isEmpty else { return Prepared(setup: setup, notes: []) }
        var prepared = Prepared(setup: setup, notes: [])
        for teacher in foreign { try await foresee(teacher, &prepared.setup) }
        let limits = prepared.setup.limits
        for note in limits.notes { try say(note, to: progress) }
        prepared.notes = limits.notes.map { "\($0)." }
        if limits.changesRows { prepared.setup = try limited(prepared.setup, dataset, unlabeled, foreign) }
        return try await withoutFailures(prepared, dataset, unlabeled, foreign)
    }

    /// Asks a few rows beforehand, says what all of them will take, and keeps to the limits.
    private func foresee(_ teacher: StoredTeacher, _ setup: inout RunSetup) async throws {
        let forecast = try setup.forecast(for: teacher)
        let progress = setup.progress
        func flight(over rows: Dataset) async throws -> PreFlight {
            try await PreFlight(teacher, on: rows, named: teacher.name, catalogue: catalogue)
        }
        func say(_ sentences: [String]) throws {
            for sentence in sentences { try self.say(String(sentence.dropLast()), to: progress) }
        }
        var seen = try await flight(over: setup.training.rows)
        try say(seen.sentences())
        try seen.refuseNonsense()
        var doubt = seen.doubt
        var left = forecast
        (left.training, left.test) = (teacher.unanswered(in: setup.training.rows).count, 0)
        if settings.evidence != .cross {
            // All training rows may be known already, and the test rows not.
            if seen.secondsPerRow == nil, forecast.test > 0 {
                let unknown = teacher.unanswered(in: setup.test.rows)
                seen = try await flight(over: setup.test.rows.selecting(unknown))
                try seen.refuseNonsense()
                doubt = doubt ?? seen.doubt
            }
            left.test = teacher.unanswered(in: setup.test.rows).count
        }
        if left.total > 0 { try say([seen.outlook(left)]) }
        if let doubt { try say([doubt]) }
        try keepToLimits(&setup, left, seen, teacher)
    }

    /// Leaves out what would go beyond the limits.
    private func keepToLimits(
        _ setup: inout RunSetup, _ forecast: QuestionForecast, _ flight: PreFlight, _ teacher: StoredTeacher
    ) throws {
        let asking = self.teacher.settings
        let spent = teacher.spending ?? Spending()
        setup.limits.secondsPerQuestion = max(setup.limits.secondsPerQuestion, flight.secondsPerRow ?? 0)
        setup.limits.secondsOfTestRows += (flight.secondsPerRow ?? 0) * Double(forecast.test)
        // Made-up rows are worth asking about from one for each training row on.
        let leastMade =
            settings.plan == nil
            ? 1 / max(1, StudentSearch.usualMade(settings.synthesised, rows: setup.training.rows.count)) : 0
        if let most = asking.maxRequests, let each = flight.requestsPerRow {
            setup.limits.keep(
                to: Double(most - spent.requests) / each, forecast, limit: "--max-requests \(most)",
                leastMade: leastMade)
        }
        if let most = asking.maxCost, let each = flight.costPerRow, each > 0 {
            // Answers differ in length, and the meter stops before the dearest of them would be too dear.
            setup.limits.keep(
                to: 0.95 * (most - (spent.cost ?? 0)) / each, forecast, limit: "--max-cost \(Spending.price(most))",
                leastMade: leastMade)
        }
        if let budget = settings.budget.timeBudget, let each = flight.secondsPerRow, each > 0 {
            let left = budget.amount - setup.start.duration(to: .now) / .seconds(1)
            var questions = forecast
            (questions.made, questions.changed) = (0, 0)
            // Students are to be trained, too: what is not needed has half of what is left.
            let needed = Double(questions.total) * each
            let optional = max(0, 0.5 * (left - needed)) / each
            let all = needed > 0.8 * left ? 0.8 * left / each : Double(questions.total) + optional
            setup.limits.keep(
                to: all, forecast, limit: "--time-budget \(budget)",
                leastAsked: leastShare(setup, forecast), leastMade: leastMade)
        }
        let share = setup.limits.askedShare
        let rows = (setup.training.rows.count, setup.test.rows.count)
        guard share < 1 else { return }
        let known = (rows.0 - forecast.training, rows.1 - forecast.test)
        let asked = (known.0 + Int(share * Double(forecast.training)), known.1 + Int(share * Double(forecast.test)))
        guard asked.0 >= Self.fewestAsked, asked.1 >= Verdict.fewestRows || asked.1 == rows.1 else {
            throw AttarError(
                .limitReached,
                "the limits leave questions about \(asked.0) of \(rows.0) training rows and \(asked.1) of \(rows.1) test rows, which are too few to learn from and to judge by (\(setup.limits.notes.joined(separator: "; ")))",
                remedy: "Raise the limit, or give fewer rows")
        }
    }

    /// The share of rows without which nothing could be learned or judged: time that is short does not keep a run from beginning.
    private func leastShare(_ setup: RunSetup, _ forecast: QuestionForecast) -> Double {
        func share(_ least: Int, _ rows: Int, _ open: Int) -> Double {
            open > 0 ? Double(max(0, min(least, rows) - (rows - open)) + 1) / Double(open) : 0
        }
        return min(
            1,
            max(
                share(Self.fewestAsked, setup.training.rows.count, forecast.training),
                share(Verdict.fewestRows, setup.test.rows.count, forecast.test)))
    }

    /// The fewest training rows with an answer that a run begins with.
    private static let fewestAsked = 20

    /// The run with fewer rows asked about and made up.
    private func limited(
        _ setup: RunSetup, _ dataset: Dataset, _ unlabeled: Dataset?, _ foreign: [StoredTeacher]
    ) throws -> RunSetup {
        var distiller = self
        let limits = setup.limits
        if let plan = settings.plan, limits.madeShare < 1 {
            let left = limits.makesRows ? plan.strategies : plan.strategies.filter { !$0.synthesises }
            distiller.settings.plan = TransferPlan(
                left.isEmpty ? [.teacher] : left, synthesised: max(1e-9, plan.synthesised * limits.madeShare))
        } else if limits.makesRows {
            distiller.settings.synthesised =
                limits.madeShare * StudentSearch.usualMade(settings.synthesised, rows: setup.training.rows.count)
        }
        guard limits.askedShare < 1 else {
            return try again(setup, distiller, dataset, training: setup.training.rows, test: setup.test.rows, unlabeled)
        }
        func chosen(_ rows: Dataset, _ stream: String) -> (asked: [Int], others: [Int]) {
            let open = Set(foreign.flatMap { $0.unanswered(in: rows) })
            var generator = SeededGenerator(seed: settings.seed, stream: stream)
            let drawn = open.sorted().shuffled(using: &generator)
            let others = Set(drawn.dropFirst(Int(limits.askedShare * Double(drawn.count))))
            return ((0..<rows.count).filter { !others.contains($0) }, others.sorted())
        }
        var training = setup.training.rows
        let part = chosen(training, "rows to ask")
        if needsAnswers(setup) {
            training = training.selecting(part.asked)
        } else {
            // They teach by their labels.
            for teacher in foreign { teacher.leaveUnasked(training.selecting(part.others)) }
        }
        let test = setup.test.rows.selecting(chosen(setup.test.rows, "test rows to ask").asked)
        return try again(setup, distiller, dataset, training: training, test: test, unlabeled)
    }

    /// The run without test rows that no teacher answers, and, where there are no labels, without such training rows.
    private func withoutFailures(
        _ prepared: Prepared, _ dataset: Dataset, _ unlabeled: Dataset?, _ foreign: [StoredTeacher]
    ) async throws -> Prepared {
        let setup = prepared.setup
        let forgiving = foreign.filter(\.mayLeaveOut)
        guard !forgiving.isEmpty else { return prepared }
        func failing(_ rows: Dataset) async throws -> Set<Int> {
            var failed: Set<Int> = []
            for teacher in forgiving {
                _ = try await teacher.predict(rows)
                failed.formUnion(teacher.failed(in: rows))
            }
            return failed
        }
        let lost = (training: try await failing(setup.training.rows), test: try await failing(setup.test.rows))
        let dropsTraining = !lost.training.isEmpty && needsAnswers(setup)
        guard !lost.test.isEmpty || dropsTraining else { return prepared }
        func kept(_ rows: Dataset, _ lost: Set<Int>) -> Dataset {
            rows.selecting((0..<rows.count).filter { !lost.contains($0) })
        }
        var result = prepared
        result.setup = try again(
            setup, setup.distiller, dataset,
            training: dropsTraining ? kept(setup.training.rows, lost.training) : setup.training.rows,
            test: kept(setup.test.rows, lost.test), unlabeled)
        let left = [
            (lost.test.count, setup.test.rows.count, "test"),
            (dropsTraining ? lost.training.count : 0, setup.training.rows.count, "training"),
        ].filter { $0.0 > 0 }.map { "\($0.0) of the \($0.1) \($0.2) rows" }
        result.notes.append(
            "The \(RowFailure.unanswerable(left.joined(separator: " and "))): they are left out, and the figures say nothing of such rows."
        )
        return result
    }

    /// Whether a training row without an answer is of no use: its label cannot teach, or is not what the run goes by.
    private func needsAnswers(_ setup: RunSetup) -> Bool {
        setup.training.truth == .none || settings.evidence == .cross || settings.aim == .fidelity
            || settings.augmentation != nil
    }

    /// The same run with other rows.
    private func again(
        _ setup: RunSetup, _ distiller: Distiller, _ dataset: Dataset, training: Dataset, test: Dataset,
        _ unlabeled: Dataset?
    ) throws -> RunSetup {
        let isCross = settings.evidence == .cross
        var next = try RunSetup(
            distiller, on: training, test: isCross ? nil : test, unlabeled: unlabeled, progress: setup.progress)
        (next.data, next.limits) = (dataset.fingerprint, setup.limits)
        next.start = setup.start
        var leftOut = setup.leftOut ?? LeftOutRows()
        leftOut.add(
            training: (setup.training.rows, training), test: isCross ? (test, test) : (setup.test.rows, test))
        leftOut.isByLimits = setup.limits.changesRows
        next.leftOut = leftOut
        return next
    }

    private func say(_ note: String, to progress: ProgressHandler) throws {
        try report(
            RunProgress(phase: "looking at the teacher", completed: 0, total: nil, unit: "rows", note: note),
            to: progress)
    }
}
