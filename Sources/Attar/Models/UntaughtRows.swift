internal import Compute

/// The rows of families that find by themselves what they answer: those that count, which nobody has answered.
struct UntaughtRows {
    /// Their features.
    let features: Matrix
    /// How much each counts, above 0.
    let weights: [Float]

    /// The rows of a transfer set that count.
    ///
    /// - Parameters:
    ///   - kind: the task that the family answers.
    ///   - example: how it is named as a teacher, such as `kmeans[10]`.
    /// - Throws: `AttarError` (`invalidSetting`) where labels or a teacher say what is right.
    init(_ set: TransferSet, of family: Family, for kind: LearningTask.Kind, example: String) throws {
        guard set.task.kind == kind, set.teaching == nil, set.truth == .none else {
            throw AttarError(
                .invalidSetting,
                "\(family.name) finds what it answers by itself, and learns neither from labels nor from a teacher",
                remedy:
                    "Make it the teacher, as in --task \(kind) --teacher '\(example)', of a student such as tree or mlp"
            )
        }
        let counting = set.weights.indices.filter { set.weights[$0] > 0 }
        let isWhole = counting.count == set.count
        features = isWhole ? set.features : set.features.selecting(rows: counting)
        weights = isWhole ? set.weights : counting.map { set.weights[$0] }
    }
}
