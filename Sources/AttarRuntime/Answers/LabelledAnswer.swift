/// A model's answer to one row, under the names of its task.
public struct LabelledAnswer: Sendable {
    /// What is answered.
    public let task: LearningTask
    /// One number a class or output, in the order of the task's names: probabilities, or values in the target's own units.
    public let numbers: ArraySlice<Float>
    /// Which class is answered; nil for the likeliest.
    public let rule: AnswerRule?

    /// An answer of the given numbers.
    ///
    /// - Precondition: there is one for each of the task's names.
    public init(task: LearningTask, numbers: ArraySlice<Float>, rule: AnswerRule? = nil) {
        precondition(numbers.count == task.width, "\(numbers.count) numbers for \(task.width) names")
        (self.task, self.numbers, self.rule) = (task, numbers, rule)
    }

    /// The likeliest class, of equal ones the first; with a rule the class that it says. Empty where the task answers values.
    public var label: String { answered.map { task.names[$0 - numbers.startIndex] } ?? "" }

    /// The probability of `label`; NaN where the task answers values.
    public var probability: Float { answered.map { numbers[$0] } ?? .nan }

    /// Each class's probability by its name; empty where the task answers values.
    public var probabilities: [String: Float] { task.form == .probabilities ? named : [:] }

    /// The value, of several the first; NaN where the task answers classes.
    public var value: Float { task.form == .values ? numbers.first ?? .nan : .nan }

    /// Each output's value by its name; empty where the task answers classes.
    public var values: [String: Float] { task.form == .values ? named : [:] }

    private var named: [String: Float] { Dictionary(uniqueKeysWithValues: zip(task.names, numbers)) }

    /// The position of the class that is answered.
    private var answered: Int? {
        guard task.form == .probabilities, var best = numbers.indices.first else { return nil }
        if let rule { return numbers.startIndex + rule.answer(numbers) }
        for index in numbers.indices where numbers[index] > numbers[best] { best = index }
        return best
    }
}

extension LabelledAnswer: CustomStringConvertible {
    /// For example "gold (0.93)", or "price = 12.5".
    public var description: String {
        task.form == .probabilities
            ? "\(label) (\(probability))" : zip(task.names, numbers).map { "\($0) = \($1)" }.joined(separator: ", ")
    }
}
