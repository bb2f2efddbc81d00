internal import Synchronization

/// Keeps a run to its time budget: knows by when it has to end, how fast students are fitted, and what is still to come.
final class RunClock: Sendable {
    private let deadline: ContinuousClock.Instant?
    /// What the end of the run takes beside the last fits, in seconds: the test rows' answers, the evidence.
    private let reserve: Double
    /// What the teacher takes for a row, in seconds; 0 where that is next to nothing.
    private let secondsPerQuestion: Double
    private let state = Mutex(State())

    private struct State {
        /// Seconds a row of the last fits of each student.
        var pace: [String: Double] = [:]
        /// What was left out for want of time.
        var skipped: [String] = []
    }

    /// The share of the budget that is kept for what comes after the last fit.
    private static let reservedShare = 0.15

    /// The clock of a run.
    init(_ setup: RunSetup) {
        let budget = setup.settings.budget.timeBudget
        deadline = budget.map { setup.start + .seconds($0.amount) }
        reserve = (budget.map { Self.reservedShare * $0.amount } ?? 0) + setup.limits.secondsOfTestRows
        secondsPerQuestion = setup.limits.secondsPerQuestion
    }

    /// Whether there is a budget at all.
    var isSet: Bool { deadline != nil }

    /// Seconds that are left for fits and questions; nil without a budget.
    var left: Double? { deadline.map { ContinuousClock.now.duration(to: $0) / .seconds(1) - reserve } }

    /// Notes how long fits took.
    ///
    /// - Parameter rows: the rows of all of them together.
    func record(_ student: String, rows: Int, seconds: Double) {
        guard rows > 0 else { return }
        state.withLock { $0.pace[student] = seconds / Double(rows) }
    }

    /// How long fits of a student would take on so many rows together, after so many questions; nil before any of its fits.
    func seconds(_ student: String, rows: Double, questions: Double = 0) -> Double? {
        state.withLock { $0.pace[student] }.map { $0 * rows + questions * secondsPerQuestion }
    }

    /// Whether there is time for fits of a student; there is, as far as anyone knows, before any of its fits.
    func allows(_ student: String, rows: Double, questions: Double = 0) -> Bool {
        guard let left, let needed = seconds(student, rows: rows, questions: questions) else { return true }
        return needed <= left
    }

    /// Notes what was left out.
    func skip(_ what: String) {
        state.withLock { if !$0.skipped.contains(what) { $0.skipped.append(what) } }
    }

    /// What was left out, as a sentence; nil for nothing.
    func note(_ budget: Quantity<TimeUnit>?) -> String? {
        let skipped = state.withLock { $0.skipped }
        guard let budget, !skipped.isEmpty else { return nil }
        return "The time budget of \(budget) left no time for: \(skipped.joined(separator: "; "))."
    }
}
