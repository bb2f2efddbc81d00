extension TaskKind {
    /// One of several classes a row.
    public static let classification = TaskKind(
        name: LearningTask.Kind.classification.rawValue, summary: "one of several classes a row",
        posing: ClassPosing(), teaching: ClassTeaching(), judging: ClassJudging(), table: ClassTable(),
        words: TaskWords(
            main: "answers", second: "probabilities", outputs: "classes",
            fidelity: { "The student gives the teacher's answer on \($0) of the test rows." },
            cardTask: "tabular-classification"))
}
