extension TaskKind {
    /// One or more numbers a row.
    public static let regression = TaskKind(
        name: LearningTask.Kind.regression.rawValue, summary: "one or more numbers a row",
        posing: ValuePosing(), teaching: ValueTeaching(), judging: ValueJudging(), table: ValueTable(),
        words: TaskWords(
            main: "explained variance", second: "squared error", outputs: "outputs", cardTask: "tabular-regression"))
}
