internal import CKernels

/// A training run under way: parameters, moments, the plan and the batch's buffers. A step allocates nothing.
public final class TrainingRun {
    let parameters: ParameterBuffer
    let moments: AlignedBuffer
    /// The running mean of all values; empty where none is kept.
    let averages: AlignedBuffer
    var order: [Int32]
    var shuffler: SeededGenerator
    var noise: SeededGenerator
    var mixer: SeededGenerator
    /// Steps made.
    public internal(set) var step = 0
    /// Epochs completed.
    public internal(set) var epochs = 0
    /// Steps made in the present epoch, and the sum of their losses, each times its rows.
    var (batchIndex, sum) = (0, 0.0)

    private let graph: Graph
    let plan: Plan
    private let batch: BatchBuffer
    private let loss: any LossFunction
    private let settings: Trainer
    private let workers: Workers
    /// The gradient of the parts of a batch so far; empty where a batch is one part.
    private let accumulated: AlignedBuffer
    /// The gradient of a mixed batch's second targets; empty where nothing is mixed.
    private let secondGradient: AlignedBuffer
    /// Who fills the taps' teacher; nil where nobody does.
    private let hidden: HiddenSession?
    /// Who learns at the same time and is asked about each batch; nil for nobody.
    private var peer: PeerSession?
    /// The loss's working space.
    private let lossScratch: AlignedBuffer
    private let batchSize: Int
    private let stepsPerEpoch: Int
    private let scheduledSteps: Int

    /// A run that has not yet made a step.
    public init(_ graph: Graph, on examples: Examples, loss: any LossFunction, settings: Trainer) {
        batchSize = max(1, min(settings.batchSize, examples.count))
        let parts = max(1, min(settings.accumulation, batchSize))
        let capacity = (batchSize + parts - 1) / parts
        let workers = Workers(count: max(1, settings.threads))
        self.workers = workers
        parameters = ParameterBuffer(for: graph, withGradients: true)
        plan = Plan(graph, capacity: capacity, parameters: parameters, purpose: .training, workers: workers)
        batch = BatchBuffer(examples, capacity: capacity, outputs: plan.outputWidth)
        moments = AlignedBuffer(count: settings.optimizer.momentsPerParameter * parameters.learnedCount)
        averages = AlignedBuffer(count: settings.averaging == nil ? 0 : parameters.count)
        accumulated = AlignedBuffer(count: parts > 1 ? parameters.learnedCount : 0)
        secondGradient = AlignedBuffer(count: examples.mixing == nil ? 0 : capacity * plan.outputWidth)
        precondition(examples.mixing == nil || plan.taps.isEmpty, "hidden tensors of mixed rows have no teacher")
        self.graph = graph
        hidden = examples.hiddenTeacher.map { HiddenSession($0, capacity: capacity, workers: workers) }
        hidden?.connect(to: plan.taps)
        lossScratch = AlignedBuffer(count: loss.scratchCount(rows: capacity, taps: UnsafeBufferPointer(plan.taps)))
        self.loss = loss
        self.settings = settings
        stepsPerEpoch = (examples.count + batchSize - 1) / batchSize
        scheduledSteps = stepsPerEpoch * max(1, settings.scheduledEpochs ?? settings.epochs)
        order = Array(0..<Int32(examples.count))
        shuffler = SeededGenerator(seed: settings.seed, stream: "shuffle")
        noise = SeededGenerator(seed: settings.seed, stream: "dropout")
        mixer = SeededGenerator(seed: settings.seed, stream: "mixing")
        var initial = SeededGenerator(seed: settings.seed, stream: "initial weights")
        parameters.initialize(using: &initial)
    }

    /// Bytes that the run holds besides its examples: the plan's block, parameters, gradients and moments.
    public var byteCount: Int {
        let buffers = [
            parameters.values, parameters.gradients, moments, averages, accumulated, secondGradient, lossScratch,
        ]
        return plan.byteCount + (hidden?.byteCount ?? 0) + buffers.reduce(0) { $0 + $1.count }
            * MemoryLayout<Float>.stride
    }

    /// One pass over the examples in a new order, or the rest of one that was taken up again. Returns the mean loss.
    ///
    /// - Parameter progress: called after each step.
    public func epoch(
        progress: (TrainingProgress) -> TrainingProgress.Answer = { _ in .more }
    ) throws(TrainingError) -> Double {
        if batchIndex == 0 {
            order.shuffle(using: &shuffler)
            sum = 0
        }
        while batchIndex < stepsPerEpoch {
            let value = try nextBatch()
            let total = steps
            if progress(TrainingProgress(step: step, steps: total, loss: value)) == .stop {
                throw TrainingError(
                    code: .stopped, problem: "Training was stopped at step \(step) of \(total)",
                    remedy: "Start it again to train to the end")
            }
        }
        epochs += 1
        batchIndex = 0
        return sum / Double(order.count)
    }

    /// Steps from the beginning to the end.
    var steps: Int { stepsPerEpoch * max(1, settings.epochs) }

    /// Where the last step was the last of its epoch, the epoch's mean loss.
    var completedEpoch: Double? { batchIndex == stepsPerEpoch ? sum / Double(order.count) : nil }

    /// One step of the present epoch, or the first of the next. Returns the loss before the step.
    func advance() throws(TrainingError) -> Double {
        if batchIndex == stepsPerEpoch {
            epochs += 1
            batchIndex = 0
        }
        if batchIndex == 0 {
            order.shuffle(using: &shuffler)
            sum = 0
        }
        return try nextBatch()
    }

    /// Asks another run, as it is at present, about each batch from now on.
    func learn(from other: TrainingRun) {
        peer = PeerSession(other.graph, other.parameters, capacity: plan.capacity, workers: workers)
    }

