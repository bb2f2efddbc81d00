/// Where a training run keeps its state from time to time, so that it can be taken up again after whatever ended it.
public final class Checkpoint {
    /// The state to go on from; nil to begin anew.
    public let state: TrainingState?

    private let interval: Duration
    private let store: (TrainingState) -> Void
    private var last = ContinuousClock.now

    /// A checkpoint.
    ///
    /// - Parameters:
    ///   - state: the state to go on from, if there is one.
    ///   - interval: the time from one saving to the next; zero saves after each step.
    ///   - store: keeps a state; called between two steps.
    public init(from state: TrainingState?, every interval: Duration, store: @escaping (TrainingState) -> Void) {
        (self.state, self.interval, self.store) = (state, interval, store)
    }

    /// Whether it is time to save.
    var isDue: Bool { ContinuousClock.now - last >= interval }

    /// Keeps a state.
    func save(_ state: TrainingState) {
        store(state)
        last = .now
    }
}
