import Attar
import Testing

struct MachineMemoryTests {
    private func memory(_ files: [String: String]) -> Int { Machine.availableMemory(reading: { files[$0] }) }

    @Test func `What is available is what the system says, or what is left to a container where that is less`() {
        let system = "MemTotal:       32000000 kB\nMemFree:         1000000 kB\nMemAvailable:    2000000 kB\n"
        #expect(memory(["/proc/meminfo": system]) == 2_000_000 << 10)
        func contained(_ limit: String) -> Int {
            memory([
                "/proc/meminfo": system, "/sys/fs/cgroup/memory.max": limit,
                "/sys/fs/cgroup/memory.current": "1000000\n",
            ])
        }
        #expect(contained("5000000\n") == 4_000_000)
        #expect(contained("max\n") == 2_000_000 << 10)
        #expect(contained("500000\n") == 0)
        #expect(memory([:]) > 0)
    }
}
