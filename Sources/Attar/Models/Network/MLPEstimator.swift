internal import Compute

/// Trains a dense network: hidden layers with an activation, optional normalisation and dropout, and a linear output layer.
///
/// Targets of a regression are standardised for training, and the answers come back in the target's own units. With
/// validation rows, the epoch with the lowest validation loss is kept. The defaults were chosen on the bundled digits and
/// concrete data.
public struct MLPEstimator: Estimator {
    /// Units of each hidden layer, from input to output, at least 1 each; none for a linear model.
    public var hidden = [64, 32]
    /// The function after each hidden layer.
    public var activation = Activation.relu
    /// What stands between a hidden layer and its activation.
    public var normalization = Normalization.none
    /// The probability with which a hidden unit is left out of a training step, in [0, 1).
    public var dropout = 0.0
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
    /// Stops after so many epochs without a lower validation loss, at least 1; nil for never.
    public var patience: Int? = 30

    /// An estimator with the defaults.
    public init() {}

    /// The function after a hidden layer. More may be added.
    public struct Activation: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A function of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// max(x, 0)
        public static let relu = Activation(rawValue: "relu")
        /// x where positive, else x/100
        public static let leakyReLU = Activation(rawValue: "leakyReLU")
        /// x·Φ(x)
        public static let gelu = Activation(rawValue: "gelu")
        /// x·sigmoid(x)
        public static let silu = Activation(rawValue: "silu")
        /// The hyperbolic tangent.
        public static let tanh = Activation(rawValue: "tanh")
        /// 1/(1 + e⁻ˣ)
        public static let sigmoid = Activation(rawValue: "sigmoid")
    }

    /// What stands between a hidden layer and its activation. More may be added.
    public struct Normalization: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A normalisation of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Nothing.
        public static let none = Normalization(rawValue: "none")
        /// Batch normalisation; after training it is part of the weights.
        public static let batch = Normalization(rawValue: "batch")
        /// Layer normalisation.
        public static let layer = Normalization(rawValue: "layer")
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
        /// Gradient descent with momentum .9.
        public static let sgd = Optimizer(rawValue: "sgd")
        /// Gradient descent with Nesterov's momentum .9.
        public static let nesterov = Optimizer(rawValue: "nesterov")
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
    }
}
