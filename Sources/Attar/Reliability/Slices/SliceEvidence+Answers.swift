internal import Compute

extension SliceEvidence {
    /// The slices on which one model falls behind another, from their answers to labelled rows that neither has learned from.
    ///
    /// - Parameters:
    ///   - student: the answers of the model that is judged; its figures stand under `student`.
    ///   - teacher: the answers of the model that it is compared with; nil gives figures alone.
    ///   - rows: the rows with their target. Every column makes slices, whether models read it or not.
    ///   - seed: the deals of the test follow from it.
    ///   - level: the chance of a false alarm on any slice, above 0 and below 1.
    ///   - catalogue: the tasks that there are.
    /// - Throws: `AttarError`: `invalidTarget` where the rows have no target or a class that is not known; `unusableTeacher` where answers are not finite
    ///   numbers, one row a row and one column a class or output; `invalidSetting`.
    public init(
        student: Answers, teacher: Answers? = nil, on rows: Dataset, seed: UInt64 = 1, level: Double = 0.02,
        catalogue: Catalogue = .standard
    ) throws {
        let target = try rows.knownTarget
        let kind = try catalogue.task(target.task.kind)
        guard level > 0, level < 1 else {
            throw AttarError(.invalidSetting, "level is \(level), but must be between 0 and 1")
        }
        if let row = target.labels.firstIndex(of: -1) {
            throw AttarError(
                .invalidTarget, "\(rows.place(row)): the class is not known", remedy: "Leave such rows out")
        }
        self.init(
            of: JudgedRows(
                try kind.posing.problem(rows, answeredAs: nil), of: kind,
                answers: SideBySide(
                    student: try student.answers(to: target), teacher: try teacher?.answers(to: target)),
                seed: seed, dataKinds: catalogue.dataKinds), level: level, threads: availableThreads())
    }
}
