import Foundation

/// Runs an asynchronous body to its end.
func wait(_ body: @escaping @Sendable () async throws -> Void) throws {
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        do {
            try await body()
        } catch {
            print("error: \(error)")
        }
        done.signal()
    }
    done.wait()
}
