internal import Attar
internal import Synchronization

/// Shows how far a run is, on standard error: one line that redraws on a terminal, a plain line every few seconds elsewhere.
final class ProgressDisplay: Sendable {
    private enum Style { case silent, lines, bar }

    private struct State {
        var phase = ""
        var phaseStart = ContinuousClock.now
        var lastShown: ContinuousClock.Instant?
        /// Characters of the bar that stand on the current line.
        var drawn = 0
        /// What has been said for good.
        var said: Set<String> = []
    }

    private let style: Style
    private let began = ContinuousClock.now
    private let state = Mutex(State())

    /// How long a plain line stands before the next, and a bar before it is redrawn.
    private static let lineInterval = Duration.seconds(3)
    private static let barInterval = Duration.milliseconds(100)

    /// A display that suits standard error; silent where asked.
    init(quiet: Bool) {
        style = quiet ? .silent : Console.redraws ? .bar : .lines
    }

    /// Shows a report, and answers whether to go on.
    var handler: ProgressHandler {
        { [self] progress in
            show(progress)
            return Interruption.isRequested ? .stop : .more
        }
    }

    /// Clears the bar, so that what follows starts on an empty line.
    func clear() {
        state.withLock { state in
            Console.clear(state.drawn)
            state.drawn = 0
        }
    }

    /// Whether a note, a whole sentence, stands there already.
    func hasSaid(_ sentence: String) -> Bool {
        state.withLock { $0.said.contains(String(sentence.dropLast())) }
    }

    private func show(_ progress: RunProgress) {
        guard style != .silent else { return }
        state.withLock { state in
            if let note = progress.note {
                if state.said.insert(note).inserted {
                    Console.clear(state.drawn)
                    state.drawn = 0
                    Console.note("note: \(note).")
                }
                return
            }
            let now = ContinuousClock.now
            if progress.phase != state.phase {
                state.phase = progress.phase
                state.phaseStart = now
            }
            let interval = style == .bar ? Self.barInterval : Self.lineInterval
            if let last = state.lastShown, now - last < interval { return }
            state.lastShown = now
            let words = ProgressText(progress, elapsed: now - state.phaseStart, total: now - began)
            if style == .bar {
                state.drawn = Console.redraw(words.bar, over: state.drawn)
            } else {
                Console.note(words.line)
            }
        }
    }
}
