internal import Foundation

extension Machine {
    /// Bytes that can be taken without pushing anything out of memory: what the system says is available, or what is left of a container's limit where that is less.
    /// Half of all memory where the system says nothing.
    ///
    /// - Parameter contents: the text of a file of the system's; nil reads the file.
    package static func availableMemory(reading contents: ((String) -> String?)? = nil) -> Int {
        let text = contents ?? { try? String(contentsOfFile: $0, encoding: .utf8) }
        let line = text("/proc/meminfo")?.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        let available = kilobytes.map { $0 << 10 } ?? Int(ProcessInfo.processInfo.physicalMemory / 2)
        func number(_ path: String) -> Int? {
            text(path).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        // Where there is no limit the file says "max".
        guard let limit = number("/sys/fs/cgroup/memory.max"), let used = number("/sys/fs/cgroup/memory.current")
        else { return available }
        return min(available, max(0, limit - used))
    }
}
