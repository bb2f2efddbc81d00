internal import Compute

/// Measures everything that test rows and models say of each other, besides the figures.
package struct EvidenceCollector {
    /// The test rows with the answers to them.
    let judged: JudgedRows
    /// The models themselves, where they can be asked about other rows; the teacher is nil where it is not at hand.
    let models: SideBySide<any Model>
    /// The teacher, of whatever kind; nil where there is none.
    let teacher: TeacherAnswers?
    /// The rows that the student learned from, where they are at hand.
    let training: Dataset?
    /// What is known of the student beforehand.
    let reliability: StudentReliability
    /// Told how far it is.
    let progress: ProgressHandler

    /// - Parameters:
    ///   - models: student and label-only student; `teacher` in it is not looked at.
    ///   - teacher: who may be asked about changed rows; nil for nobody.
    ///   - training: the rows that the student learned from; nil where they are not at hand.
    package init(
        _ judged: JudgedRows, models: SideBySide<any Model>, teacher: TeacherAnswers?, training: Dataset?,
        reliability: StudentReliability = StudentReliability(), progress: @escaping ProgressHandler = { _ in .more }
    ) {
        self.judged = judged
        self.models = models
        self.teacher = teacher
        self.training = training
        self.reliability = reliability
        self.progress = progress
    }

    /// All parts that can be measured without training anything.
    package func collected() async throws -> Evidence {
        var evidence = Evidence()
        try report(RunProgress(phase: "weighing the evidence", completed: 0, total: nil, unit: "parts"), to: progress)
        let sample = try trainingSample()
        try addSlices(to: &evidence, sample)
        try addCoverage(to: &evidence)
        try await addShift(to: &evidence, sample)
        try await addLearning(to: &evidence, sample)
        return evidence
    }
}
