import Attar
import Compute
import Foundation

/// What it costs to ask a teacher that is a program, a row: 64 whole numbers go, 10 probabilities come back, 1,024 rows in a question.
enum ProcessTeaching {
    private static let columnCount = 64
    private static let classCount = 10
    private static let rowCount = 1024 * 20

    /// Beside a program that answers without work, so that what is left is the asking; and beside Python's share of it.
    static var group: RowGroup { RowGroup(name: "process teacher", rows: rows) }

    private static func rows() throws -> [Row] {
        let programs = [("a program that answers at once", "'\(CommandLine.arguments[0])' measure echo")] + python
        return try programs.map { name, command in
            guard let contestant = Contestant.own("process teacher", command) else { throw CancellationError() }
            let figures = contest([contestant])
            return Row(work: "asking \(name), a row", value: figures[0][0], unit: "µs", goal: .atMost(10))
        }
    }

    /// A Python program with the helper of Examples/teachers, where there is a Python with numpy.
    private static var python: [(String, String)] {
        let interpreter = "\(Contestant.cache)/fixtures/python/bin/python"
        guard FileManager.default.isExecutableFile(atPath: interpreter) else { return [] }
        return [("a Python program with a constant answer", "'\(interpreter)' peers/constant_teacher.py")]
    }

    /// What a process of its own measures: microseconds a row of a program that has already begun.
    static func measure(_ command: String) throws {
        var state: UInt64 = 1
        let columns = (0..<columnCount).map { column in
            Column(
                "x\(column)",
                .numeric(
                    (0..<rowCount).map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return Float(state >> 40 & 15)
                    }))
        }
        let rows = Dataset(
            source: "rows", columns: columns,
            target: Target(
                name: "y", classes: (0..<classCount).map(String.init),
                labels: (0..<rowCount).map { Int32($0 % classCount) }))
        let teacher = try ProcessTeacher(command: command, settings: TeacherSettings(), for: rows)
        answer {
            let done = DispatchSemaphore(value: 0)
            let begun = ContinuousClock.now
            Task {
                blackHole(try await teacher.predict(rows))
                done.signal()
            }
            done.wait()
            return [(ContinuousClock.now - begun) / .microseconds(1) / Double(rowCount)]
        }
    }

    /// The program that answers without work: finds the number of each row and writes the same answer to all.
    static func echo() {
        let answer = ",\"probabilities\":[\((0..<classCount).map { _ in "0.1" }.joined(separator: ","))]}\n"
        var rest: [UInt8] = []
        let input = FileHandle.standardInput
        // What has come, not so many bytes: the question ends before its pipe does.
        while case let part = input.availableData, !part.isEmpty {
            rest.append(contentsOf: part)
            var written: [UInt8] = []
            var first = 0
            while let end = rest[first...].firstIndex(of: 10) {
                let line = rest[first..<end]
                if line.starts(with: "{\"id\":".utf8) {
                    written.append(contentsOf: line.prefix { $0 != UInt8(ascii: ",") })
                    written.append(contentsOf: answer.utf8)
                }
                first = end + 1
            }
            rest.removeFirst(first)
            if !written.isEmpty { try? FileHandle.standardOutput.write(contentsOf: Data(written)) }
        }
    }
}
