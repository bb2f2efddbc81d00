/// Students of embeddings learn from the teacher's points alone.
public struct EmbeddingTeaching: Teaching {
    /// The teaching of embeddings.
    public init() {}

    public var hasTwin: Bool { false }

    public var losses: [DistillationLoss.Preset] {
        DistillationLoss.valuePresets.filter { !$0.loss.terms.contains { $0.kind.isOnLabels } }
    }

    public func usualLoss(knownClasses: Int?) -> String { "teacher" }

    public var labelLoss: DistillationLoss { .labelsOnly(.values) }

    /// Coordinates have no names: each stands where the teacher has it.
    public func alignment(of teacher: LearningTask, to task: LearningTask) throws -> [Int] {
        Array(0..<teacher.width)
    }
}
