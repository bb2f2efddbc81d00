internal import CKernels

/// A training run under way: parameters, moments, the plan and the batch's buffers. A step allocates nothing.
public final class TrainingRun {
    let parameters: ParameterBuffer
    private let plan: Plan
    private let batch: BatchBuffer
    private let loss: any LossFunction
    private let settings: Trainer
    private let moments: AlignedBuffer
    private let stepsPerEpoch: Int
    private let scheduledSteps: Int
    private var order: [Int32]
    private var shuffler: SeededGenerator
    private var noise: SeededGenerator
    private var step = 0
    private var epochs = 0

    /// A run that has not yet made a step.
    public init(_ graph: Graph, on examples: Examples, loss: any LossFunction, settings: Trainer) {
        let capacity = max(1, min(settings.batchSize, examples.count))
        parameters = ParameterBuffer(for: graph, withGradients: true)
        plan = Plan(
            graph, capacity: capacity, parameters: parameters, purpose: .training,
            workers: Workers(count: max(1, settings.threads)))
        batch = BatchBuffer(examples, capacity: capacity)
        moments = AlignedBuffer(count: settings.optimizer.momentsPerParameter * parameters.learnedCount)
        self.loss = loss
        self.settings = settings
        stepsPerEpoch = (examples.count + capacity - 1) / capacity
        scheduledSteps = stepsPerEpoch * max(1, settings.scheduledEpochs ?? settings.epochs)
        order = Array(0..<Int32(examples.count))
        shuffler = SeededGenerator(seed: settings.seed, stream: "shuffle")
        noise = SeededGenerator(seed: settings.seed, stream: "dropout")
        var initial = SeededGenerator(seed: settings.seed, stream: "initial weights")
        parameters.initialize(using: &initial)
    }

    /// One pass over the examples in a new order. Returns the mean loss.
    public func epoch(
        progress: (TrainingProgress) -> TrainingProgress.Answer = { _ in .more }
    ) throws(TrainingError) -> Double {
        order.shuffle(using: &shuffler)
        var sum = 0.0
        for index in 0..<stepsPerEpoch {
            // Batches of almost equal size, so that none is too small for its statistics.
            let start = index * order.count / stepsPerEpoch
            let end = (index + 1) * order.count / stepsPerEpoch
            let value = try advance(rows: start..<end)
            sum += value * Double(end - start)
            let total = stepsPerEpoch * max(1, settings.epochs)
            if progress(TrainingProgress(step: step, steps: total, loss: value)) == .stop {
                throw TrainingError(
                    code: .stopped, problem: "Training was stopped at step \(step) of \(total)",
                    remedy: "Start it again to train to the end")
            }
        }
        epochs += 1
        return sum / Double(order.count)
    }

    /// One step on the rows at a range of positions of the current order. Returns the loss before the step.
    private func advance(rows: Range<Int>) throws(TrainingError) -> Double {
        let bits = noise.next()
        order.withUnsafeBufferPointer { order in
            if let start = order.baseAddress {
                batch.gather(start + rows.lowerBound, rows: rows.count, epoch: epochs, into: plan.input)
            }
        }
        plan.forward(rows: rows.count, noise: bits)
        var lossBatch = batch.lossBatch(outputs: plan.output, width: plan.outputWidth, rows: rows.count)
        lossBatch.taps = UnsafeBufferPointer(plan.taps)
        let value = loss.evaluate(lossBatch, gradient: plan.outputGradient)
        guard value.isFinite else {
            throw TrainingError(
                code: .diverged, problem: "The loss is no longer a finite number at step \(step + 1)",
                remedy: "Lower the learning rate, and look for enormous values in the features or the target")
        }
        plan.backward(rows: rows.count, noise: bits)
        let rate = settings.learningRate * settings.schedule.factor(step: step, of: scheduledSteps)
        step += 1
        update(0..<parameters.decayingCount, decays: true, rate: rate)
        update(parameters.decayingCount..<parameters.learnedCount, decays: false, rate: rate)
        return value
    }

    private func update(_ range: Range<Int>, decays: Bool, rate: Float) {
        if range.isEmpty { return }
        let block = ParameterBlock(
            count: range.count, values: parameters.values.start + range.lowerBound,
            gradients: parameters.gradients.start + range.lowerBound, moments: moments.start + range.lowerBound,
            stride: parameters.learnedCount, decays: decays)
        settings.optimizer.update(block, step: step, rate: rate)
    }

    /// A copy of all parameters and states.
    func snapshot() -> [Float] {
        Array(UnsafeBufferPointer(start: parameters.values.start, count: parameters.count))
    }

    /// Overwrites an earlier snapshot with the present values.
    func copyValues(into snapshot: inout [Float]) {
        snapshot.withUnsafeMutableBufferPointer {
            $0.baseAddress?.update(from: parameters.values.start, count: parameters.count)
        }
    }

    /// Goes back to the values of a snapshot.
    func restore(_ snapshot: [Float]) {
        parameters.values.start.update(from: snapshot, count: parameters.count)
    }
}
