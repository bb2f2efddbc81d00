internal import Compute
internal import Synchronization

/// Fits that do not wait for each other: side by side on threads of our own, the longest first, so that no thread is left with one at the end.
///
/// Whoever awaits them holds no thread of Swift's pool. A fit gives the same model however many run beside it, so that fewer do where memory would not hold them all.
package struct FitQueue: Sendable {
    /// Fits at a time; where there are fewer fits than threads, each has its share of them.
    let threads: Int
    /// Told how many fits have ended, and the loss of whichever is learning; may stop them all.
    let progress: ProgressHandler
    /// Bytes that fits may hold together.
    let memory: Int

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

        /// About how many bytes the fit holds at most, the rows that are copied out for it included.
        package var memory: Int {
            let extent = RowsExtent(rows: count, features: rows.features.columns, outputs: rows.task.width)
            return estimator.memoryEstimate(extent) + (positions == nil ? 0 : extent.bytes)
        }
    }

    /// A queue.
    ///
    /// - Parameter memory: bytes that fits may hold together; nil for four fifths of what the machine has left.
    package init(threads: Int, memory: Int? = nil, progress: @escaping ProgressHandler) {
        (self.threads, self.progress) = (threads, progress)
        self.memory = memory ?? Machine.availableMemory() / 5 * 4
    }

    /// How many of the fits run side by side at most: as many as there are threads, and as the largest ones fit into memory together; one in any case.
    package func sideBySide(_ fits: [Fit]) -> Int {
        var left = memory
        let fitting = fits.map(\.memory).sorted(by: >).prefix { own in
            guard own <= left else { return false }
            left -= own
            return true
        }
        return max(1, min(threads, fits.count > fitting.count ? fitting.count : threads))
    }

    /// The models of the fits, in their order.
    ///
    /// - Parameter phase: what is being done, for people: "training mlp[16]".
    /// - Throws: the error of a fit that failed; `AttarError` (`stopped`); `CancellationError`.
    package func models(_ fits: [Fit], phase: String) async throws -> [any Model] {
        try await results(of: fits, phase: phase) { $1 }
    }

    /// What is made of the models of the fits, in their order: of models that nobody asks for again it keeps their answers alone.
    ///
    /// - Parameter make: called with a fit's position and its model as soon as there is one, on the thread of the fit.
    /// - Throws: the error of a fit that failed; `AttarError` (`stopped`); `CancellationError`.
    package func results<Value: Sendable>(
        of fits: [Fit], phase: String, make: @escaping @Sendable (Int, any Model) throws -> Value
    ) async throws -> [Value] {
        let order = fits.indices.sorted { (fits[$1].count, $0) < (fits[$0].count, $1) }
        let bar = Bar(phase: phase, total: fits.count, progress: progress)
        let share = max(1, threads / max(1, fits.count))
        let values = try await onWorkers(fits.count, threads: sideBySide(fits)) { place -> Value in
            let fit = fits[order[place]]
            try report(bar.now(), to: bar.progress)
            var context = fit.context
            context.threads = share
            // The bar counts fits; the steps inside one only carry their loss, and the answer whether to stop.
            context.progress = { bar.progress(bar.now($0)) }
            let model = try fit.estimator.fitted(
                to: fit.positions.map(fit.rows.selecting) ?? fit.rows, validation: nil, context: context)
            let value = try make(order[place], model)
            bar.advance()
            try report(bar.now(), to: bar.progress)
            return value
        }
        let places = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
        return fits.indices.compactMap { places[$0].map { values[$0] } }
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
