internal import CKernels

/// The targets and weights of one batch, gathered from the examples into buffers of its own.
final class BatchBuffer {
    private let examples: Examples
    private let width: Int
    private let softTargets: AlignedBuffer
    private let values: AlignedBuffer
    private let weights: AlignedBuffer
    private let labels: UnsafeMutablePointer<Int32>
    private let meanWeight: Double

    /// Room for batches of up to `capacity` rows.
    init(_ examples: Examples, capacity: Int) {
        self.examples = examples
        width = (examples.softTargets ?? examples.values)?.columns ?? 0
        softTargets = AlignedBuffer(count: examples.softTargets == nil ? 0 : capacity * width)
        values = AlignedBuffer(count: examples.values == nil ? 0 : capacity * width)
        weights = AlignedBuffer(count: capacity)
        labels = .allocate(capacity: capacity)
        let total = examples.totalWeight
        meanWeight = total > 0 ? total / Double(examples.count) : 1
    }

    deinit { labels.deallocate() }

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
        attar_gather_rows(examples.weights, indices, weights.start, rows, 1)
        if let matrix = examples.softTargets {
            matrix.elements.withUnsafeBufferPointer { all in
                guard let start = all.baseAddress else { return }
                attar_gather_rows(start + answered * width, indices, softTargets.start, rows, width)
            }
        }
        if let matrix = examples.values { attar_gather_rows(matrix.elements, indices, values.start, rows, width) }
        if let all = examples.labels {
            all.withUnsafeBufferPointer { all in
                for row in 0..<rows { labels[row] = all[Int(indices[row])] }
            }
        }
    }

    /// The gathered batch with the network's outputs.
    func lossBatch(outputs: UnsafePointer<Float>, width: Int, rows: Int) -> LossBatch {
        LossBatch(
            rows: rows, width: width, outputs: outputs,
            softTargets: examples.softTargets == nil ? nil : UnsafePointer(softTargets.start),
            labels: examples.labels == nil ? nil : UnsafePointer(labels),
            values: examples.values == nil ? nil : UnsafePointer(values.start), weights: weights.start,
            divisor: meanWeight * Double(rows))
    }
}
