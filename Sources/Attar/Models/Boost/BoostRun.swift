internal import Compute

/// One training of boosted trees: rounds of trees until they are used up, validation rows see no progress, or the caller stops.
struct BoostRun {
    private let settings: BoostEstimator
    private let context: FittingContext
    private let transferSet: TransferSet
    private let booster: XGBoostBooster
    private let baseScores: [Float]
    /// What margins are counted in.
    private let units: [Float]
    private var training: BoostObjective
    private var validation: BoostObjective?

    /// Prepares the rows.
    init(
        _ settings: BoostEstimator, on transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws {
        let link = BoostModel.link(for: transferSet.task)
        let given = try LearnableRows.required(transferSet, labelShare: context.loss.labelShare)
        let targetUnits = given.units(for: transferSet.task)
        let rows = given.inUnits(targetUnits)
        let held = validation.map { LearnableRows($0, labelShare: context.loss.labelShare).inUnits(targetUnits) }
        let margins = link.marginCount(width: transferSet.task.width)
        // Trees of values start from the mean, so that the sums over their rows stay small.
        baseScores = link == .identity ? rows.meanTargets() : [Float](repeating: 0, count: margins)
        units = link == .identity ? targetUnits : [Float](repeating: 1, count: margins)
        self.settings = settings
        self.context = context
        self.transferSet = transferSet
        training = BoostObjective(rows, link: link, baseScores: baseScores)
        var data = [try XGBoostData(rows.features, threads: context.threads)]
        if let held, held.count > 0 {
            self.validation = BoostObjective(held, link: link, baseScores: baseScores)
            data.append(try XGBoostData(held.features, threads: context.threads))
        }
        booster = try XGBoostBooster(
            for: data, outputs: margins, columns: settings.columns,
            settings: [
                "max_depth": String(settings.depth), "eta": String(settings.learningRate),
                "subsample": String(settings.subsample),
                "lambda": String(settings.lambda), "min_child_weight": String(settings.minimumChildWeight),
            ], seed: context.seed)
    }

    /// Runs the rounds and gives the trees up to the best one.
    mutating func model() throws -> BoostModel {
        var best = (rounds: settings.rounds, loss: Double.infinity)
        for round in 0..<settings.rounds {
            let loss = training.evaluate(try booster.margins(ofDataAt: 0))
            guard loss.isFinite else {
                throw AttarError(
                    .diverged, "the loss of boost is no longer a number in round \(round)",
                    remedy: "Try a smaller learningRate")
            }
            try report(
                RunProgress(
                    phase: "training boost", completed: round, total: settings.rounds, unit: "rounds", loss: loss),
                to: context.progress)
            try training.step(booster.grow)
            if validation == nil { continue }
            let margins = try booster.margins(ofDataAt: 1)
            guard let held = validation?.evaluate(margins) else { continue }
            if held < best.loss { best = (round + 1, held) }
            if round + 1 - best.rounds >= settings.patience { break }
        }
        try report(
            RunProgress(phase: "training boost", completed: settings.rounds, total: settings.rounds, unit: "rounds"),
            to: context.progress)
        return BoostModel(
            task: transferSet.task, encoder: transferSet.encoder,
            ensemble: try booster.ensemble(
                width: transferSet.features.columns, baseScores: baseScores, units: units, rounds: best.rounds))
    }
}
