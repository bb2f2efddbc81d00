#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// Counts the time of each kernel of a plan, and of what a training step does between them. For benchmarks: reading the clock costs
/// a fraction of a microsecond a kernel.
///
/// It is the time of the calling thread's processor, so that other programs on the machine do not count; while that thread waits for
/// its workers it turns in a loop, which does.
package final class OperationClock {
    /// What a step does besides its operations.
    package enum Other: Int, CaseIterable {
        case batch, loss, update
    }

    private let kernels: [(tensor: String, operation: String)]
    /// Microseconds of forward kernels, backward kernels, and the rest.
    private var spent: [Double]
    private var last = OperationClock.now

    init(kernels: [(tensor: String, operation: String)]) {
        self.kernels = kernels
        spent = [Double](repeating: 0, count: 2 * kernels.count + Other.allCases.count)
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) * 1e-3
    }

    func lap(forward index: Int) { lap(index) }
    func lap(backward index: Int) { lap(kernels.count + index) }
    func lap(_ other: Other) { lap(2 * kernels.count + other.rawValue) }

    /// The time since the lap before belongs to a slot.
    private func lap(_ slot: Int) {
        let now = Self.now
        spent[slot] += now - last
        last = now
    }

    /// The time a step, of so many.
    func times(steps: Int) -> [OperationTime] {
        func microseconds(_ slot: Int) -> Double { spent[slot] / Double(max(1, steps)) }
        let count = kernels.count
        return kernels.indices.flatMap { index in
            [("forward", index), ("backward", count + index)].map { phase, slot in
                OperationTime(
                    tensor: kernels[index].tensor, kind: kernels[index].operation, phase: phase,
                    microseconds: microseconds(slot))
            }
        }
            + Other.allCases.map { other in
                OperationTime(
                    tensor: "\(other)", kind: "\(other)", phase: "step",
                    microseconds: microseconds(2 * count + other.rawValue))
            }
    }
}

/// The time of one kernel in a training step.
@_spi(Profiling) public struct OperationTime: Sendable {
    /// The name of the tensor that the operation computes.
    public let tensor: String
    /// The operation's name; "batch", "loss" or "update" for what lies between.
    public let kind: String
    /// "forward", "backward" or "step".
    public let phase: String
    /// Microseconds a step, on average.
    public let microseconds: Double
}

extension TrainingRun {
    /// Trains for some more epochs and returns where the time of a step went.
    @_spi(Profiling) public func operationTimes(epochs: Int) throws(TrainingError) -> [OperationTime] {
        let clock = plan.startClock()
        defer { plan.clock = nil }
        let before = step
        for _ in 0..<epochs { _ = try epoch() }
        return clock.times(steps: step - before)
    }
}
