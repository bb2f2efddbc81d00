/// Everything that distinguishes one task from another. No other place in Attar lists or switches on tasks: what varies between them is asked here, and what only
/// depends on the shape of answers or truth is told from `AnswerForm` and `Truth`.
///
/// A task is one folder in `Tasks/` with its own `TaskKind` constant, and one line in `TaskKind.all`. Its four parts can be shared: a clustering teaches and writes its
/// answers as a classification does, and judges them otherwise.
public struct TaskKind: Registered {
    /// Its name, as in `--task classification`, in artifacts and in JSON.
    public let name: String
    /// One line for help.
    public let summary: String
    /// What the rows ask.
    public let posing: any Posing
    /// How a student learns it from a teacher.
    public let teaching: any Teaching
    /// How answers are judged.
    public let judging: any Judging
    /// How answers stand in a table.
    public let table: any AnswerTable
    /// How it is spoken of.
    public let words: TaskWords

    /// A task of the given parts.
    public init(
        name: String, summary: String, posing: any Posing, teaching: any Teaching, judging: any Judging,
        table: any AnswerTable, words: TaskWords
    ) {
        (self.name, self.summary, self.posing, self.teaching) = (name, summary, posing, teaching)
        (self.judging, self.table, self.words) = (judging, table, words)
    }

    /// The kind by which learning tasks name it.
    public var kind: LearningTask.Kind { LearningTask.Kind(rawValue: name) }

    /// The metrics of the task.
    public var metrics: MetricSet { judging.metrics }
}
