/// The figures of a task, in the order in which they are listed, and what each is for.
public struct MetricSet: Sendable {
    /// What models are compared by: accuracy, R².
    public let main: Metric
    /// What tells models apart that the main figure does not: log loss, squared error.
    public let second: Metric
    /// How closely the student keeps to its teacher.
    public let fidelity: Metric
    /// How far the student's answers lie from its teacher's where `fidelity` tells no more; nil where that says it all.
    public let divergence: Metric?
    /// What the mean of rows' losses is: accuracy, squared error.
    public let row: Metric
    /// All that are measured, the ones named above included.
    public let all: [Metric]
    /// Those that are shown for each seed.
    public let bySeed: [Metric]

    /// The figures of a task. Size and time of a model are added to them.
    public init(
        main: Metric, second: Metric, fidelity: Metric, divergence: Metric? = nil, row: Metric, others: [Metric] = [],
        bySeed: [Metric] = []
    ) {
        (self.main, self.second, self.fidelity, self.row, self.bySeed) = (main, second, fidelity, row, bySeed)
        self.divergence = divergence
        var all: [Metric] = []
        for metric in [main, second, fidelity, row] + others + [divergence].compactMap({ $0 }) + [
            .bytes, .latencyMicroseconds,
        ]
        where !all.contains(metric) { all.append(metric) }
        self.all = all
    }

    /// All of them in the order in which metrics are listed everywhere; those of other tasks' making last.
    public var listed: [Metric] {
        let places = Dictionary(uniqueKeysWithValues: Metric.all.enumerated().map { ($1, $0) })
        return all.enumerated().sorted {
            (places[$0.element] ?? Int.max, $0.offset) < (places[$1.element] ?? Int.max, $1.offset)
        }.map(\.element)
    }
}
