/// Where a fit asks the teacher while it learns: about views of pictures, about each token of a vocabulary, about what the student itself has written.
///
/// The desk is lent by the stage that holds the teacher, which meters what is asked and remembers answers by the rows' contents. Asking blocks, and is done on threads of
/// Attar's own, never on Swift's concurrency pool.
public protocol Desk: AnyObject, Sendable {
    /// What is answered.
    var task: LearningTask { get }

    /// The tokenizer whose ids whoever answers reads in a column `input_ids`; nil where texts are read.
    var tokenizer: Tokenizer? { get }

    /// Whether whoever answers knows the run's own rows only, as a file of answers does.
    var answersKnownRowsOnly: Bool { get }

    /// The teacher's answers to rows of any kind that it reads, (rows.count, task.width); what stands in a row that is not `known` is no answer.
    ///
    /// - Parameter fold: the fold that whoever answers may not have seen; nil for the teacher itself.
    /// - Throws: as asking the teacher does.
    func answers(to rows: Dataset, holdingOut fold: Int?) throws -> Answers
}

extension Desk {
    /// Most who answer read no ids of tokens.
    public var tokenizer: Tokenizer? { nil }
    /// Most who answer can be asked about any row.
    public var answersKnownRowsOnly: Bool { false }
}
