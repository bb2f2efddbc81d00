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
        let pairs = folds.indices.flatMap { first in folds.indices.dropFirst(first + 1).map { [first, $0] } }
        let heldOut = folds.indices.map { [$0] } + (choosing ? pairs : [])
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
        let pictures = count == nil ? nil : rows.views?.pictures
        let shown = 1 + (pictures == nil ? 0 : count ?? 0)
        // A copy that has not seen two folds answers both, and is forgotten: a large teacher is held once a fold, and not once a pair of them.
        let copies = try await queue.results(of: fits, phase: "training copies of the teacher") { place, model in
            let held = heldOut[place]
            let answers = held.map { fold in
                (0..<shown).map { view in
                    let own = rows.features.selecting(rows: folds[fold])
                    let features = view == 0 ? own : pictures?.selecting(folds[fold]).view(view - 1, of: own) ?? own
                    return model.outputs(for: features).matrix
                }
            }
            return Copy(
                model: held.count == 1 ? model : nil, answers: Dictionary(uniqueKeysWithValues: zip(held, answers)))
        }
        let byHeldOut = Dictionary(uniqueKeysWithValues: zip(heldOut, copies))

        /// Each row, or a view of it, answered by the copy that has not seen it, nor, if given, a fold that is held out.
        func outOfFold(view: Int = 0, holding held: Int? = nil) -> Matrix {
            var answers = Matrix(rows: rows.count, columns: rows.task.width)
            for (index, fold) in folds.enumerated() {
                let unseen = held.map { $0 == index ? [index] : [min(index, $0), max(index, $0)] } ?? [index]
                guard let own = byHeldOut[unseen]?.answers[index]?[view] else {
                    preconditionFailure("each fold has its copy of the teacher")
                }
                answers.fill(fold, from: own)
            }
            return answers
        }
        teacher = whole
        foldTeachers = copies.prefix(folds.count).compactMap(\.model)
        answers = outOfFold()
        answersHolding = choosing ? folds.indices.map { outOfFold(holding: $0) } : []
        if let pictures, let count {
            let views = 1...max(1, count)
            self.views = ViewAnswers(
                pictures: pictures.with(count: count), mixing: rows.views?.mixing,
                answers: Matrix(joining: views.map { outOfFold(view: $0) }),
                answersHolding: choosing
                    ? folds.indices.map { held in Matrix(joining: views.map { outOfFold(view: $0, holding: held) }) }
                    : [])
        }
    }

    /// What is kept of a copy of the teacher.
    private struct Copy: Sendable {
        /// The copy; nil where its answers are all that is asked for.
        let model: (any Model)?
        /// For each fold that it has not seen its answers to the rows as they are, then to each view of them.
        let answers: [Int: [Matrix]]
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
