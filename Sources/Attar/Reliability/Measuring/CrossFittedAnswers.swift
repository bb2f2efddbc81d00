package import Compute

/// Answers to all rows, each by models that had not seen it: those that learned from the other parts of the rows.
package struct CrossFittedAnswers: Sendable {
    /// How many parts there are.
    package let parts: Int
    /// For each seed the students' probabilities or values, in the order of the rows.
    package var students: [Matrix]
    /// The same of the twins; empty where there are none.
    package var twins: [Matrix]
    /// The teachers' that taught them.
    package var teacher: Matrix
    /// What was chosen for each part: student and strategy.
    package var choices: [String] = []

    /// Answers still to come.
    package init(parts: Int, students: Int, twins: Int, rows: Int, width: Int) {
        let none = Matrix(rows: rows, columns: width)
        self.parts = parts
        self.students = [Matrix](repeating: none, count: students)
        self.twins = [Matrix](repeating: none, count: twins)
        teacher = none
    }
}
