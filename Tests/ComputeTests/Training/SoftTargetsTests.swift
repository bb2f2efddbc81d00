import CAllocationCounter
import CKernels
import Compute
import Synchronization
import Testing

/// What of a teacher's answers reaches a loss: whole, in lists, or not at all.
@Suite struct SoftTargetsTests {
    private static let (rows, positions, width) = (30, 3, 4)

    /// What a teacher might have said of answer `row`: a list of `row % 3` classes, told apart by their numbers.
    private static func list(_ row: Int) -> [(id: Int32, value: Float)] {
        (0..<row % 3).map { (id: Int32($0 + row % 2), value: Float(row) + Float($0) / 4) }
    }

    private static func examples(_ targets: SoftTargets?, known: [Bool]? = nil, lengths: [Int32]? = nil) -> Examples {
        let count = rows * positions
        return Examples(
            features: Matrix(rows: rows, columns: positions, elements: (0..<count).map { Float($0 % 5) }),
            positions: positions, lengths: lengths, teaching: targets, known: known,
            labels: (0..<count).map { Int32($0) }, weights: (0..<count).map { Float(1 + $0 % 2) })
    }

    private static func network() throws -> Graph {
        var graph = Graph()
        let input = graph.input("x", shape: .rows(positions, 1))
        _ = try graph.append(Dense(width), named: "output", to: input)
        return graph
    }

    /// A loss that looks at what it is given; the label tells which answer a row is.
    private final class Watch: LossFunction {
        private let look: @Sendable (LossBatch, Int, Int) -> Bool
        private let counts = Mutex((seen: 0, wrong: 0))

        init(_ look: @escaping @Sendable (_ batch: LossBatch, _ row: Int, _ answer: Int) -> Bool) { self.look = look }

        var counted: (seen: Int, wrong: Int) { counts.withLock { $0 } }

