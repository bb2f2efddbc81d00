internal import Compute

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
        var context = context
        context.loss = .labelsOnly(rows.task.kind)
        let outer = context.progress
        // The bar counts fits; the steps inside one only carry their loss, and the answer whether to stop.
        @Sendable func fits(_ completed: Int, loss: Double? = nil) -> Progress {
            Progress(
                phase: "training the teacher", completed: completed, total: folds.count + 1, unit: "fits", loss: loss)
        }
        var answers = Matrix(rows: rows.count, columns: rows.task.width)
        var copies: [any Model] = []
        for (index, fold) in folds.enumerated() {
            try report(fits(index), to: outer)
            context.progress = { outer(fits(index, loss: $0.loss)) }
            let inside = Set(fold)
            let training = rows.selecting((0..<rows.count).filter { !inside.contains($0) })
            let copy = try estimator.fitted(to: training, validation: nil, context: context)
            let outputs = copy.outputs(for: rows.features.selecting(rows: fold)).matrix
            for (row, position) in fold.enumerated() {
                for column in 0..<outputs.columns { answers[position, column] = outputs[row, column] }
            }
            copies.append(copy)
        }
        context.progress = { outer(fits(folds.count, loss: $0.loss)) }
        teacher = try estimator.fitted(to: rows, validation: nil, context: context)
        foldTeachers = copies
        self.answers = answers
        try report(fits(folds.count + 1), to: outer)
    }
}
