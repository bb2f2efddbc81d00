/// The end of a training graph: from a batch of outputs and what they should be, one number and its gradient.
///
/// Called once a batch, so that a loss can be any Swift value without costing a call an element.
public protocol LossFunction: Sendable {
    /// The weighted sum of the rows' losses divided by `batch.divisor`, and its gradient.
    ///
    /// - Parameters:
    ///   - batch: borrowed buffers, valid during the call only.
    ///   - gradient: receives ∂loss/∂outputs, (rows, width), overwritten; nil where only the value is wanted.
    func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double

    /// Whether the loss is a sum over rows, so that some rows' part of it can be computed without the others: false unless said otherwise.
    var isSumOverRows: Bool { get }

    /// Number of floats of working space that it needs for batches of so many rows with these taps: `LossBatch.scratch`.
    func scratchCount(rows: Int, taps: UnsafeBufferPointer<LossTap>) -> Int
}

extension LossFunction {
    public var isSumOverRows: Bool { false }

    /// Most losses need none.
    public func scratchCount(rows: Int, taps: UnsafeBufferPointer<LossTap>) -> Int { 0 }
}

/// The buffers of one batch, borrowed.
public struct LossBatch {
    /// Number of rows.
    public var rows: Int
    /// Number of outputs a row.
    public var width: Int
    /// The student's logits or values, (rows, width).
    public var outputs: UnsafePointer<Float>
    /// The teacher's logits or values, (rows, width); nil where there is no teacher or only some classes of its answers are known.
    public var softTargets: UnsafePointer<Float>?
    /// The classes of the teacher's answers that are known; nil where all are, or there is no teacher.
    public var listed: ListedTargets?
    /// The present answers of a student that learns at the same time, (rows, width); nil where there is none.
    public var peer: UnsafePointer<Float>?
    /// Each row's class, −1 where unknown, (rows); nil for regression.
    public var labels: UnsafePointer<Int32>?
    /// Each row's values, NaN where unknown, (rows, width); nil for classification.
    public var values: UnsafePointer<Float>?
    /// How much each row counts, (rows).
    public var weights: UnsafePointer<Float>
    /// How much each row counts for what compares it with the teacher, (rows): 0 where the teacher's answer is unknown. Nil for as much as
    /// `weights` says.
    public var taughtWeights: UnsafePointer<Float>?
    /// Answers of a sequence, which lie side by side: 1 where rows are no sequences.
    public var positions = 1
    /// How many answers of each sequence count, (rows / positions); nil where all do. The weights of those behind are 0.
    public var lengths: UnsafePointer<Int32>?
    /// What the weighted sum is divided by: the batch's share of the total weight, so that the value and the gradient
    /// do not depend on how the batch is cut.
    public var divisor: Double
    /// The graph's taps, in order. A loss writes every gradient that is there: 0 for a tap that it does not use.
    public var taps = UnsafeBufferPointer<LossTap>(start: nil, count: 0)
    /// Working space of the size that the loss asked for, in training; its content is arbitrary.
    public var scratch: UnsafeMutablePointer<Float>?

    /// A batch over the given buffers.
    public init(
        rows: Int, width: Int, outputs: UnsafePointer<Float>, softTargets: UnsafePointer<Float>? = nil,
        labels: UnsafePointer<Int32>? = nil, values: UnsafePointer<Float>? = nil, weights: UnsafePointer<Float>,
        divisor: Double
    ) {
        self.rows = rows
        self.width = width
        self.outputs = outputs
        self.softTargets = softTargets
        self.labels = labels
        self.values = values
        self.weights = weights
        self.divisor = divisor
    }
}

/// Some classes of a teacher's answers; borrowed. Row r's are the entries from `offsets[r]` up to, not including, `offsets[r + 1]`.
public struct ListedTargets {
    /// Where each row's entries begin, (rows + 1).
    public var offsets: UnsafePointer<Int32>
    /// The classes, in ascending order where there are tails.
    public var ids: UnsafePointer<Int32>
    /// Their probabilities, or the weights of classes that were drawn.
    public var values: UnsafePointer<Float>
    /// The probability of all other classes together, (rows); nil for classes that were drawn.
    public var tails: UnsafePointer<Float>?

    /// Lists over the given buffers.
    public init(
        offsets: UnsafePointer<Int32>, ids: UnsafePointer<Int32>, values: UnsafePointer<Float>,
        tails: UnsafePointer<Float>? = nil
    ) {
        (self.offsets, self.ids, self.values, self.tails) = (offsets, ids, values, tails)
    }

    /// The rows from one on.
    func from(_ row: Int) -> ListedTargets {
        ListedTargets(offsets: offsets + row, ids: ids, values: values, tails: tails.map { $0 + row })
    }
}

/// A hidden tensor of the student for one batch, with the teacher's to compare it with; borrowed.
public struct LossTap {
    /// The student's values, (rows, dimensions).
    public let values: UnsafePointer<Float>
    /// Receives ∂loss/∂values, overwritten; nil where no parameter lies upstream or only the loss's value is wanted.
    public var gradient: UnsafeMutablePointer<Float>?
    /// Number of elements a row.
    public let width: Int
    /// The lengths of the dimensions of a row.
    public let dimensions: Dimensions
    /// The teacher's values, (rows, teacherDimensions); nil where there is no teacher.
    public var teacher: UnsafePointer<Float>?
    /// The lengths of the dimensions of a row of the teacher's tensor.
    public var teacherDimensions: Dimensions

    /// A tap without a teacher.
    package init(_ operand: Frame.Operand) {
        values = UnsafePointer(operand.values)
        gradient = operand.gradient
        width = operand.width
        dimensions = operand.dimensions
        teacherDimensions = operand.dimensions
    }
}
