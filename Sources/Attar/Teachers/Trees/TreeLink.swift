internal import Compute
internal import Foundation

/// How the margins of a model become the answers that its library gives.
struct TreeLink: Sendable, Equatable {
    /// What is done to the margins of a row.
    enum Function: Sendable, Equatable {
        /// Nothing.
        case identity
        /// 1 / (1 + exp(−steepness · z)).
        case logistic(steepness: Float)
        /// exp(z).
        case exponential
        /// ln(1 + exp(z)).
        case softplus
        /// z · |z|, which undoes a signed square root.
        case signedSquare
        /// exp(z) / Σ exp(z).
        case softmax
        /// Each margin's logistic function as a share of their sum.
        case logisticShares(steepness: Float)
        /// 1 above 0, else 0.
        case step
    }

    /// What is done to the margins.
    var function: Function
    /// Whether the answers are classes' probabilities; else they are values.
    var isClassifier: Bool
    /// Whether the answers are labels, so that probabilities are 0 or 1.
    var isHard = false
    /// Whether the library itself gives margins, so that these are the answers where nothing else is asked for.
    var givesMargins = false

    /// Whether a single number can as well be the probability of the second of two classes.
    var canBeProbability: Bool {
        if case .logistic = function { true } else { isClassifier }
    }

    /// What kind of numbers the answers are, for what is asked for and what the target is.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where the two do not go together.
    func kind(asked: Answers.Kind?, target: LearningTask?, named name: String) throws -> Answers.Kind {
        if let asked {
            guard asked != .values || !isClassifier else {
                throw AttarError(
                    .unusableTeacher, "the trees in '\(name)' answer with classes, not with values",
                    remedy: "Leave --output-kind out, or give probabilities or logits")
            }
            return asked
        }
        if isClassifier { return givesMargins ? .logits : .probabilities }
        return canBeProbability && target?.form == .probabilities ? .probabilities : .values
    }

    /// The margins as answers of a kind: (rows, margins.columns), or one more column where a single margin stands for two classes.
    func answers(_ margins: Matrix, as kind: Answers.Kind) -> Matrix {
        if kind == .logits {
            guard margins.columns == 1 else { return margins }
            return Self.pairs(margins.elements.map { (0, $0 * steepness) })
        }
        var elements = margins.elements
        switch function {
        case .identity: break
        case .logistic(let steepness):
            if kind == .probabilities, margins.columns == 1 {
                return Self.pairs(
                    elements.map { (Self.logistic(-steepness * $0), Self.logistic(steepness * $0)) })
            }
            for index in elements.indices { elements[index] = Self.logistic(steepness * elements[index]) }
        case .exponential: for index in elements.indices { elements[index] = exp(elements[index]) }
        case .softplus:
            for index in elements.indices {
                elements[index] = max(0, elements[index]) + log1p(exp(-abs(elements[index])))
            }
        case .signedSquare: for index in elements.indices { elements[index] *= abs(elements[index]) }
        case .softmax: return margins.softmax()
        case .logisticShares(let steepness):
            for row in 0..<margins.rows {
                let places = row * margins.columns..<(row + 1) * margins.columns
                var sum: Float = 0
                for place in places {
                    elements[place] = Self.logistic(steepness * elements[place])
                    sum += elements[place]
                }
                for place in places { elements[place] /= sum }
            }
        case .step: for index in elements.indices { elements[index] = elements[index] > 0 ? 1 : 0 }
        }
        if kind == .probabilities, margins.columns == 1 { return Self.pairs(elements.map { (1 - $0, $0) }) }
        return Matrix(rows: margins.rows, columns: margins.columns, elements: elements)
    }

    /// The number of columns of answers of a kind, from so many margins a row.
    func width(margins: Int, as kind: Answers.Kind) -> Int { kind != .values && margins == 1 ? 2 : margins }

    /// What a margin is multiplied by before it is a logit.
    private var steepness: Float {
        switch function {
        case .logistic(let steepness), .logisticShares(let steepness): steepness
        default: 1
        }
    }

    private static func logistic(_ margin: Float) -> Float { 1 / (1 + exp(-margin)) }

    private static func pairs(_ numbers: [(Float, Float)]) -> Matrix {
        var elements: [Float] = []
        elements.reserveCapacity(numbers.count * 2)
        for (first, second) in numbers {
            elements.append(first)
            elements.append(second)
        }
        return Matrix(rows: numbers.count, columns: 2, elements: elements)
    }
}
