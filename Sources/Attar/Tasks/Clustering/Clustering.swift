extension TaskKind {
    /// A cluster a row: which rows belong together.
    public static let clustering = TaskKind(
        name: LearningTask.Kind.clustering.rawValue, summary: "a cluster a row: which rows belong together",
        posing: ClusterPosing(), teaching: ClusterTeaching(), judging: ClusterJudging(), table: ClusterTable(),
        words: TaskWords(
            main: "clusters", second: "clusters", outputs: "clusters", fidelity: "clusters",
            kept: {
                "On \($0) test rows, whose clusters were held back, the student keeps its teacher's clusters with an"
            },
            cardTask: "tabular-classification"))
}
