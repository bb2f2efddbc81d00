internal import Compute
internal import Synchronization

/// A teacher that Attar trains, and its answers to its own training rows by copies that have not seen them.
///
/// A teacher asked about rows that it learned from repeats their labels and teaches little; out-of-fold answers show how it
/// answers rows that are new to it.
struct OutOfFold {
    /// The teacher, fitted to all training rows.
    let teacher: any Model
    /// One copy a fold, fitted to the rows outside it.
    let foldTeachers: [any Model]
    /// Each training row answered by the copy that has not seen it; probabilities or values, (rows, task.width).
    let answers: Matrix

    /// Trains a teacher once for each fold and once on all rows.
    ///
    /// - Parameters:
    ///   - rows: labelled training rows.
    ///   - folds: positions of the rows held out together; all rows, each once.
    ///   - context: seed, threads and progress; its loss is replaced by the one on labels.
    init(
        _ estimator: any Estimator, on rows: TransferSet, folds: [[Int]], context: FittingContext
    ) throws {
        let outer = context.progress
        let done = Atomic(0)
        let everything = Array(0..<rows.count)
        // The last fit is the teacher itself; it sees all rows.
        let fits = try concurrently(folds.count + 1, threads: context.threads) { index in
            // The bar counts fits; the steps inside one only carry their loss, and the answer whether to stop.
            @Sendable func progress(loss: Double? = nil) -> Progress {
                Progress(
                    phase: "training the teacher", completed: done.load(ordering: .relaxed), total: folds.count + 1,
                    unit: "fits", loss: loss)
            }
            try report(progress(), to: outer)
            let inside = index < folds.count ? Set(folds[index]) : []
            let fitContext = FittingContext(
                loss: .labelsOnly(rows.task.kind), seed: context.seed, threads: max(1, context.threads / (folds.count + 1)),
                progress: { outer(progress(loss: $0.loss)) })
            let model = try estimator.fitted(
                to: rows.selecting(everything.filter { !inside.contains($0) }), validation: nil, context: fitContext)
            done.wrappingAdd(1, ordering: .relaxed)
            try report(progress(), to: outer)
            return model
        }
        var answers = Matrix(rows: rows.count, columns: rows.task.width)
        for (copy, fold) in zip(fits, folds) {
            let outputs = copy.outputs(for: rows.features.selecting(rows: fold)).matrix
            for (row, position) in fold.enumerated() {
                for column in 0..<outputs.columns { answers[position, column] = outputs[row, column] }
            }
        }
        foldTeachers = Array(fits.dropLast())
        teacher = fits[folds.count]
        self.answers = answers
    }
}
