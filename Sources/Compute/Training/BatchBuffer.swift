internal import CKernels

/// The targets and weights of one batch, gathered from the examples into buffers of its own.
final class BatchBuffer {
    let examples: Examples
    /// Numbers an answer.
    let width: Int
    /// Answers a row.
    let positions: Int
    let softTargets: AlignedBuffer
    let values: AlignedBuffer
    let weights: AlignedBuffer
    /// Weights for what compares rows with the teacher; empty where they are the weights.
    let taughtWeights: AlignedBuffer
    /// The teacher's answers where only some classes are known; nil where all are.
    private let listed: ListedBuffer?
    /// Answers of each sequence that count.
    private let lengths: UnsafeMutablePointer<Int32>
    let labels: UnsafeMutablePointer<Int32>
    private let meanWeight: Double

    private let isTaught: Bool
    /// The same for the partners of mixed rows; empty where nothing is mixed.
    let partner:
        (softTargets: AlignedBuffer, values: AlignedBuffer, weights: AlignedBuffer, taughtWeights: AlignedBuffer)
    let partnerLabels: UnsafeMutablePointer<Int32>
    /// One row of features, while rows are exchanged.
    let room: AlignedBuffer

    /// Room for batches of up to `rows` rows.
    init(_ examples: Examples, capacity rows: Int, outputs: Int) {
        self.examples = examples
        positions = examples.positions
        precondition(outputs % positions == 0, "the network answers at each position")
        precondition(positions == 1 || examples.mixing == nil, "sequences are not mixed")
        let (capacity, width) = (rows * positions, outputs / positions)
        self.width = width
        isTaught = examples.softTargets?.matrix != nil || examples.teacher != nil
        listed = examples.softTargets?.listed.map { ListedBuffer($0.classes, tails: $0.tails, capacity: capacity) }
        precondition(
            listed == nil || (examples.mixing == nil && examples.teacher == nil),
            "lists of classes are not mixed, and are instead of a teacher that is asked")
        let taught = isTaught ? capacity * width : 0
        let valued = examples.values == nil ? 0 : capacity * width
        let mixes = examples.mixing != nil
        softTargets = AlignedBuffer(count: taught)
        values = AlignedBuffer(count: valued)
        weights = AlignedBuffer(count: capacity)
        let known = examples.taughtWeights == nil ? 0 : capacity
        taughtWeights = AlignedBuffer(count: known)
        lengths = .allocate(capacity: rows)
        labels = .allocate(capacity: capacity)
        partner = (
            AlignedBuffer(count: mixes ? taught : 0), AlignedBuffer(count: mixes ? valued : 0),
            AlignedBuffer(count: mixes ? capacity : 0), AlignedBuffer(count: mixes ? known : 0)
        )
        partnerLabels = .allocate(capacity: mixes ? capacity : 1)
        room = AlignedBuffer(count: mixes ? examples.features.columns : 0)
        let total = examples.totalWeight
        meanWeight = total > 0 ? total / Double(examples.weights.count) : 1
    }

    deinit {
        labels.deallocate()
        lengths.deallocate()
        partnerLabels.deallocate()
    }

    /// Gathers the rows of the given indices: features into `features`, the rest into this buffer.
    ///
    /// - Parameter epoch: counted from 0; tells which view of a picture is seen.
    func gather(
        _ indices: UnsafePointer<Int32>, rows: Int, epoch: Int, into features: UnsafeMutablePointer<Float>
    ) {
        var answered = 0
        if let views = examples.views {
            let view = epoch % (views.count ?? .max)
            views.write(view, of: examples.features.elements, at: indices, rows: rows, into: features)
            answered = view * examples.count
        } else {
            attar_gather_rows(examples.features.elements, indices, features, rows, examples.features.columns)
        }
        attar_gather_rows(examples.weights, indices, weights.start, rows, positions)
        if let all = examples.taughtWeights { attar_gather_rows(all, indices, taughtWeights.start, rows, positions) }
        if let all = examples.lengths { for row in 0..<rows { lengths[row] = all[Int(indices[row])] } }
        listed?.gather(indices, rows: rows, positions: positions, after: answered)
        if let matrix = examples.softTargets?.matrix {
            matrix.elements.withUnsafeBufferPointer { all in
                guard let start = all.baseAddress else { return }
                attar_gather_rows(start + answered * width, indices, softTargets.start, rows, positions * width)
            }
        }
        if let matrix = examples.values {
            attar_gather_rows(matrix.elements, indices, values.start, rows, positions * width)
        }
        if let all = examples.labels {
            all.withUnsafeBufferPointer { all in
                for row in 0..<rows {
                    let start = Int(indices[row]) * positions
                    for position in 0..<positions { labels[row * positions + position] = all[start + position] }
                }
            }
        }
    }

    /// The gathered batch with the network's outputs, in which each position of a sequence is a row.
    ///
    /// - Parameter whole: rows of the batch that these rows are a part of.
    func lossBatch(outputs: UnsafePointer<Float>, rows: Int, of whole: Int) -> LossBatch {
        var batch = LossBatch(
            rows: rows * positions, width: width, outputs: outputs,
            softTargets: isTaught ? UnsafePointer(softTargets.start) : nil,
            labels: examples.labels == nil ? nil : UnsafePointer(labels),
            values: examples.values == nil ? nil : UnsafePointer(values.start), weights: weights.start,
            divisor: meanWeight * Double(whole * positions))
        batch.listed = listed?.targets
        if examples.taughtWeights != nil { batch.taughtWeights = UnsafePointer(taughtWeights.start) }
        batch.positions = positions
        if examples.lengths != nil { batch.lengths = UnsafePointer(lengths) }
        return batch
    }
}