    /// One step on the epoch's next batch. Returns the loss before the step.
    private func nextBatch() throws(TrainingError) -> Double {
        // Batches of almost equal size, so that none is too small for its statistics.
        let start = batchIndex * order.count / stepsPerEpoch
        let end = (batchIndex + 1) * order.count / stepsPerEpoch
        let value = try advance(rows: start..<end)
        sum += value * Double(end - start)
        batchIndex += 1
        return value
    }

    /// One step on the rows at a range of positions of the current order. Returns the loss before the step.
    private func advance(rows: Range<Int>) throws(TrainingError) -> Double {
        let bits = noise.next()
        let parts = (rows.count + plan.capacity - 1) / plan.capacity
        var value = 0.0
        for part in 0..<parts {
            let start = rows.lowerBound + part * rows.count / parts
            let end = rows.lowerBound + (part + 1) * rows.count / parts
            value += try gradient(of: start..<end, in: rows, noise: bits)
            if parts > 1 { accumulate(isFirst: part == 0, isLast: part == parts - 1) }
        }
        clip()
        let rate = settings.learningRate * settings.schedule.factor(step: step, of: scheduledSteps)
        step += 1
        update(0..<parameters.decayingCount, decays: true, rate: rate)
        update(parameters.decayingCount..<parameters.learnedCount, decays: false, rate: rate)
        average()
        plan.clock?.lap(.update)
        return value
    }

    /// Puts the gradient of some of a batch's rows into the parameters' gradients. Returns their share of the loss.
    private func gradient(
        of rows: Range<Int>, in whole: Range<Int>, noise bits: UInt64
    ) throws(TrainingError) -> Double {
        let firstRow = rows.lowerBound - whole.lowerBound
        order.withUnsafeBufferPointer { order in
            if let start = order.baseAddress {
                batch.gather(start + rows.lowerBound, rows: rows.count, epoch: epochs, into: plan.input)
            }
        }
        let share = batch.mix(plan.input, rows: rows.count, using: &mixer)
        batch.askTeacher(plan.input, rows: rows.count)
        hidden?.read(plan.input, rows: rows.count)
        plan.clock?.lap(.batch)
        plan.forward(rows: rows.count, noise: bits, firstRow: firstRow)
        var lossBatch = batch.lossBatch(
            outputs: plan.output, rows: rows.count, of: whole.count)
        lossBatch.taps = UnsafeBufferPointer(plan.taps)
        lossBatch.scratch = lossScratch.start
        lossBatch.peer = peer?.answers(to: plan.input, rows: rows.count)
        let value: Double
        if let share {
            value = batch.mixed(
                lossBatch, share: share, loss, gradient: plan.outputGradient, room: secondGradient.start)
        } else {
            value = loss.evaluate(lossBatch, gradient: plan.outputGradient, on: workers)
        }
        plan.clock?.lap(.loss)
        guard value.isFinite else { throw diverged(rows: rows.count) }
        plan.backward(rows: rows.count, noise: bits, firstRow: firstRow)
        return value
    }

    /// Adds the parameters' gradients to those of the batch's earlier parts; after the last the sum stands in their place.
    private func accumulate(isFirst: Bool, isLast: Bool) {
        let (gradients, count) = (parameters.gradients.start, parameters.learnedCount)
        if isFirst {
            accumulated.start.update(from: gradients, count: count)
        } else {
            attar_add(accumulated.start, gradients, count)
        }
        if isLast { gradients.update(from: accumulated.start, count: count) }
    }

    /// Shortens the gradient to the greatest length that it may have.
    private func clip() {
        guard let longest = settings.clipping else { return }
        let squares = attar_sum_of_squares(parameters.gradients.start, parameters.learnedCount)
        let length = squares.squareRoot()
        if length > Double(longest) {
            attar_scale(parameters.gradients.start, parameters.learnedCount, Float(Double(longest) / length))
        }
    }

    private func update(_ range: Range<Int>, decays: Bool, rate: Float) {
        if range.isEmpty { return }
        // Each worker takes whole lines of 16 floats; below a quarter of a megabyte another thread is not worth its call.
        let lines = range.count / 16
        let parts = max(1, min(workers.count, lines >> 12))
        let (settings, step, stride) = (settings, step, parameters.learnedCount)
        let (values, gradients) = (parameters.values.start, parameters.gradients.start)
        let moments = moments.start
        workers.run(parts) { part in
            let start = range.lowerBound + lines * part / parts * 16
            let end = range.lowerBound + lines * (part + 1) / parts * 16
            settings.optimizer.update(
                ParameterBlock(
                    count: end - start, values: values + start, gradients: gradients + start, moments: moments + start,
                    stride: stride, decays: decays), step: step, rate: rate)
        }
    }

    /// Moves the running mean towards the present values; faster at first, when the values of the start still weigh.
    private func average() {
        guard let slowness = settings.averaging else { return }
        if step == 1 {
            averages.start.update(from: parameters.values.start, count: parameters.count)
        } else {
            let kept = min(slowness, Float(1 + step) / Float(10 + step))
            attar_blend(averages.start, parameters.values.start, parameters.count, 1 - kept)
        }
    }

    /// Why the loss is no number, as far as the tensors still tell.
    private func diverged(rows: Int) -> TrainingError {
        let place = plan.firstNonFinite(rows: rows).map {
            "the first such number came from '\($0.tensor)' (\($0.operation))"
        }
        return TrainingError(
            code: .diverged,
            problem:
                "The loss is no longer a finite number at step \(step + 1)\(place.map { "; \($0)" } ?? ", though all outputs are")",
            remedy: "Lower the learning rate, and look for enormous values in the features or the target")
    }
}
