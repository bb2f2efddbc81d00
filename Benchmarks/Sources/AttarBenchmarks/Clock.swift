import Foundation

/// The middle of some measurements: robust against the few that the rest of the machine disturbed.
func median(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.sorted()[values.count / 2]
}

/// Microseconds that the work takes; with ATTAR_BENCH_CLOCK=cpu the processor's time alone, for one thread on a machine that others
/// use, too.
func microseconds(_ work: () throws -> Void) rethrows -> Double {
    let begun = now()
    try work()
    return now() - begun
}

private let clock =
    ProcessInfo.processInfo.environment["ATTAR_BENCH_CLOCK"] == "cpu"
    ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC

private func now() -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) * 1e-3
}

/// The median microseconds of one call, over about 0.3 s of calls; short ones are timed ten at a time.
func medianTime(_ work: () throws -> Void) rethrows -> Double {
    let once = try microseconds(work)
    let group = once < 100 ? 10 : 1
    let repeats = max(3, min(2_000, Int(3e5 / max(1, once * Double(group)))))
    return median(
        try (0..<repeats).map { _ in
            try microseconds { for _ in 0..<group { try work() } } / Double(group)
        })
}

/// Keeps the optimiser from leaving out work whose result nobody reads.
@inline(never)
func blackHole(_ value: some Any) {}

/// The most memory that this process has held, in megabytes, as the kernel counted it; not a number where it does not tell.
func peakMegabytes() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropLast().last.flatMap { Double($0) }.map { $0 * 1024 / 1e6 } ?? .nan
}

/// Prints a line at once, also where standard output is a pipe.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

/// Says that a measuring process is ready, then answers each line of standard input with figures.
func answer(_ figures: () throws -> [Double]) rethrows {
    say("ready")
    while readLine() != nil { say(try figures().map { String($0) }.joined(separator: " ")) }
}
