internal import Compute

/// The desk that `TaughtRows` lends to a fit.
final class TeacherDesk: Desk {
    private let taught: TaughtRows
    /// The fold that is held out of the fit.
    private let fold: Int?
    private let memory: AnswerMemory

    init(_ taught: TaughtRows, holdingOut fold: Int?, _ memory: AnswerMemory) {
        (self.taught, self.fold, self.memory) = (taught, fold, memory)
    }

    var task: LearningTask { taught.task }

    var tokenizer: Tokenizer? { taught.teacher.teacher.tokenizer }

    var answersKnownRowsOnly: Bool { taught.teacher.teacher.answersKnownRowsOnly }

    /// The answers of whoever has not seen the fold that is named, else the one that is held out of the fit.
    func answers(to rows: Dataset, holdingOut fold: Int?) throws -> Answers {
        let asked = taught.teacher(holdingOut: fold ?? self.fold)
        let copy = taught.foldTeachers.isEmpty ? nil : fold ?? self.fold
        return try memory.answers("\(copy ?? -1) \(rows.fingerprint.hex)") {
            try waiting(for: { try await asked.answers(to: rows) })
        }
    }
}
