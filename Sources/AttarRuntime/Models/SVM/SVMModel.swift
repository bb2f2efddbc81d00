public import Compute

/// A support vector machine: kernels between a row and the support vectors, weighed and added up.
///
/// Classifiers hold one machine a pair of classes. A sigmoid makes each decision value a probability within its pair, the
/// pairs are coupled into class probabilities, and a temperature corrects how sure they are; all of it fitted on rows that the
/// machines had not seen. Regressors hold one machine an output, over the standardised target.
public struct SVMModel: Model {
    public static let familyName = "svm"

    public let task: LearningTask
    public let encoder: FeatureEncoder
    /// The machines.
    package let machine: KernelMachine
    /// For classification, how decision values become probabilities.
    package let coupling: PairCoupling?
    /// For regression, each output's mean and deviation, (outputs, 2).
    package let scaling: [Float]

    public func outputs(for features: Matrix) -> Answers {
        let decisions = machine.decisions(for: features)
        if let coupling { return Answers(.probabilities, coupling.probabilities(decisions, width: task.width)) }
        var values = decisions
        for row in 0..<values.rows {
            for output in 0..<values.columns {
                values[row, output] = values[row, output] * scaling[2 * output + 1] + scaling[2 * output]
            }
        }
        return Answers(.values, values)
    }

    public var description: ModelDescription {
        var description = ModelDescription(
            family: Self.familyName,
            settings: .object(["kernel": .string(machine.kernel.name), "vectors": .number(Double(machine.vectorCount))]
            ),
            tensors: machine.tensors)
        if let coupling {
            description.tensors.merge(coupling.tensors) { $1 }
        } else {
            description.tensors["scaling"] = Tensor(scaling, shape: [task.width, 2])
        }
        return description
    }

    public init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        machine = try KernelMachine(description, width: encoder.width, pairwise: task.form == .probabilities)
        self.task = task
        self.encoder = encoder
        if task.form == .probabilities {
            coupling = try PairCoupling(description, classes: machine.groups.count, width: task.width)
            scaling = []
        } else {
            coupling = nil
            scaling = try description.floats("scaling", shape: [task.width, 2])
            guard machine.groups.count == task.width, scaling.allSatisfy(\.isFinite) else {
                throw AttarError(.malformedArtifact, "the svm model does not have one machine an output")
            }
        }
    }

    /// A model of fitted parts.
    package init(
        task: LearningTask, encoder: FeatureEncoder, machine: KernelMachine, coupling: PairCoupling?, scaling: [Float]
    ) {
        self.task = task
        self.encoder = encoder
        self.machine = machine
        self.coupling = coupling
        self.scaling = scaling
    }
}
