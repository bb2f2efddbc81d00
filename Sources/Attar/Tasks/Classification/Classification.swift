extension TaskKind {
    /// One of several classes a row.
    public static let classification = TaskKind(
        name: LearningTask.Kind.classification.rawValue, summary: "one of several classes a row",
        posing: ClassPosing(), teaching: ClassTeaching(), judging: ClassJudging(), table: ClassTable(),
        words: TaskWords(
            main: "answers", second: "probabilities", outputs: "classes",
            cardTask: "tabular-classification"))
}
