/// How a task is spoken of in verdicts, tables and cards.
public struct TaskWords: Sendable {
    /// What the main figure is about: distilling helped the "answers".
    public let main: String
    /// What the second figure is about: "probabilities".
    public let second: String
    /// What one name among the task's outputs is: "classes".
    public let outputs: String
    /// What the fidelity figures are about: "fidelity to the teacher".
    public let fidelity: String
    /// For tasks without a twin, the beginning of the sentence on what the student keeps, from the number of test rows; nil for the usual one.
    public let kept: (@Sendable (Int) -> String)?
    /// What more would have to be known to say more of a student, as a sentence behind the verdict; nil for nothing.
    public let wouldAdd: String?
    /// What Hugging Face calls the task.
    public let cardTask: String

    /// The words of a task.
    public init(
        main: String, second: String, outputs: String, fidelity: String = "fidelity to the teacher",
        kept: (@Sendable (Int) -> String)? = nil, wouldAdd: String? = nil, cardTask: String
    ) {
        (self.main, self.second, self.outputs, self.fidelity) = (main, second, outputs, fidelity)
        (self.kept, self.wouldAdd, self.cardTask) = (kept, wouldAdd, cardTask)
    }
}
