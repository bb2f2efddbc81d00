internal import Attar
internal import Foundation
internal import Synchronization

/// Ctrl-C: the first asks the run to stop where it is safe, the second ends the process at once.
enum Interruption {
    private static let requests = Mutex(0)
    private static let sources = Mutex<[any DispatchSourceSignal]>([])
    private static let signals = [SIGINT, SIGTERM]

    /// Whether the run was asked to stop.
    static var isRequested: Bool { requests.withLock { $0 > 0 } }

    /// From here on the run stops by itself. Before, Ctrl-C ends the process at once, when there is nothing to tidy up.
    static func takeOver() {
        sources.withLock { sources in
            guard sources.isEmpty else { return }
            for number in signals {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
                source.setEventHandler {
                    let count = requests.withLock { count in
                        count += 1
                        return count
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

    /// Ends the process as interrupted, so that shells and make see it: status 130.
    static func end(by number: Int32 = SIGINT) -> Never {
        OutputFile.removeUnfinished()
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
