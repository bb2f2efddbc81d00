internal import Compute

/// Refuses clusters from which nothing can be learned.
enum ClusterCheck {
    /// Refuses all that is not at least two clusters.
    ///
    /// - Parameter names: those that occur, noise among them.
    static func require(_ names: some Sequence<String>, of whom: String, in rows: Dataset) throws {
        let clusters = names.filter { !ClusterPosing.isNoise($0) }
        if clusters.isEmpty {
            throw AttarError(
                .invalidTarget, "\(rows.source): \(whom) finds all \(rows.count) rows to be noise",
                remedy: "Cluster them otherwise, such as with smaller clusters: there is nothing to learn")
        }
        if clusters.count == 1 {
            let beside = Array(names).count > 1 ? " beside noise" : ""
            throw AttarError(
                .invalidTarget, "\(rows.source): \(whom) has the one cluster '\(clusters[0])'\(beside)",
                remedy: "Cluster the rows otherwise: at least two clusters are needed")
        }
    }

    /// What is said of a cluster that training rows do not have.
    static func unseen(_ name: String, in rows: Dataset, at positions: [Int]) -> AttarError {
        let others = positions.count > 1 ? " and \(positions.count - 1) more" : ""
        return AttarError(
            .invalidTarget,
            "\(rows.place(positions[0]))\(others): the cluster '\(name)' does not occur in the training rows, so no student can know it",
            remedy: "Give training rows of it, or leave those rows out")
    }

    /// Refuses a teacher's answers from which no clusters can be learned, and test rows in a cluster that training rows do not have.
    ///
    /// - Parameters:
    ///   - training: the answers to the training rows.
    ///   - test: those to the test rows, where they are at hand.
    static func require(
        _ training: Answers, to rows: Dataset, test: (answers: Answers, rows: Dataset)?, of task: LearningTask
    ) throws {
        let answered = training.matrix.argmax()
        let known = Set(training.knownRows.map { answered[$0] })
        try require(known.sorted().map { task.names[Int($0)] }, of: "the teacher", in: rows)
        guard let test else { return }
        let found = test.answers.matrix.argmax()
        let strange = test.answers.knownRows.filter { !known.contains(found[$0]) }
        if let row = strange.first {
            throw unseen(task.names[Int(found[row])], in: test.rows, at: strange.filter { found[$0] == found[row] })
        }
    }
}
