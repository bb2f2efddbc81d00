internal import Compute

extension EnsembleEstimator {
    /// Whether the members are families that find by themselves how strange rows are: their scores are in units of their own, so that it is ranks that are averaged.
    var findsAnomalies: Bool {
        let own = Set(Family.detectors.map(\.name))
        return !members.isEmpty
            && members.allSatisfy { member in (try? Specification(member)).map { own.contains($0.name) } ?? false }
    }

    /// The mean of the members' ranks among the rows.
    func ranked(to transferSet: TransferSet, context: FittingContext) throws -> any Model {
        let counting = transferSet.weights.indices.filter { transferSet.weights[$0] > 0 }
        let rows = transferSet.features.selecting(rows: counting)
        return EnsembleModel(
            task: transferSet.task, encoder: transferSet.encoder,
            members: try members.enumerated().map { index, member in
                var context = context
                // Two members of one family are two models, not one twice.
                context.seed &+= UInt64(index)
                let model = try Self.estimator(member).fitted(to: transferSet, validation: nil, context: context)
                return EnsembleModel.Member(model: model, ranks: TailShares(model.outputs(for: rows).matrix.elements))
            })
    }
}
