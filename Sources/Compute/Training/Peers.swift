/// Two training runs that teach each other while both learn: each is asked, as it is at present, about the batches of the other.
///
/// Source: Zhang, Xiang, Hospedales and Lu, "Deep Mutual Learning" (CVPR 2018), algorithm 1, with batches that each run draws for itself. The runs
/// take turns step by step; where one has more steps to make than the other, the one that is behind in its share of them is next, the first where
/// both are as far. So the result for a seed is always the same.
public final class Peers {
    private let (first, second): (TrainingRun, TrainingRun)

    /// Two runs over the same features and outputs.
    ///
    /// - Precondition: none has made a step.
    public init(_ first: TrainingRun, _ second: TrainingRun) {
        precondition(first.step == 0 && second.step == 0, "both begin together")
        (self.first, self.second) = (first, second)
        first.learn(from: second)
        second.learn(from: first)
    }

    /// Whose step is next; nil at the end.
    private var next: TrainingRun? {
        if second.step < second.steps, first.step == first.steps || second.isBehind(first) { return second }
        return first.step < first.steps ? first : nil
    }

    /// Trains both to their ends.
    ///
    /// - Parameter progress: called after each step of the first.
    /// - Returns: each run's weights after its last step, or their running means.
    public func trained(
        progress: (TrainingProgress) -> TrainingProgress.Answer = { _ in .more }
    ) throws(TrainingError) -> (first: TrainingResult, second: TrainingResult) {
        var histories: [[EpochRecord]] = [[], []]
        while let next {
            let loss = try next.advance()
            if let mean = next.completedEpoch {
                histories[next === first ? 0 : 1].append(EpochRecord(trainingLoss: mean, validationLoss: nil))
            }
            guard next === first else { continue }
            if progress(TrainingProgress(step: next.step, steps: next.steps, loss: loss)) == .stop {
                throw TrainingError(
                    code: .stopped, problem: "Training was stopped at step \(next.step) of \(next.steps)",
                    remedy: "Start it again to train to the end")
            }
        }
        let results = zip([first, second], histories).map { run, history in
            run.swapAverages()
            return TrainingResult(weights: run.parameters.weights, bestEpoch: history.count, history: history)
        }
        return (results[0], results[1])
    }
}

extension TrainingRun {
    /// Whether this run has made a smaller share of its steps.
    fileprivate func isBehind(_ other: TrainingRun) -> Bool { step * other.steps < other.step * steps }
}

/// A run under way that answers the batches of another. Reads its parameters as they are, and allocates nothing.
final class PeerSession {
    private let plan: Plan

    init(_ graph: Graph, _ parameters: ParameterBuffer, capacity: Int, workers: Workers) {
        plan = Plan(
            graph.withoutTaps(), capacity: capacity, parameters: parameters, purpose: .validation, workers: workers)
    }

    /// Its logits or values for a batch, (rows, outputs).
    func answers(to features: UnsafePointer<Float>, rows: Int) -> UnsafePointer<Float> {
        plan.forward(rows: rows, of: features)
        return UnsafePointer(plan.output)
    }
}
