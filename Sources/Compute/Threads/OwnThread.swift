#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// A thread of our own, apart from Swift's pool, which holds no more threads than there are processors: work that runs long or waits
/// would starve it.
struct OwnThread: @unchecked Sendable {
    // Unchecked because of the system's handle, which never changes and may be joined from any thread.
    #if canImport(Darwin)
        private let handle: pthread_t?
    #else
        private let handle: pthread_t
    #endif

    /// Starts a thread that runs the body and ends; nil where the system gives no more threads.
    init?(_ body: @escaping @Sendable () -> Void) {
        let argument = Unmanaged.passRetained(Body(body)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        guard pthread_create(&thread, nil, { Body.run($0) }, argument) == 0 else {
            Unmanaged<Body>.fromOpaque(argument).release()
            return nil
        }
        handle = thread
    }

    /// Waits until the thread has ended. Each thread is joined or detached once.
    func join() { pthread_join(handle, nil) }

    /// Lets the thread clear up after itself when it ends.
    func detach() { pthread_detach(handle) }
}

/// What a new thread is told.
private final class Body {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().body()
        return nil
    }
}
