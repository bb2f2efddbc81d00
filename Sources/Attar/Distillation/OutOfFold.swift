package import Compute

/// A teacher that Attar trains, and its answers to its own training rows by copies that have not seen them.
///
/// A teacher asked about rows that it learned from repeats their labels and teaches little; out-of-fold answers show how it
/// answers rows that are new to it. To choose a student's transfer set, one fold is held out for validation, and the copies
/// that answer the other folds must not have seen it either: its labels would reach the student through their answers. So
/// there is a copy for each fold and one for each pair of folds. How long copies are trained, and the temperatures of an ensemble's members, are the teacher's: a few numbers
/// that all rows had a part in, for which each copy would otherwise be trained twice.
package struct OutOfFold {
    /// The teacher, fitted to all training rows.
    package let teacher: any Model
    /// One copy a fold, fitted to the rows outside it.
    package let foldTeachers: [any Model]
    /// Each training row answered by the copy that has not seen it; probabilities or values, (rows, task.width).
    package let answers: Matrix
    /// For each fold the answers to the rows outside it by copies that have seen neither the row nor the fold; rows of the
    /// fold itself as in `answers`. Empty where nothing is chosen.
    package let answersHolding: [Matrix]
    /// The same for the views of the rows, if there are any: one view of all rows after the other.
    package private(set) var views: ViewAnswers?

    /// Trains a teacher on all rows, and its copies.
    ///
    /// - Parameters:
    ///   - rows: labelled training rows.
    ///   - folds: positions of the rows held out together; all rows, each once.
    ///   - count: of how many views of each picture answers are wanted; nil for none.
    ///   - choosing: whether answers for choosing on validation rows are wanted, at folds · (folds − 1) / 2 more fits.
    ///   - context: seed, threads and progress; its loss is replaced by the one on labels.
    package init(
        _ estimator: any Estimator, on rows: TransferSet, folds: [[Int]], views count: Int? = nil, choosing: Bool,
        context: FittingContext
    ) async throws {
        var heldOut: [[Int]] = folds.indices.map { [$0] }
        if choosing {
            heldOut += folds.indices.flatMap { first in folds.indices.dropFirst(first + 1).map { [first, $0] } }
        }
        var context = context
        context.loss = .labelsOnly(rows.task.form)
        let queue = FitQueue(threads: context.threads, progress: context.progress)
        let whole = try await queue.models(
            [FitQueue.Fit(estimator: estimator, rows: rows, context: context)], phase: "training the teacher")[0]
        let copied = estimator.refitting(after: whole)
        let fits = heldOut.map { held in
            let inside = Set(held.flatMap { folds[$0] })
            return FitQueue.Fit(
                estimator: copied, rows: rows, positions: (0..<rows.count).filter { !inside.contains($0) },
                context: context)
        }
        let models = try await queue.models(fits, phase: "training copies of the teacher")
        let copies = Dictionary(uniqueKeysWithValues: zip(heldOut, models))

        /// Each row answered by the copy that has not seen it, nor, if given, a fold that is held out.
        func outOfFold(_ features: Matrix, holding held: Int? = nil) -> Matrix {
            var answers = Matrix(rows: rows.count, columns: rows.task.width)
            for (index, fold) in folds.enumerated() {
                let unseen = held.map { $0 == index ? [index] : [min(index, $0), max(index, $0)] } ?? [index]
                answers.fill(fold, from: copies[unseen]?.outputs(for: features.selecting(rows: fold)))
            }
            return answers
        }
        teacher = whole
        foldTeachers = Array(models.prefix(folds.count))
        answers = outOfFold(rows.features)
        answersHolding = choosing ? folds.indices.map { outOfFold(rows.features, holding: $0) } : []
        if let pictures = rows.views?.pictures, let count {
            let shown = (0..<count).map { pictures.view($0, of: rows.features) }
            views = ViewAnswers(
                pictures: pictures.with(count: count), mixing: rows.views?.mixing,
                answers: Matrix(joining: shown.map { outOfFold($0) }),
                answersHolding: choosing
                    ? folds.indices.map { held in Matrix(joining: shown.map { outOfFold($0, holding: held) }) } : [])
        }
    }
}

extension Matrix {
    /// Puts answers into the given rows, in order.
    mutating func fill(_ positions: [Int], from outputs: Answers?) {
        guard let outputs else { preconditionFailure("each fold has its copy of the teacher") }
        fill(positions, from: outputs.matrix)
    }

    /// Puts rows into the given places, in order.
    mutating func fill(_ positions: [Int], from matrix: Matrix) {
        for (row, position) in positions.enumerated() {
            for column in 0..<columns { self[position, column] = matrix[row, column] }
        }
    }
}
