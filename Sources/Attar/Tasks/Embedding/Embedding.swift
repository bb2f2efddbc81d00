extension TaskKind {
    /// A point a row, whose direction says what the row means.
    public static let embedding = TaskKind(
        name: LearningTask.Kind.embedding.rawValue, summary: "a point a row, whose direction says what the row means",
        posing: EmbeddingPosing(), teaching: EmbeddingTeaching(), judging: EmbeddingJudging(), table: CoordinateTable(),
        words: TaskWords(
            main: "similarities", second: "similarities", outputs: "coordinates",
            kept: { "The student's similarities of \($0) rows correlate with the teacher's:" },
            cardTask: "sentence-similarity"))
}
