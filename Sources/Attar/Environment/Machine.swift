internal import Foundation

/// What Attar runs on, for `attar doctor`.
public struct Machine: Hashable, Codable, Sendable {
    /// The operating system and its version.
    public let system: String
    /// The processor's instruction set.
    public let architecture: String
    /// Vector instructions that Attar's kernels can use here, the widest last.
    public let vectorInstructions: [String]
    /// Processors that are available, which is the number of worker threads by default.
    public let threads: Int
    /// Memory in bytes.
    public let memory: UInt64

    /// This machine.
    public static var current: Machine {
        let process = ProcessInfo.processInfo
        return Machine(
            system: process.operatingSystemVersionString, architecture: architecture,
            vectorInstructions: vectorInstructions, threads: availableThreads(), memory: process.physicalMemory)
    }

    private static var architecture: String {
        #if arch(x86_64)
            "x86-64"
        #elseif arch(arm64)
            "arm64"
        #else
            "other"
        #endif
    }

    /// Linux lists a processor's features in one line of `/proc/cpuinfo`.
    private static var vectorInstructions: [String] {
        #if arch(arm64)
            ["NEON"]
        #else
            let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
            let flags = text.split(separator: "\n").first { $0.hasPrefix("flags") }.map {
                Set($0.split(separator: " "))
            }
            return [("sse2", "SSE2"), ("avx2", "AVX2"), ("avx512f", "AVX-512")]
                .filter { flags?.contains(Substring($0.0)) ?? false }.map(\.1)
        #endif
    }
}
