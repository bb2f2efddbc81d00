internal import CKernels
internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// Threads of our own that run one piece of work each at the same time: the calling thread and `count - 1` others.
///
/// A piece of work is a part of a kernel's rows, often a few microseconds, so handing it over takes no lock and no
/// allocation. Between two kernels a thread waits in a loop for a short while, then sleeps until it is woken. Swift's own
/// concurrency is not used: tasks that wait for each other would starve its pool.
///
/// One group of workers serves one caller at a time.
public final class Workers: @unchecked Sendable {
    // Unchecked because of `job`, which is written before `generation` rises and read after.

    /// No other threads: work runs where it is asked for.
    public static let one = Workers(count: 1)

    /// Threads that work at the same time, the caller's included, at least 1.
    public let count: Int

    private let shared: Shared
    private let threads: [OwnThread]

    /// Starts `count - 1` threads.
    ///
    /// - Precondition: `count > 0`.
    public init(count: Int) {
        precondition(count > 0, "work needs at least one thread")
        precondition(LentClosure.arrivesWhole, "this compiler passes closures as attar_closures.h says")
        self.count = count
        let shared = Shared()
        self.shared = shared
        threads = (1..<count).compactMap { index in OwnThread { shared.serve(index) } }
        precondition(threads.count == count - 1, "the system gives no more threads")
    }

    deinit {
        shared.isEnding.store(true, ordering: .relaxed)
        shared.begin()
        for thread in threads { thread.join() }
    }

    /// Calls the body once for each part from 0 to `parts - 1`, each on a thread of its own, and waits for all.
    ///
    /// - Precondition: 0 < parts ≤ count. The body runs nothing on these workers itself.
    @inline(never)
    public func run(_ parts: Int, _ body: (Int) -> Void) {
        precondition(parts > 0 && parts <= count, "there are \(count) workers")
        if parts == 1 { return body(0) }
        shared.job.lend(body)
        shared.parts = parts
        shared.pending.store(count - 1, ordering: .relaxed)
        shared.begin()
        body(0)
        shared.waitForOthers()
    }
}

/// What the threads of one group share.
private final class Shared: @unchecked Sendable {
    // Unchecked because of `job` and `parts`: written before `generation` rises, read by others only after, and not
    // written again before `pending` is 0.

    /// What to run now, with the number of the part.
    var job = LentClosure()
    /// How many parts there are; threads beyond them have nothing to do.
    var parts = 0
    /// Rises with each job.
    let generation = Atomic<UInt64>(0)
    /// Threads that have not finished the present job.
    let pending = Atomic<Int>(0)
    /// Threads that sleep, or are about to.
    let sleeping = Atomic<Int>(0)
    /// Whether the threads are to end.
    let isEnding = Atomic<Bool>(false)

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    /// Turns of the waiting loop before a thread sleeps: about 50 µs, longer than the gaps between the kernels of a step.
    private static let turns = 2_000

    init() {
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(condition)
        mutex.deallocate()
        condition.deallocate()
    }

    /// Lets the threads look at the job.
    func begin() {
        // Both sides write one of the two atomics and then read the other, so they need one order of all four.
        generation.add(1, ordering: .sequentiallyConsistent)
        guard sleeping.load(ordering: .sequentiallyConsistent) > 0 else { return }
        pthread_mutex_lock(mutex)
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// What a thread does until the group ends.
    func serve(_ index: Int) {
        var seen: UInt64 = 0
        while true {
            seen = waitForJob(after: seen)
            if isEnding.load(ordering: .relaxed) { return }
            if index < parts { job.call(index) }
            pending.subtract(1, ordering: .releasing)
        }
    }

    /// Waits until there is a job that comes after the one seen last.
    private func waitForJob(after seen: UInt64) -> UInt64 {
        for _ in 0..<Self.turns {
            let now = generation.load(ordering: .acquiring)
            if now != seen { return now }
            attar_pause()
        }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        sleeping.add(1, ordering: .sequentiallyConsistent)
        while generation.load(ordering: .sequentiallyConsistent) == seen { pthread_cond_wait(condition, mutex) }
        sleeping.subtract(1, ordering: .sequentiallyConsistent)
        return generation.load(ordering: .acquiring)
    }

    /// Waits until all other threads have finished the present job.
    func waitForOthers() {
        var turn = 0
        while pending.load(ordering: .acquiring) > 0 {
            turn += 1
            // On a busy machine another thread may be waiting for this processor.
            if turn % Self.turns == 0 { sched_yield() } else { attar_pause() }
        }
    }
}
