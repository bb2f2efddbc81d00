internal import Attar
internal import Foundation
internal import Synchronization

/// Ctrl-C, a request to end, and a terminal that is closed: the first asks the run to stop where it is safe, the second ends the process at once.
enum Interruption {
    /// The signals that have come, in order.
    private static let requests = Mutex<[Int32]>([])
    private static let sources = Mutex<[any DispatchSourceSignal]>([])

    /// Whether the run was asked to stop.
    static var isRequested: Bool { requests.withLock { !$0.isEmpty } }

    /// From here on the run stops by itself. Before, Ctrl-C ends the process at once, when there is nothing to tidy up.
    static func takeOver() {
        sources.withLock { sources in
            guard sources.isEmpty else { return }
            // A reader that has gone is told by the write that fails, so that what is unfinished is removed; then `end` ends as the signal would.
            signal(SIGPIPE, SIG_IGN)
            for number in [SIGINT, SIGTERM, SIGHUP] {
                let before = signal(number, SIG_IGN)
                // Under nohup a closed terminal is nothing to stop for.
                if number == SIGHUP, unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
                    continue
                }
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
                source.setEventHandler {
                    let count = requests.withLock { requests in
                        requests.append(number)
                        return requests.count
                    }
                    if count > 1 { end(by: number) }
                }
                // Until it is registered, elsewhere and later, the signal would be lost.
                let registered = DispatchSemaphore(value: 0)
                source.setRegistrationHandler { registered.signal() }
                source.resume()
                registered.wait()
                sources.append(source)
            }
        }
    }

    /// Throws where the run was asked to stop.
    static func check(_ phase: String) throws {
        if isRequested { throw AttarError(.stopped, "stopped while \(phase)", remedy: "Nothing was written") }
    }

    /// Ends the process as the signal does that it was asked by, so that shells and make see it: status 130 after Ctrl-C, 143 after SIGTERM.
    static func end() -> Never { end(by: requests.withLock { $0.first } ?? SIGINT) }

    /// Ends the process as a signal does, with nothing unfinished left behind.
    static func end(by number: Int32) -> Never {
        OutputFile.removeUnfinished()
        Program.endAll()
        signal(number, SIG_DFL)
        // Where signals arrive through a descriptor they are blocked, and a blocked one would not end the process.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
        exit(128 + number)
    }
}
