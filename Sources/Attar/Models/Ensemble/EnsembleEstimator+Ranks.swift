internal import Compute

extension EnsembleEstimator {
    /// That of its members where they find by themselves how strange rows are: their scores are in units of their own, so that it is ranks that are averaged.
    public var ownTask: LearningTask? {
        let own = members.map { try? Self.estimator($0).ownTask }
        return !own.isEmpty && own.allSatisfy { $0 == .anomaly } ? .anomaly : nil
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