        func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
            gradient?.update(repeating: 0, count: batch.rows * batch.width)
            for row in 0..<batch.rows {
                guard let label = batch.labels?[row] else { continue }
                let isRight = look(batch, row, Int(label))
                counts.withLock { ($0.seen, $0.wrong) = ($0.seen + 1, $0.wrong + (isRight ? 0 : 1)) }
            }
            return 0
        }
    }

    /// Trains and validates on the same examples, which sees each answer four times.
    private static func watch(_ examples: Examples, _ look: @escaping @Sendable (LossBatch, Int, Int) -> Bool) throws {
        let watch = Watch(look)
        var trainer = Trainer()
        (trainer.epochs, trainer.batchSize) = (2, 7)
        _ = try trainer.trained(network(), on: examples, validation: examples, loss: watch)
        #expect(watch.counted.wrong == 0)
        #expect(watch.counted.seen == 4 * rows * positions)
    }

    @Test("Lists of classes reach the loss with their rows, in training and in validation", arguments: [true, false])
    func gathersLists(hasTails: Bool) throws {
        let lists = Ragged((0..<Self.rows * Self.positions).map(Self.list))
        let tails = (0..<Self.rows * Self.positions).map { Float($0) / 100 }
        let targets: SoftTargets = hasTails ? .sparse(lists, tail: tails) : .sampled(lists)
        try Self.watch(Self.examples(targets)) { batch, row, answer in
            guard let listed = batch.listed, batch.softTargets == nil, batch.taughtWeights == nil else { return false }
            let entries = (Int(listed.offsets[row])..<Int(listed.offsets[row + 1])).map {
                (id: listed.ids[$0], value: listed.values[$0])
            }
            let hasRightTail = listed.tails.map { $0[row] == Float(answer) / 100 } ?? !hasTails
            return hasRightTail && entries.elementsEqual(Self.list(answer), by: ==)
        }
    }

    @Test("A row whose answer is unknown weighs nothing for the teacher's terms and all for the others")
    func leavesOutUnknownRows() throws {
        let count = Self.rows * Self.positions
        let known = (0..<count).map { $0 % 4 != 0 }
        var elements = (0..<count * Self.width).map { Float($0) }
        // What stands in an unknown row must not matter, not even where 0 times it is no number.
        for row in 0..<count where !known[row] { elements[row * Self.width] = .nan }
        let targets = SoftTargets.dense(Matrix(rows: count, columns: Self.width, elements: elements))
        try Self.watch(Self.examples(targets, known: known)) { batch, row, answer in
            guard let soft = batch.softTargets, let taught = batch.taughtWeights else { return false }
            let weight = Float(1 + answer % 2)
            let (first, isKnown) = (soft[row * batch.width], answer % 4 != 0)
            return batch.weights[row] == weight && taught[row] == (isKnown ? weight : 0)
                && first == (isKnown ? Float(answer * Self.width) : 0)
        }
    }

    @Test("Answers beyond a sequence's length weigh nothing, and a loss can tell how long sequences are")
    func keepsLengths() throws {
        let lengths = (0..<Self.rows).map { Int32($0 % (Self.positions + 1)) }
        try Self.watch(Self.examples(nil, lengths: lengths)) { batch, row, answer in
            let (sequence, position) = (answer / Self.positions, answer % Self.positions)
            let counts = position < sequence % (Self.positions + 1)
            return batch.positions == Self.positions
                && batch.lengths?[row / Self.positions] == Int32(sequence % (Self.positions + 1))
                && batch.weights[row] == (counts ? Float(1 + answer % 2) : 0)
        }
    }

    /// The loss on lists alone.
    private struct ListedLoss: LossFunction {
        var isSumOverRows: Bool { true }

        func evaluate(_ batch: LossBatch, gradient: UnsafeMutablePointer<Float>?) -> Double {
            gradient?.update(repeating: 0, count: batch.rows * batch.width)
            guard let listed = batch.listed else { return 0 }
            var buffers = attar_loss_batch()
            (buffers.rows, buffers.width, buffers.outputs) = (batch.rows, batch.width, batch.outputs)
            buffers.weights = batch.taughtWeights ?? batch.weights
            var targets = attar_listed(
                offsets: listed.offsets, ids: listed.ids, values: listed.values, tails: listed.tails)
            return attar_loss_listed(&buffers, &targets, 1 / batch.divisor, gradient)
        }
    }

    /// Answers by the class of the row's first feature, of which the teacher tells two classes.
    private static func taught(known: [Bool]? = nil) -> Examples {
        let count = rows * positions
        let lists = (0..<count).map { row -> [(id: Int32, value: Float)] in
            row % 5 < 2 ? [(id: 0, value: 0.7), (id: 1, value: 0.2)] : [(id: 1, value: 0.1), (id: 3, value: 0.8)]
        }
        return examples(.sparse(Ragged(lists), tail: [Float](repeating: 0.1, count: count)), known: known)
    }

    @Test("A network learns from two classes of each answer, the same however its batches are cut", arguments: [1, 3])
    func learnsFromLists(threads: Int) throws {
        var trainer = Trainer()
        (trainer.epochs, trainer.batchSize, trainer.learningRate, trainer.threads) = (200, 10, 0.05, threads)
        let result = try trainer.trained(
            Self.network(), on: Self.taught(), validation: Self.taught(), loss: ListedLoss())
        let losses = result.history.compactMap(\.validationLoss)
        #expect(losses.count > 1 && (losses.last ?? 1) < 0.5 * (losses.first ?? 0))
    }

    @Test("A step on lists of unequal lengths allocates nothing", .enabled(if: attar_can_count_allocations() != 0))
    func doesNotAllocate() throws {
        let count = Self.rows * Self.positions
        let lists = Ragged((0..<count).map { row in Self.list(row).map { (id: $0.id, value: 0.25) } })
        let examples = Self.examples(
            .sparse(lists, tail: [Float](repeating: 0.5, count: count)), known: (0..<count).map { $0 % 7 > 0 },
            lengths: (0..<Self.rows).map { Int32($0 % (Self.positions + 1)) })
        var trainer = Trainer()
        trainer.batchSize = 8
        let run = try TrainingRun(Self.network(), on: examples, loss: ListedLoss(), settings: trainer)
        _ = try run.epoch()
        attar_start_counting_allocations()
        _ = try run.epoch()
        #expect(attar_stop_counting_allocations() == 0)
    }
}
