import Foundation
import Fuzzing

/// Has processes read case after case, one reader after the other, until the time is over.
struct FuzzRun {
    private let options: FuzzOptions

    /// After so many findings a reader is left alone: more of them would be the same.
    private static let mostFindings = 5

    init(_ options: FuzzOptions) throws {
        self.options = options
        try FileManager.default.createDirectory(atPath: options.out, withIntermediateDirectories: true)
    }

    /// How many inputs brought a reader down. Each is told when it is found.
    func findings() async throws -> Int {
        let end = ContinuousClock.now + .seconds(60 * options.minutes)
        var next = [Int](repeating: 0, count: options.surfaces.count)
        var found = next
        while ContinuousClock.now < end {
            var isAnyLeft = false
            for (index, surface) in options.surfaces.enumerated()
            where found[index] < Self.mostFindings && ContinuousClock.now < end {
                isAnyLeft = true
                let turn = try await self.turn(of: surface, from: next[index])
                next[index] = turn.next
                guard let problem = turn.problem else { continue }
                found[index] += 1
                try keep(problem, of: surface, number: turn.next - 1)
            }
            if !isAnyLeft { break }
        }
        for (index, surface) in options.surfaces.enumerated() {
            print("\(surface.name): \(next[index]) inputs, \(found[index]) findings")
        }
        return found.reduce(0, +)
    }

    /// A process of some seconds: the case that comes next, and what was wrong with the one before, if anything.
    private func turn(of surface: Surface, from first: Int) async throws -> (next: Int, problem: String?) {
        let (output, words) = ("\(options.out)/current.out", "\(options.out)/current.err")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        if !FileManager.default.isExecutableFile(atPath: process.executableURL?.path ?? "") {
            process.executableURL = Bundle.main.executableURL
        }
        process.arguments = [
            "--first", "\(first)", "--seed", "\(options.seed)", "--patience", "\(options.patience)", "--out",
            options.out,
            surface.name,
        ]
        for path in [output, words] { try Data().write(to: URL(fileURLWithPath: path)) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: words))
        let ended = AsyncStream<Void> { continuation in
            process.terminationHandler = { _ in continuation.finish() }
        }
        try process.run()
        for await _ in ended {}
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        if process.terminationReason == .exit, process.terminationStatus == 0,
            let count = Int(text.split(separator: "\n").last ?? "")
        {
            return (first + count, nil)
        }
        let number =
            (try? String(contentsOfFile: CaseRunner.current(in: options.out).number, encoding: .utf8)).flatMap {
                Int($0)
            } ?? first
        let status = process.terminationStatus
        let manner =
            process.terminationReason == .exit
            ? status == CaseRunner.found ? "refused wrongly" : "ended with status \(status)"
            : status == SIGALRM ? "hung" : "ended by signal \(status)"
        let said =
            (try? Data(contentsOf: URL(fileURLWithPath: words))).map {
                String(decoding: $0.suffix(6000), as: UTF8.self)
            } ?? ""
        return (number + 1, "\(manner)\n\(said)")
    }

    private func keep(_ problem: String, of surface: Surface, number: Int) throws {
        let name = "\(options.out)/\(surface.name)-\(options.seed)-\(number)"
        let manager = FileManager.default
        for path in ["\(name).bin", "\(name).txt"] { try? manager.removeItem(atPath: path) }
        try manager.copyItem(atPath: CaseRunner.current(in: options.out).input, toPath: "\(name).bin")
        try Data(problem.utf8).write(to: URL(fileURLWithPath: "\(name).txt"))
        print("\(name).bin: \(problem.split(separator: "\n").prefix(3).joined(separator: " | ").prefix(300))")
    }
}
