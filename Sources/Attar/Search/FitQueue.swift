internal import Compute
internal import Synchronization

/// Fits that do not wait for each other: side by side on threads of our own, the longest first, so that no thread is left with one at the end.
///
/// Whoever awaits them holds no thread of Swift's pool. A fit gives the same model however many run beside it.
package struct FitQueue: Sendable {
    /// Fits at a time; where there are fewer fits than threads, each has its share of them.
    let threads: Int
    /// Told how many fits have ended, and the loss of whichever is learning; may stop them all.
    let progress: ProgressHandler

    /// One fit.
    package struct Fit: Sendable {
        /// How the model is trained.
        let estimator: any Estimator
        /// What it learns from.
        let rows: TransferSet
        /// The rows that it learns from; nil for all. They are copied out when the fit begins, not before.
        var positions: [Int]?
        /// What it needs besides; threads and progress are the queue's to say.
        let context: FittingContext

        /// A fit.
        package init(
            estimator: any Estimator, rows: TransferSet, positions: [Int]? = nil, context: FittingContext
        ) {
            (self.estimator, self.rows, self.positions, self.context) = (estimator, rows, positions, context)
        }

        fileprivate var count: Int { positions?.count ?? rows.count }
    }

    /// A queue.
    package init(threads: Int, progress: @escaping ProgressHandler) {
        (self.threads, self.progress) = (threads, progress)
    }

    /// The models of the fits, in their order.
    ///
    /// - Parameter phase: what is being done, for people: "training mlp[16]".
    /// - Throws: the error of a fit that failed; `AttarError` (`stopped`); `CancellationError`.
    package func models(_ fits: [Fit], phase: String) async throws -> [any Model] {
        let order = fits.indices.sorted { (fits[$1].count, $0) < (fits[$0].count, $1) }
        let bar = Bar(phase: phase, total: fits.count, progress: progress)
        let share = max(1, threads / max(1, fits.count))
        let models = try await onWorkers(fits.count, threads: threads) { place -> any Model in
            let fit = fits[order[place]]
            try report(bar.now(), to: bar.progress)
            var context = fit.context
            context.threads = share
            // The bar counts fits; the steps inside one only carry their loss, and the answer whether to stop.
            context.progress = { bar.progress(bar.now($0)) }
            let model = try fit.estimator.fitted(
                to: fit.positions.map(fit.rows.selecting) ?? fit.rows, validation: nil, context: context)
            bar.advance()
            try report(bar.now(), to: bar.progress)
            return model
        }
        let places = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
        return fits.indices.compactMap { places[$0].map { models[$0] } }
    }

    /// How many fits have ended.
    private final class Bar: Sendable {
        let progress: ProgressHandler
        private let phase: String
        private let total: Int
        private let done = Atomic(0)

        init(phase: String, total: Int, progress: @escaping ProgressHandler) {
            (self.phase, self.total, self.progress) = (phase, total, progress)
        }

        func advance() { done.wrappingAdd(1, ordering: .relaxed) }

        func now(_ inner: RunProgress? = nil) -> RunProgress {
            RunProgress(
                phase: phase, completed: done.load(ordering: .relaxed), total: total, unit: "fits", loss: inner?.loss,
                note: inner?.note)
        }
    }
}
