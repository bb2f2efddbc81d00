extension TaskKind {
    /// The same task where rows have no labels: what is learned is what the teacher answers, and what is judged is how closely a student keeps to it. A task that needs no labels
    /// anyway is itself.
    var taughtAlone: TaskKind {
        guard posing.needsTarget else { return self }
        let values = LearningTask(kind: kind, names: []).form == .values
        return TaskKind(
            name: name, summary: summary, posing: TaughtPosing(posing, of: kind), teaching: TaughtTeaching(teaching),
            judging: TaughtJudging(judging), table: table,
            words: TaskWords(
                main: words.fidelity, second: words.fidelity, outputs: words.outputs, fidelity: words.fidelity,
                kept: { "On \($0) test rows, whose labels are not known, the student\(values ? " has an" : "")" },
                wouldAdd: Self.wouldAdd, cardTask: words.cardTask))
    }

    /// What a small part of the rows with labels would add to a student that has learned without any, as a sentence.
    private static let wouldAdd = """
        Without labels nobody knows how often the teacher is right, and so the student: about \(TaughtJudging.labelsThatTell) labelled rows (--target), drawn at random, \
        would tell it within 5 points, hold the student against one that learned from labels alone, and teach where the teacher is wrong.
        """
}
