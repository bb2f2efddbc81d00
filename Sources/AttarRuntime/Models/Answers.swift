public import Compute

/// A teacher's or student's answers: one row an input row, one column a class or value.
///
/// They are told in full (`dense`), by the likeliest classes (`sparse`), or in words (`texts`). Where an input row has several answers, as a document has sentences, `offsets`
/// say whose they are; where a teacher knows some rows only, `known` says which.
public struct Answers: Hashable, Sendable {
    /// What the numbers are. More kinds may be added.
    public struct Kind: Hashable, Codable, Sendable, RawRepresentable {
        public let rawValue: String

        /// A kind of the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Non-negative numbers that sum to 1 in each row.
        public static let probabilities = Kind(rawValue: "probabilities")
        /// Unbounded scores whose softmax gives the probabilities.
        public static let logits = Kind(rawValue: "logits")
        /// Predicted values of a regression, in the target's own units.
        public static let values = Kind(rawValue: "values")
    }

    /// The answers, one after the other.
    public enum Body: Hashable, Sendable {
        /// All numbers, (answers, task.width).
        case dense(Matrix)
        /// The classes that are told with their probabilities, and what all others have together, one an answer; `width` classes there are.
        case sparse(Ragged, tail: [Float], width: Int)
        /// Texts; the empty one says nothing.
        case texts([String])

        /// Number of answers.
        public var count: Int {
            switch self {
            case .dense(let matrix): matrix.rows
            case .sparse(let classes, _, _): classes.rows
            case .texts(let texts): texts.count
            }
        }

        /// The answers at the given positions, in that order.
        public func selecting(_ positions: [Int]) -> Body {
            switch self {
            case .dense(let matrix): .dense(matrix.selecting(rows: positions))
            case .sparse(let classes, let tail, let width):
                .sparse(classes.selecting(positions), tail: positions.map { tail[$0] }, width: width)
            case .texts(let texts): .texts(positions.map { texts[$0] })
            }
        }
    }

    /// What the numbers are.
    public let kind: Kind
    /// The answers.
    public let body: Body
    /// Where each input row's answers begin, and after the last row where they end, (rows + 1); nil where each row has one.
    public let offsets: [Int]?
    /// Whether each input row was answered, (rows); what stands there for the others means nothing. Nil where all were.
    public let known: [Bool]?

    /// One answer a row, all numbers told.
    public init(_ kind: Kind, _ matrix: Matrix) {
        self.init(kind, .dense(matrix))
    }

    /// Probabilities or values as a task asks for them: one answer a row, all numbers told.
    public init(_ matrix: Matrix, to task: LearningTask) {
        self.init(task.form == .probabilities ? .probabilities : .values, .dense(matrix))
    }

    /// Answers of the given parts.
    ///
    /// - Precondition: offsets rise from 0 to the number of answers; there is a tail for each sparse answer; `known` has one entry a row.
    public init(_ kind: Kind, _ body: Body, offsets: [Int]? = nil, known: [Bool]? = nil) {
        if case .sparse(let classes, let tail, let width) = body {
            precondition(tail.count == classes.rows, "a tail for each answer")
            precondition(kind == .probabilities && classes.ids.allSatisfy { $0 < width }, "probabilities of classes")
        }
        if let offsets {
            precondition(
                offsets.first == 0 && offsets.last == body.count && zip(offsets, offsets.dropFirst()).allSatisfy(<=),
                "offsets rise from 0 to the number of answers")
        }
        (self.kind, self.body, self.offsets, self.known) = (kind, body, offsets, known)
        precondition(known.map { $0.count == count } ?? true, "known or not for each row")
    }

    /// Number of input rows.
    public var count: Int { offsets.map { $0.count - 1 } ?? body.count }

    /// Positions of the input rows that were answered.
    public var knownRows: [Int] { (0..<count).filter { known?[$0] ?? true } }

    /// The numbers of all outputs, (answers, task.width). Where only some classes are told, the others share evenly what they have together.
    ///
    /// - Precondition: the body holds numbers, as every model's does whose task has classes or values.
    public var matrix: Matrix {
        switch body {
        case .dense(let matrix): matrix
        case .sparse(let classes, let tail, let width): classes.full(width: width, tail: tail)
        case .texts: preconditionFailure("texts are no numbers; switch on the body")
        }
    }

    /// The answers to the rows at the given positions, in that order.
    public func selecting(rows positions: [Int]) -> Answers {
        let known = known.map { known in positions.map { known[$0] } }
        guard let offsets else { return Answers(kind, body.selecting(positions), known: known) }
        var (chosen, starts): ([Int], [Int]) = ([], [0])
        for row in positions {
            chosen.append(contentsOf: offsets[row]..<offsets[row + 1])
            starts.append(chosen.count)
        }
        return Answers(kind, body.selecting(chosen), offsets: starts, known: known)
    }
}
