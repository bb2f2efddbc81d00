import Attar
import Compute

/// A model that knows only which rows it learned from: those it answers with the first class, all others with the second.
struct Witness: Estimator {
    static let family = Family(
        summary: "whether it has seen a row", estimator: Witness.self, model: WitnessModel.self)

    init() {}

    init(_ specification: Specification) throws {}

    func fitted(
        to transferSet: TransferSet, validation: TransferSet?, context: FittingContext
    ) throws -> any Model {
        WitnessModel(task: transferSet.task, encoder: transferSet.encoder, seen: transferSet.features)
    }
}

/// Tells rows that were learned from.
struct WitnessModel: Model {
    static let familyName = "witness"
    let task: LearningTask
    let encoder: FeatureEncoder
    let seen: Matrix

    init(task: LearningTask, encoder: FeatureEncoder, seen: Matrix) {
        (self.task, self.encoder, self.seen) = (task, encoder, seen)
    }

    init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
        let numbers = try description.floats("seen", shape: description.tensors["seen"]?.shape ?? [])
        self.init(
            task: task, encoder: encoder,
            seen: Matrix(rows: numbers.count / encoder.width, columns: encoder.width, elements: numbers))
    }

    var description: ModelDescription {
        ModelDescription(
            family: Self.familyName, tensors: ["seen": Tensor(seen.elements, shape: [seen.rows, seen.columns])])
    }

    func outputs(for features: Matrix) -> Answers {
        let known = Set((0..<seen.rows).map { Array(seen.row($0)) })
        let elements = (0..<features.rows).flatMap { known.contains(Array(features.row($0))) ? [1, 0] : [0, 1] }
        return Answers(.probabilities, Matrix(rows: features.rows, columns: 2, elements: elements.map { Float($0) }))
    }
}
