extension TrainingRun {
    /// A copy of all that the run needs to go on.
    ///
    /// - Parameters:
    ///   - best: the best epoch so far with its validation loss and its values.
    ///   - history: the losses of completed epochs.
    func state(best: (epoch: Int, loss: Double, values: [Float]), history: [EpochRecord]) -> TrainingState {
        TrainingState(
            values: snapshot(), moments: moments.copy, averages: averages.copy,
            best: best.epoch > 0 ? best.values : [], order: order, step: step, epochs: epochs, batch: batchIndex,
            sum: sum, bestEpoch: best.epoch, bestLoss: best.loss, history: history,
            generators: shuffler.words + noise.words + mixer.words)
    }

    /// Goes on from a state, if it is one of a run like this.
    ///
    /// - Returns: false where sizes differ; nothing has changed then.
    func resume(from state: TrainingState) -> Bool {
        guard state.values.count == parameters.count, state.moments.count == moments.count,
            state.averages.count == averages.count, state.order.count == order.count, state.generators.count == 12,
            state.best.isEmpty || state.best.count == parameters.count,
            state.order.allSatisfy({ order.indices.contains(Int($0)) }), state.step >= 0, state.epochs >= 0,
            state.batch >= 0
        else { return false }
        restore(state.values)
        moments.start.update(from: state.moments, count: moments.count)
        averages.start.update(from: state.averages, count: averages.count)
        (order, step, epochs, batchIndex, sum) = (state.order, state.step, state.epochs, state.batch, state.sum)
        shuffler.words = Array(state.generators[0..<4])
        noise.words = Array(state.generators[4..<8])
        mixer.words = Array(state.generators[8..<12])
        return true
    }

    /// A copy of all parameters and states.
    func snapshot() -> [Float] { parameters.values.copy }

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

    /// Exchanges the values and their running mean, which is what is validated and kept, if there is one.
    func swapAverages() {
        if averages.count == 0 { return }
        let (values, means) = (parameters.values.start, averages.start)
        for index in 0..<parameters.count {
            (values[index], means[index]) = (means[index], values[index])
        }
    }
}

extension AlignedBuffer {
    /// The floats as an array.
    fileprivate var copy: [Float] { Array(UnsafeBufferPointer(start: start, count: count)) }
}
