import Foundation
import Fuzzing

/// Reads inputs in this process, which may not survive it: what it is at stands in files beforehand.
enum CaseRunner {
    /// Seconds after which a process hands over to the next, and the most bytes of memory.
    private static let turn = Duration.seconds(10)
    private static let mostMemory = 1 << 30

    /// The files in the folder of findings that tell which case is read and what it is.
    static func current(in folder: String) -> (number: String, input: String) {
        ("\(folder)/current", "\(folder)/current.bin")
    }

    /// The exit status after a finding that is no trap; its description is the last line on standard error.
    static let found: Int32 = 77

    /// Reads one case after the other for some seconds, and prints how many.
    static func run(_ surface: Surface, from first: Int, _ options: FuzzOptions) async throws {
        limitMemory()
        let files = current(in: options.out)
        let begun = ContinuousClock.now
        var number = first
        while ContinuousClock.now - begun < turn {
            let input = number < surface.seeds.count ? surface.seeds[number] : surface.input(number, seed: options.seed)
            try Data("\(number)".utf8).write(to: URL(fileURLWithPath: files.number))
            try Data(input).write(to: URL(fileURLWithPath: files.input))
            await read(input, surface, options.patience)
            number += 1
        }
        print(number - first)
    }

    /// Reads the input in a file.
    static func run(file: String, _ options: FuzzOptions) async throws {
        let input = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        for surface in options.surfaces { await read(input, surface, options.patience) }
    }

    private static func read(_ input: [UInt8], _ surface: Surface, _ patience: UInt32) async {
        alarm(patience)
        do {
            try await surface.read(input)
        } catch {
            end("\(error)")
        }
        alarm(0)
        var usage = rusage()
        getrusage(memoryOfSelf, &usage)
        let bytes = usage.ru_maxrss * bytesInUnit
        if bytes > mostMemory { end("\(bytes >> 20) MB of memory") }
    }

    private static func end(_ words: String) -> Never {
        FileHandle.standardError.write(Data("\(words)\n".utf8))
        exit(found)
    }

    /// Beyond a few gigabytes memory is refused, so that what asks for all there is ends itself and not others.
    private static func limitMemory() {
        #if os(Linux)
            var limit = rlimit(rlim_cur: 6 << 30, rlim_max: 6 << 30)
            setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        #endif
    }

    #if os(Linux)
        private static let memoryOfSelf = RUSAGE_SELF.rawValue
        private static let bytesInUnit = 1024
    #else
        private static let memoryOfSelf = RUSAGE_SELF
        private static let bytesInUnit = 1
    #endif
}
