internal import CKernels

/// The sum or the mean of the learned vectors of a row's tokens: ids (rows, length), table (vocabulary, width) → (rows, width).
///
/// y = share·Σ weight·table[id] over the places whose id is not 0, the padding; share is 1, or for the mean 1 / their number, so that a row of
/// padding alone gives 0. Ids are read as `Embedding` reads them. With weights there is a third input: one number a place, (rows, length), that
/// is given, or one an id, (vocabulary), that is learned.
///
/// Source: the sum of Joulin, Grave, Bojanowski and Mikolov, "Bag of Tricks for Efficient Text Classification", EACL 2017.
public struct EmbeddingBag: Operation, Layer {
    /// What becomes of a row's vectors.
    public enum Reduction: String, CaseIterable, Codable, Sendable {
        /// Their mean.
        case mean
        /// Their sum.
        case sum
    }

    /// How much each token counts.
    public enum Weighting: String, CaseIterable, Codable, Sendable {
        /// All alike.
        case none
        /// By a number for each place, the third input.
        case given
        /// By a learned number for each id, the third input; 1 at the start.
        case learned
    }

    /// Number of ids, at least 1: of tokens, with the padding and the unknown one.
    public let vocabulary: Int
    /// Numbers a token, at least 1.
    public let width: Int
    /// What becomes of a row's vectors.
    public let reduction: Reduction
    /// How much each token counts.
    public let weighting: Weighting
    /// The table starts at numbers drawn evenly from ±bound.
    public let bound: Float

    /// A table for so many ids, and what becomes of a row's vectors.
    ///
    /// - Parameters:
    ///   - vocabulary: number of ids, at least 1, at most 2²⁴.
    ///   - width: numbers a token, at least 1.
    ///   - bound: as of `Embedding`.
    /// - Precondition: numbers are in their ranges.
    public init(
        vocabulary: Int, width: Int, reduction: Reduction = .mean, weighting: Weighting = .none, bound: Float = 0.25
    ) {
        precondition(
            (1...1 << 24).contains(vocabulary) && width > 0, "a table has 1 to 2²⁴ rows of at least one number")
        self.vocabulary = vocabulary
        self.width = width
        self.reduction = reduction
        self.weighting = weighting
        self.bound = bound
    }

    public var name: String { "embedding bag" }
    public var onnxName: String { "Gather" }

    /// `Sum` of the padding's mask stands for the number of tokens.
    public var onnxOperators: [String] {
        ["Gather"] + (weighting == .none ? [] : weighting == .given ? ["Mul"] : ["Gather", "Mul"]) + ["ReduceSum"]
            + (reduction == .sum ? [] : ["Sign", "ReduceSum", "Max", "Div"])
    }

    public func resultShape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        let ids = inputs.first ?? .fixed()
        let weights: [Shape] =
            switch weighting {
            case .none: []
            case .given: [ids]
            case .learned: [.fixed(vocabulary)]
            }
        guard ids.isBatched, ids.dimensions.count == 1, inputs == [ids, .fixed(vocabulary, width)] + weights else {
            let third = weighting == .given ? " and weights (rows, n)" : " and weights (\(vocabulary))"
            throw ShapeError(
                name, inputs,
                expected: "ids (rows, n) with a table (\(vocabulary), \(width))\(weighting == .none ? "" : third)")
        }
        return .rows(width)
    }

    /// What each row's sum is multiplied with.
    public func savedCount(inputs: [Shape], result: Shape, rows: Int) -> Int { rows }

    /// The derivatives by each place's weight, on their way to the ids'.
    public func scratchCount(inputs: [Shape], result: Shape, rows: Int, workers: Int) -> Int {
        weighting == .learned ? inputs[0].count(rows: rows) : 0
    }

    private func kernel(_ length: Int) -> attar_bag {
        attar_bag(length: length, vocabulary: vocabulary, width: width, mean: reduction == .mean)
    }

    public func forward(_ frame: borrowing Frame) {
        let (length, width) = (frame[0].width, width)
        let (ids, table, y, shares) = (frame[0].values, frame[1].values, frame.result.values, frame.saved)
        let given = weighting == .given ? frame[2].values : nil
        let learned = weighting == .learned ? frame[2].values : nil
        let bag = kernel(length)
        frame.parallel(frame.rows, atLeast: max(1, 1 << 14 / max(1, length * width))) { rows, _ in
            let start = rows.lowerBound
            withUnsafePointer(to: bag) {
                attar_embed_bag(
                    $0, table, ids + start * length, given.map { $0 + start * length }, learned, y + start * width,
                    shares + start, rows.count)
            }
        }
    }

    public func backward(_ frame: borrowing Frame) {
        guard let dy = frame.result.gradient else { return }
        frame[0].gradient?.update(repeating: 0, count: frame.rows * frame[0].width)
        let (length, width, count) = (frame[0].width, width, frame.rows)
        let (ids, table, shares) = (frame[0].values, frame[1].values, frame.saved)
        let bag = kernel(length)
        if let gradient = frame[1].gradient {
            let given = weighting == .given ? frame[2].values : nil
            let learned = weighting == .learned ? frame[2].values : nil
            frame.parallel(vocabulary * width, atLeast: 1 << 16) { elements, _ in
                (gradient + elements.lowerBound).update(repeating: 0, count: elements.count)
            }
            // As in `Embedding`, each worker takes some lines of 16 columns of all rows.
            frame.parallel((width + 15) / 16, atLeast: max(1, 1 << 14 / max(1, 16 * count * length))) { lines, _ in
                withUnsafePointer(to: bag) {
                    attar_embed_bag_gradient(
                        $0, ids, given, learned, shares, dy, gradient, count, lines.lowerBound * 16,
                        min(width, lines.upperBound * 16))
                }
            }
        }
        guard weighting != .none, let gradient = frame[2].gradient else { return }
        let slopes = weighting == .given ? gradient : frame.scratch
        frame.parallel(count, atLeast: max(1, 1 << 14 / max(1, length * width))) { rows, _ in
            let start = rows.lowerBound
            withUnsafePointer(to: bag) {
                attar_embed_bag_slopes(
                    $0, table, ids + start * length, shares + start, dy + start * width, slopes + start * length,
                    rows.count)
            }
        }
        if weighting == .learned { attar_sum_by_id(ids, slopes, gradient, count * length, vocabulary) }
    }

    /// Adds the table "name.weight" and, where they are learned, the tokens' weights "name.tokenWeight".
    ///
    /// - Precondition: weights are not given: such a bag has two inputs, and is added with `Graph.apply`.
    public func apply(
        to input: Graph.Tensor, in graph: inout Graph, named name: String
    ) throws(ShapeError) -> Graph.Tensor {
        precondition(weighting != .given, "a bag with given weights has two inputs")
        var inputs = [input]
        inputs.append(
            graph.parameter("\(name).weight", .fixed(vocabulary, width), .embedding(width: width, bound: bound)))
        if weighting == .learned {
            inputs.append(graph.parameter("\(name).tokenWeight", .fixed(vocabulary), .constant(1)))
        }
        return try graph.apply(self, to: inputs, named: name)
    }
}
