extension TaskKind {
    /// How strange a row is.
    public static let anomaly = TaskKind(
        name: LearningTask.Kind.anomaly.rawValue,
        summary: "how strange a row is, as a number; a higher one is stranger",
        posing: AnomalyPosing(), teaching: AnomalyTeaching(), judging: AnomalyJudging(), table: ScoreTable(),
        words: TaskWords(
            main: "order", second: "order", outputs: "scores", fidelity: "order",
            kept: { "On \($0) test rows, which are new to it, the student's scores have a" },
            cardTask: "tabular-regression"))
}
