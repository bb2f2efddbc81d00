internal import Synchronization

/// Lets one question at a time be asked, so that each has all threads to itself.
final class ONNXTurn: Sendable {
    private let lock = Mutex(())

    /// Runs the body when nobody else does.
    func alone<Result>(_ body: () throws -> sending Result) throws -> sending Result {
        try lock.withLock { _ in try body() }
    }
}
