/// Rows without a target: what is right is what the teacher says.
public struct EmbeddingPosing: Posing {
    /// The posing of embeddings.
    public init() {}

    public var needsTarget: Bool { false }

    /// Nothing is: embeddings are asked for by name.
    public func isMeant(by columns: [Column]) -> Bool { false }

    public func target(
        _ name: String, from columns: [Column], of rows: Dataset, matching task: LearningTask?
    ) throws -> Target {
        throw AttarError(
            .invalidTarget, "an embedding has no target, but '\(name)' is named as one", remedy: "Leave the target out")
    }

    /// The rows, to be answered as the teacher does.
    public func problem(_ rows: Dataset, answeredAs task: LearningTask?) throws -> Problem {
        guard let task else {
            throw AttarError(
                .unusableTeacher, "how wide embeddings are, only a teacher tells, and there is none",
                remedy: "Name one with --teacher")
        }
        guard task.form == .values else {
            throw AttarError(
                .unusableTeacher, "the teacher answers with \(task.width) classes, and an embedding takes points",
                remedy: "Name another output with --teacher-output, or give --task classification and a target")
        }
        return Problem(task: .embedding(width: task.width), rows: rows, truth: .none)
    }

    /// All rows are alike.
    public func strata(of target: Target) -> [Int32] { [Int32](repeating: 0, count: target.count) }
}
