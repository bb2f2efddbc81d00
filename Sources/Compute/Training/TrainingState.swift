/// All that a training run needs to go on, to the bit, from between two steps.
public struct TrainingState: Sendable {
    /// Parameters and states, as the run lays them out.
    public var values: [Float]
    /// What the optimiser keeps.
    public var moments: [Float]
    /// The running mean of the values; empty where none is kept.
    public var averages: [Float]
    /// The values of the best epoch so far; empty before the first.
    public var best: [Float]
    /// The order in which this epoch sees the rows.
    public var order: [Int32]
    /// Steps made.
    public var step: Int
    /// Epochs completed.
    public var epochs: Int
    /// Steps made in the present epoch.
    public var batch: Int
    /// The sum of the present epoch's losses, each times its rows.
    public var sum: Double
    /// The best epoch so far, counted from 1; 0 before the first.
    public var bestEpoch: Int
    /// Its validation loss.
    public var bestLoss: Double
    /// The losses of completed epochs.
    public var history: [EpochRecord]
    /// The states of the generators that shuffle, drop and mix, four words each.
    public var generators: [UInt64]

    /// A state of the given parts.
    public init(
        values: [Float], moments: [Float], averages: [Float], best: [Float], order: [Int32], step: Int, epochs: Int,
        batch: Int, sum: Double, bestEpoch: Int, bestLoss: Double, history: [EpochRecord], generators: [UInt64]
    ) {
        (self.values, self.moments, self.averages, self.best) = (values, moments, averages, best)
        (self.order, self.step, self.epochs, self.batch) = (order, step, epochs, batch)
        (self.sum, self.bestEpoch, self.bestLoss) = (sum, bestEpoch, bestLoss)
        (self.history, self.generators) = (history, generators)
    }
}
