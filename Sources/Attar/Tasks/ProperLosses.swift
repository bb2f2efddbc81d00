package import Compute

/// How far answers lie from what is right on each row, by a proper score: one that is best, on average, for whoever says what they believe.
///
/// The quadratic score of Brier (Monthly Weather Review 78, 1950) for classes, squared error for values in units of their variance. Unlike the log loss no row of classes
/// counts more than 2, so that a choice cannot hang on one of them.
package enum ProperLosses {
    /// Against what is right; 0 for rows of which that is not known. Empty where nothing is right.
    package static func of(_ answers: Matrix, to truth: Truth) -> [Double] {
        switch truth {
        case .none: []
        case .classes(let labels):
            (0..<answers.rows).map { row in
                guard labels[row] >= 0 else { return 0 }
                return (0..<answers.columns).reduce(0) { sum, column in
                    let gap = Double(answers[row, column]) - (column == Int(labels[row]) ? 1 : 0)
                    return sum + gap * gap
                }
            }
        case .values(let values): squares(answers, values, scaled: true)
        }
    }

    /// Against a teacher's answers.
    ///
    /// - Parameter form: what they are.
    package static func of(_ answers: Matrix, toTeacher teacher: Matrix, form: AnswerForm) -> [Double] {
        squares(answers, teacher, scaled: form == .values)
    }

    /// The sum over the columns of squared differences, the mean of those in units of each column's variance where it is to be scaled.
    private static func squares(_ answers: Matrix, _ right: Matrix, scaled: Bool) -> [Double] {
        let factors = (0..<right.columns).map { scaled ? factor(right, $0) / Double(right.columns) : 1 }
        return (0..<answers.rows).map { row in
            (0..<answers.columns).reduce(0) { sum, column in
                let gap = Double(answers[row, column]) - Double(right[row, column])
                return gap.isNaN ? sum : sum + factors[column] * gap * gap
            }
        }
    }

    /// 1 / variance of a column, 1 where it does not vary.
    private static func factor(_ values: Matrix, _ column: Int) -> Double {
        let known = (0..<values.rows).map { Double(values[$0, column]) }.filter(\.isFinite)
        guard !known.isEmpty else { return 1 }
        let mean = known.reduce(0, +) / Double(known.count)
        let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count)
        return variance > 0 ? 1 / variance : 1
    }
}
