import Attar
import Compute

/// A model that learns nothing but how often each class stood in its training rows, and answers every row with that.
///
/// Where each fold is a class of its own, its answers tell which folds it has seen: the others' classes have probability 0.
struct Census: Estimator {
    static let family = Family(
        summary: "the shares of the classes", estimator: Census.self, model: CensusModel.self)

    init() {}

    init(_ specification: Specification) throws {}

    func validate() throws {}

    func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        var shares = [Float](repeating: 0, count: transferSet.task.width)
        for label in transferSet.labels { shares[Int(label)] += 1 / Float(transferSet.count) }
        return CensusModel(task: transferSet.task, encoder: transferSet.encoder, shares: shares)
    }
}

/// The shares of the classes, for every row.
struct CensusModel: Model {
    static let familyName = "census"
    let task: LearningTask
    let encoder: FeatureEncoder
    let shares: [Float]

    init(task: LearningTask, encoder: FeatureEncoder, shares: [Float]) {
        self.task = task
        self.encoder = encoder
        self.shares = shares
    }

    init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        self.init(task: task, encoder: encoder, shares: try description.floats("shares", shape: [task.width]))
    }

    var description: ModelDescription {
        ModelDescription(family: Self.familyName, tensors: ["shares": Tensor(shares, shape: [shares.count])])
    }

    func outputs(for features: Matrix) -> Answers {
        let elements = (0..<features.rows).flatMap { _ in shares }
        return Answers(.probabilities, Matrix(rows: features.rows, columns: shares.count, elements: elements))
    }
}
