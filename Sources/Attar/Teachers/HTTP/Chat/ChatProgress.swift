internal import Synchronization

/// What has been learned of a chat endpoint while it was asked.
final class ChatProgress: Sendable {
    private struct State {
        var form = ChatForm()
        var soft = 0
        var hard = 0
        var rest = 0.0
    }

    private let state: Mutex<State>

    init(answerTokens: Int?) {
        var form = ChatForm()
        form.answerTokens = answerTokens
        state = Mutex(State(form: form))
    }

    /// What is asked for at the moment.
    var form: ChatForm { state.withLock { $0.form } }

    /// Takes another form, unless another thread already has.
    func take(_ form: ChatForm, inPlaceOf old: ChatForm) {
        state.withLock { if $0.form == old { $0.form = form } }
    }

    /// Whether any row was answered.
    var hasAnswers: Bool { state.withLock { $0.soft + $0.hard > 0 } }

    func count(rest: Double) {
        state.withLock {
            $0.soft += 1
            $0.rest += rest
        }
    }

    func countLabel() { state.withLock { $0.hard += 1 } }

    func notes(for name: String) -> [String] {
        let state = state.withLock { $0 }
        var notes: [String] = []
        if state.hard > 0, state.soft == 0 { notes.append(ForeignAnswers.hardNote(of: name)) }
        if state.hard > 0, state.soft > 0 {
            notes.append(
                "The teacher '\(name)' \(ForeignAnswers.hardWords) for \(state.hard) of \(state.soft + state.hard) rows: there are no soft targets for them, so the student learns no more than which answer is right"
            )
        }
        let rest = state.soft > 0 ? state.rest / Double(state.soft) : 0
        if rest >= 0.01 {
            let percent = (rest * 1000).rounded() / 10
            notes.append(
                "The teacher '\(name)' gives \(percent) % of its probability to answers outside of the classes; the rest is scaled to 1"
            )
        }
        return notes
    }
}
