package import Compute
internal import Synchronization

/// A teacher that Attar trains, and its answers to its own training rows by copies that have not seen them.
///
/// A teacher asked about rows that it learned from repeats their labels and teaches little; out-of-fold answers show how it
/// answers rows that are new to it. To choose a student's transfer set, one fold is held out for validation, and the copies
/// that answer the other folds must not have seen it either: its labels would reach the student through their answers. So
/// there is a copy for each fold and one for each pair of folds.
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
    ) throws {
        var heldOut: [[Int]] = [[]]
        heldOut += folds.indices.map { [$0] }
        if choosing {
            heldOut += folds.indices.flatMap { first in folds.indices.dropFirst(first + 1).map { [first, $0] } }
        }
        let models = try Self.fits(estimator, on: rows, holdingOut: heldOut.map { $0.flatMap { folds[$0] } }, context)
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
        teacher = models[0]
        foldTeachers = Array(models[1...folds.count])
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

    /// One fit for each set of rows that is left out, side by side.
    private static func fits(
        _ estimator: any Estimator, on rows: TransferSet, holdingOut heldOut: [[Int]], _ context: FittingContext
    ) throws -> [any Model] {
        let outer = context.progress
        let done = Atomic(0)
        return try concurrently(heldOut.count, threads: context.threads) { index in
            // The bar counts fits; the steps inside one only carry their loss, and the answer whether to stop.
            @Sendable func progress(_ inner: RunProgress? = nil) -> RunProgress {
                RunProgress(
                    phase: "training the teacher", completed: done.load(ordering: .relaxed), total: heldOut.count,
                    unit: "fits", loss: inner?.loss, note: inner?.note)
            }
            try report(progress(), to: outer)
            let inside = Set(heldOut[index])
            let model = try estimator.fitted(
                to: rows.selecting((0..<rows.count).filter { !inside.contains($0) }), validation: nil,
                context: FittingContext(
                    loss: .labelsOnly(rows.task.form), seed: context.seed,
                    threads: max(1, context.threads / heldOut.count), progress: { outer(progress($0)) },
                    checkpoints: context.checkpoints))
            done.wrappingAdd(1, ordering: .relaxed)
            try report(progress(), to: outer)
            return model
        }
    }
}

extension Matrix {
    /// Puts answers into the given rows, in order.
    mutating func fill(_ positions: [Int], from outputs: Answers?) {
        guard let outputs else { preconditionFailure("each fold has its copy of the teacher") }
        for (row, position) in positions.enumerated() {
            for column in 0..<columns { self[position, column] = outputs.matrix[row, column] }
        }
    }
}
