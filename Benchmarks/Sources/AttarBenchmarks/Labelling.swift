import Attar
import Compute
import Foundation

/// Answers of a teacher in an ONNX file to a table of many rows, as `attar label` and `attar distill` ask for them.
enum Labelling {
    /// A model, and how it is asked.
    struct Work {
        /// The model's file.
        var file: String
        /// What the table of results calls it.
        var title: String
        /// Numbers a row.
        var columns: Int
        /// Rows in all.
        var rows: Int
        /// Rows in a question.
        var batch: Int
    }

    /// A network of peers/onnx_files.py, written there.
    static func network(_ name: String, _ title: String, columns: Int, rows: Int, batch: Int) -> RowGroup {
        RowGroup(name: "labelling \(name) \(batch)") {
            let file = "\(Contestant.cache)/labelling-\(name).onnx"
            let writing = Process()
            writing.executableURL = URL(fileURLWithPath: "\(Contestant.cache)/peers/bin/python")
            writing.arguments = ["peers/labelling.py", "--write", name, file]
            if (try? writing.run()) != nil { writing.waitUntilExit() }
            return table(Work(file: file, title: title, columns: columns, rows: rows, batch: batch))
        }
    }

    /// A model that scripts/fixtures.sh makes.
    static func fixture(_ name: String, _ title: String, columns: Int, rows: Int, batch: Int) -> RowGroup {
        RowGroup(name: "labelling \(name) \(batch)") {
            let file = "\(Contestant.cache)/fixtures/models/onnx_models/\(name).onnx"
            return table(Work(file: file, title: title, columns: columns, rows: rows, batch: batch))
        }
    }

    private static func table(_ work: Work) -> [Row] {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        guard FileManager.default.fileExists(atPath: work.file) else {
            Notices.say(
                "\(work.title) is left out: '\(work.file)' is missing; run scripts/fixtures.sh and Benchmarks/peers/setup.sh"
            )
            return []
        }
        let arguments = [work.file, work.columns, work.rows, work.batch].map { "\($0)" }
        let contestants = [
            Contestant.own("labelling", arguments[0], arguments[1], arguments[2], arguments[3]),
            Contestant.peer("ONNX Runtime in Python", "labelling", arguments + ["\(threads)"]),
        ].compactMap(\.self)
        let figures = contest(contestants)
        guard let ours = figures.first?.first else { return [] }
        var row = Row(
            work: "labelling, \(work.title), batch \(work.batch)", threads: threads, value: ours, unit: "µs a row")
        for (contestant, theirs) in zip(contestants.dropFirst(), figures.dropFirst()) where !theirs.isEmpty {
            row.compare(withTime: theirs[0], of: contestant.name, goal: .atLeast(0.95))
        }
        return [row]
    }

    /// What a process of its own measures: microseconds a row.
    static func measure(file: String, columns: Int, rows: Int, batch: Int) throws {
        // The same ONNX Runtime as the peer's.
        setenv("PATH", "\(Contestant.cache)/peers/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "")", 1)
        var generator = SeededGenerator(seed: 2)
        let data = Dataset(
            source: "rows",
            columns: (0..<columns).map { column in
                Column("x\(column)", .numeric((0..<rows).map { _ in (generator.uniform() * 17).rounded(.down) }))
            })
        var settings = TeacherSettings()
        settings.batch = batch
        let teacher = try ONNXTeacher(path: file, settings: settings, for: data)
        func label() throws -> Double {
            try microseconds { blackHole(try wait { try await teacher.predict(data) }) } / Double(rows)
        }
        _ = try label()
        try answer { [try median((0..<3).map { _ in try label() })] }
    }

    /// Waits for asynchronous work on a thread that is nobody else's.
    private static func wait<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        let done = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var result: Result<Value, any Error>?
        Task.detached {
            do { result = .success(try await work()) } catch { result = .failure(error) }
            done.signal()
        }
        done.wait()
        guard let result else { preconditionFailure("the work has ended") }
        return try result.get()
    }
}
