/// How a network is trained, whatever its design: settings that every family of networks shares.
public struct NetworkTraining: Hashable, Codable, Sendable {
    /// The most passes over the transfer set, at least 1.
    public var epochs = 150
    /// The number of passes over which the learning rate changes, where it is not `epochs`: a refit that stops earlier
    /// keeps the rates that the first fit had.
    public var scheduledEpochs: Int?
    /// Rows a step, at least 1.
    public var batchSize = 32
    /// How weights follow their gradients.
    public var optimizer = Optimizer.adam
    /// The learning rate, above 0.
    public var learningRate = 5e-3
    /// How strongly weights are drawn to 0, 0 or more; decoupled from the gradient for `adamw`.
    public var weightDecay = 0.0
    /// How the learning rate changes over the run.
    public var schedule = Schedule.cosine
    /// The share of the run during which the learning rate climbs to its height, in [0, 1).
    public var warmUp = 0.0
    /// The greatest length that a step's gradient may have, above 0; nil for any.
    public var clipping: Double?
    /// How slowly a running mean of the weights, which is what is kept, forgets: above 0, below 1; nil keeps the last weights.
    public var averaging: Double?
    /// The share of a label's weight that goes to all classes alike, in [0, 1).
    public var labelSmoothing = 0.0
    /// Parts that a batch is worked off in, at least 1; more take less memory and give the same result but for rounding.
    public var accumulation = 1
    /// Stops after so many epochs without a lower validation loss, at least 1; nil for never.
    public var patience: Int? = 30

    /// The settings that suit small tables.
    public init() {}

    /// The settings that suit pictures: fewer passes in larger batches.
    public static var pictures: NetworkTraining {
        var training = NetworkTraining()
        training.epochs = 20
        training.batchSize = 128
        training.patience = nil
        training.optimizer = .adamW
        training.weightDecay = 0.01
        training.warmUp = 0.1
        return training
    }

    /// The settings that suit short texts: few passes, since tables of tokens learn rows by heart, and gradients of bounded length.
    public static var texts: NetworkTraining {
        var training = NetworkTraining()
        training.epochs = 15
        training.patience = nil
        training.optimizer = .adamW
        training.weightDecay = 0.01
        training.warmUp = 0.1
        training.clipping = 1
        return training
    }

    /// How weights follow their gradients. More may be added.
    public struct Optimizer: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// An optimiser of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Adam.
        public static let adam = Optimizer(rawValue: "adam")
        /// Adam with decoupled weight decay.
        public static let adamW = Optimizer(rawValue: "adamw")
        /// Lion, with decoupled weight decay; wants a tenth of Adam's learning rate.
        public static let lion = Optimizer(rawValue: "lion")
        /// Gradient descent with momentum .9.
        public static let sgd = Optimizer(rawValue: "sgd")
        /// Gradient descent with Nesterov's momentum .9.
        public static let nesterov = Optimizer(rawValue: "nesterov")

        /// Those that there are.
        static let all: [Optimizer] = [adam, adamW, sgd, nesterov, lion]
    }

    /// How the learning rate changes after the warm-up. More may be added.
    public struct Schedule: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A schedule of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Not at all.
        public static let constant = Schedule(rawValue: "constant")
        /// Down to 0 along half a cosine wave.
        public static let cosine = Schedule(rawValue: "cosine")
        /// To a third after each third of the run.
        public static let step = Schedule(rawValue: "step")

        /// Those that there are.
        static let all: [Schedule] = [constant, cosine, step]
    }
}
