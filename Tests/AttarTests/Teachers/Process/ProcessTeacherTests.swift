import Attar
import Compute
import Foundation
import Synchronization
import Testing

struct ProcessTeacherTests {
    /// The answers of a program, all at once.
    private static func answers(
        _ script: String, _ rows: Dataset, _ change: (inout TeacherSettings) throws -> Void = { _ in }
    ) async throws -> Answers {
        try await PythonProgram.inFolder(script) { command, _ in
            try await ProcessTeacher(command: command, settings: PythonProgram.settings(change), for: rows).predict(
                rows)
        }
    }

    @Test(arguments: [1, 3])
    func `Rows are answered in their order, by one program or several`(_ workers: Int) async throws {
        let outputs = try await Self.answers(
            PythonProgram.answering(PythonProgram.probabilities), PythonProgram.rows(5000)
        ) {
            $0.workers = workers
            $0.batch = 256
        }
        #expect(outputs.kind == .probabilities)
        #expect(outputs.matrix.elements == PythonProgram.expected(5000))
    }

    @Test func `A program may collect rows and answer them in any order`() async throws {
        let script = """
            import json, sys
            print(json.dumps({"attar": 1, "classes": ["yes", "no"], "kind": "logits", "name": "mine"}))
            rows = []
            for line in sys.stdin:
                message = json.loads(line)
                if "id" in message: rows.append(message)
                if "flush" in message:
                    for row in reversed(rows):
                        print(json.dumps({"id": row["id"], "values": [row["row"]["x"], -1]}))
                    rows = []
            """
        try await PythonProgram.inFolder(script) { command, _ in
            let rows = PythonProgram.rows(100)
            let teacher = try ProcessTeacher(
                command: command, settings: PythonProgram.settings { $0.batch = 32 }, for: rows)
            #expect(teacher.task.names == ["yes", "no"])
            let outputs = try await teacher.predict(rows)
            #expect(outputs.kind == .logits)
            #expect(outputs.matrix.elements == (0..<100).flatMap { [Float($0), -1] })
        }
    }

    @Test func `Labels that are true or false are classes however they are written`() async throws {
        let rows = PythonProgram.rows(4).with(
            target: Target(name: "y", classes: ["false", "true"], labels: [0, 1, 0, 1]))
        let outputs = try await Self.answers(
            PythonProgram.answering("return {'id': id, 'label': 'True' if row['x'] % 2 else 'False'}"), rows)
        #expect(outputs.matrix.elements == [1, 0, 0, 1, 1, 0, 0, 1])
    }

    @Test func `Answers by name, labels and values are understood, and labels noted`() async throws {
        let named = try await Self.answers(
            PythonProgram.answering("return {'id': id, 'probabilities': {'yes': 0.75, 'no': 0.25}}"),
            PythonProgram.rows(3))
        #expect(named.matrix.elements == [0.75, 0.25, 0.75, 0.25, 0.75, 0.25])
        try await PythonProgram.inFolder(
            PythonProgram.answering("return {'id': id, 'label': 'yes' if row['x'] > 0 else 'no'}")
        ) { command, _ in
            let rows = PythonProgram.rows(2)
            let teacher = try ProcessTeacher(command: command, settings: TeacherSettings(), for: rows)
            #expect(try await teacher.predict(rows).matrix.elements == [1, 0, 0, 1])
            #expect(teacher.answerNotes.contains { $0.contains("no soft targets") })
        }
        let rows = Dataset(
            source: "n", columns: PythonProgram.rows(2).columns,
            target: Target(name: "z", outputs: ["z"], values: Matrix(rows: 2, columns: 1, elements: [1, 2])))
        let values = try await Self.answers(PythonProgram.answering("return {'id': id, 'values': row['x'] / 2}"), rows)
        #expect(values == Answers(.values, Matrix(rows: 2, columns: 1, elements: [0, 0.5])))
    }

    @Test func `A program learns of the task and the columns first`() async throws {
        let script = PythonProgram.answering(
            PythonProgram.probabilities, at: "open(folder + '/hello', 'w').write(sys.stdin.readline())")
        try await PythonProgram.inFolder(script) { command, folder in
            _ = try ProcessTeacher(command: command, settings: TeacherSettings(), for: PythonProgram.rows(1))
            #expect(
                try String(contentsOf: folder.appendingPathComponent("hello"), encoding: .utf8)
                    == #"{"attar":1,"task":"classification","target":"y","classes":["no","yes"],"columns":[{"name":"x","type":"numeric"}]}"#
                    + "\n")
        }
    }

    @Test func `Rows and answers of a megabyte do not block each other`() async throws {
        let numbers = (0..<3 * 150_000).map { Float($0 % 1000) + 0.25 }
        let rows = Dataset(
            source: "large", columns: [Column("t", .tensor(numbers, shape: [300, 500]))],
            target: PythonProgram.rows(3).target)
        // It writes a megabyte before it reads a row, and one with each answer.
        let script = """
            import json, sys
            print(json.dumps({"attar": 1, "name": "n" * 1_000_000}))
            for line in sys.stdin:
                message = json.loads(line)
                if "id" in message:
                    t = message["row"]["t"]
                    right = len(t) == 300 and len(t[0]) == 500 and t[1][0] == t[0][0] + 500
                    print(json.dumps({"id": message["id"], "more": "m" * 1_000_000, "probabilities": [right, 1 - right]}).replace("true", "1"))
            """
        let outputs = try await Self.answers(script, rows)
        #expect(outputs.matrix.elements == [1, 0, 1, 0, 1, 0])
    }

    @Test(arguments: [1, 2])
    func `A program that dies is started again, and each row is answered once`(_ workers: Int) async throws {
        let dying = """
            if row['x'] in (300, 777) and not os.path.exists(folder + '/' + str(row['x'])):
                open(folder + '/' + str(row['x']), 'w').close()
                os.kill(os.getpid(), signal.SIGKILL)
            """
        try await PythonProgram.inFolder(PythonProgram.answering("\(dying)\n\(PythonProgram.probabilities)")) {
            command, folder in
            let rows = PythonProgram.rows(1000)
            let teacher = try ProcessTeacher(
                command: command,
                settings: PythonProgram.settings {
                    $0.batch = 200
                    $0.workers = workers
                }, for: rows)
            let counts = Mutex([Int](repeating: 0, count: 1000))
            try await teacher.predict(rows) { positions, answers in
                for (row, position) in positions.enumerated() {
                    counts.withLock { $0[position] += 1 }
                    #expect(answers.matrix[row, 0] == PythonProgram.expected(1000)[2 * position])
                }
            }
            #expect(counts.withLock { $0 } == [Int](repeating: 1, count: 1000))
            #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("777").path))
        }
    }

    @Test(arguments: [true, false])
    func `A row that ends the program each time is named`(_ collects: Bool) async throws {
        let script =
            collects
            ? """
            import json, sys
            rows = []
            for line in sys.stdin:
                message = json.loads(line)
                if "id" in message: rows.append(message)
                if "flush" in message:
                    if any(row["row"]["x"] == 70 for row in rows): sys.exit("seventy is too much")
                    for row in rows: print(json.dumps({"id": row["id"], "probabilities": [1, 0]}))
                    rows = []
            """
            : PythonProgram.answering(
                "if row['x'] == 70: sys.exit('seventy is too much')\n\(PythonProgram.probabilities)")
        try await PythonProgram.inFolder(script) { command, _ in
            let rows = PythonProgram.rows(100)
            let teacher = try ProcessTeacher(command: command, settings: TeacherSettings(), for: rows)
            let answered = Mutex<Set<Int>>([])
            let error = await #expect(throws: AttarError.self) {
                try await teacher.predict(rows) { positions, _ in answered.withLock { $0.formUnion(positions) } }
            }
            let sentence = try #require(error).description
            #expect(sentence.contains("numbers, row 71") && sentence.contains("ended with status 1"), "\(sentence)")
            #expect(sentence.contains("seventy is too much"), "\(sentence)")
            #expect(answered.withLock { $0.isSuperset(of: 0..<64) && !$0.contains(70) })
        }
    }

    @Test(arguments: [
        ("print('loading…'); return None", "wrote a line that is no answer"),
        ("return {'id': id + 5000, 'probabilities': [0.5, 0.5]}", "which was not asked"),
        ("return {'id': id, 'probabilities': [0.2, 0.3, 0.5] if id > 3 else [0.5, 0.5]}", "with 3 numbers"),
        ("return {'id': id, 'probabilities': [float('nan'), 1] if id > 3 else [0.5, 0.5]}", "no finite number"),
        ("return {'id': id, 'probabilities': [2.5, 1] if id > 3 else [0.5, 0.5]}", "sum to 3.5"),
        ("return {'id': id, 'error': 'I am tired'} if id > 3 else {'id': id, 'label': 'no'}", "I am tired"),
        ("return {'id': id, 'label': 'perhaps' if id > 3 else 'no'}", "the label 'perhaps'"),
        ("return {'id': id}", "has neither probabilities"),
        ("print(json.dumps({'id': id, 'label': 'no'})); return {'id': id, 'label': 'no'}", "twice second time"),
    ])
    func `What a program may get wrong is one sentence with its name`(_ body: String, _ words: String) async throws {
        let rows = PythonProgram.rows(50)
        let error = await #expect(throws: AttarError.self) {
            try await Self.answers(PythonProgram.answering(body), rows) { $0.batch = 10 }
        }
        let sentence = try #require(error).description
        #expect(words.split(separator: " ").contains { sentence.contains($0) } && sentence.contains("teacher.py"))
        if words != "twice second time" { #expect(sentence.contains(words), "\(sentence)") }
        #expect(error?.code == .unusableTeacher && error?.remedy.isEmpty == false)
    }

    @Test func `A row without an answer, and a program that hangs, are told from the time they take`() async throws {
        let error = await #expect(throws: AttarError.self) {
            try await Self.answers(
                PythonProgram.answering(
                    "if id == 33: print('cannot', file=sys.stderr); return None\n\(PythonProgram.probabilities)"),
                PythonProgram.rows(50)
            ) { $0.timeout = try Quantity("1s") }
        }
        let sentence = try #require(error).description
        #expect(sentence.contains("numbers, row 33") && sentence.contains("49 of 50"), "\(sentence)")
        #expect(sentence.contains("cannot") && sentence.contains("--timeout"), "\(sentence)")
    }

    @Test(arguments: [
        ("no-such-program --x", "cannot be started"), ("sh -c 'echo no >&2; exit 3'", "ended with status 3"),
        ("sh -c 'kill -9 $$'", "signal 9"), ("cat", "no answer"),
    ])
    func `A command that cannot teach is refused when it is opened`(_ command: String, _ words: String) throws {
        let error = #expect(throws: AttarError.self) {
            try ProcessTeacher(command: command, settings: TeacherSettings(), for: PythonProgram.rows(3))
        }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func `A program that fails is ended once, and closes no file of others`() throws {
        final class Watch: Sendable {
            let isDone = Atomic(false)
            let lost = Atomic(0)
        }
        let watch = Watch()
        let finished = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            // Takes the descriptors that the programs let go, as fast as it can.
            while !watch.isDone.load(ordering: .relaxed) {
                let files = (0..<32).map { _ in open("/dev/null", O_RDONLY) }
                for file in files where close(file) != 0 { watch.lost.wrappingAdd(1, ordering: .relaxed) }
            }
            finished.signal()
        }
        for _ in 0..<100 {
            #expect(throws: AttarError.self) {
                try ProcessTeacher(command: "false", settings: TeacherSettings(), for: PythonProgram.rows(1))
            }
        }
        watch.isDone.store(true, ordering: .relaxed)
        finished.wait()
        #expect(watch.lost.load(ordering: .relaxed) == 0)
    }

    @Test func `A first answer that never ends is refused before it costs much memory`() async throws {
        let script = "import sys\nwhile True: sys.stdout.write('1' * (1 << 20))"
        try await PythonProgram.inFolder(script) { command, _ in
            let words = await problem {
                _ = try ProcessTeacher(command: command, settings: TeacherSettings(), for: PythonProgram.rows(1))
            }
            let found = words.firstMatch(of: /wrote ([0-9]+) bytes without the end of a line/).flatMap { Int($0.1) }
            let bytes = try #require(found, "\(words)")
            #expect(bytes > 1 << 24 && bytes < 1 << 25)
        }
    }

    @Test func `A program that names a class twice is refused`() async throws {
        let start = "print(json.dumps({'attar': 1, 'classes': ['no', 'no']}))"
        try await PythonProgram.inFolder(PythonProgram.answering(PythonProgram.probabilities, at: start)) {
            command, _ in
            let words = await problem {
                _ = try ProcessTeacher(command: command, settings: TeacherSettings(), for: PythonProgram.rows(1))
            }
            #expect(words.contains("names the class 'no' twice"), "\(words)")
        }
    }

    @Test func `The fingerprint follows the program's file`() async throws {
        let rows = PythonProgram.rows(2)
        try await PythonProgram.inFolder(PythonProgram.answering(PythonProgram.probabilities)) { command, folder in
            func fingerprint() throws -> Fingerprint {
                try ProcessTeacher(command: command, settings: TeacherSettings(), for: rows).fingerprint
            }
            let before = try fingerprint()
            #expect(try fingerprint() == before)
            let path = folder.appendingPathComponent("teacher.py")
            try Data((try String(contentsOf: path, encoding: .utf8) + "\n# other\n").utf8).write(to: path)
            #expect(try fingerprint() != before)
        }
    }

    @Test func `Programs that are waited for leave Swift's threads to others`() async throws {
        // They wait for a file that a task writes after all of them have begun; were its thread taken, they would wait for ever.
        let waiting = "while row['x'] > 0 and not os.path.exists(folder + '/go'): time.sleep(0.01)"
        try await PythonProgram.inFolder(PythonProgram.answering("\(waiting)\n\(PythonProgram.probabilities)")) {
            command, folder in
            let rows = PythonProgram.rows(3)
            let teacher = try ProcessTeacher(
                command: command, settings: PythonProgram.settings { $0.timeout = try Quantity("60s") }, for: rows)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await teacher.predict(rows) } }
                group.addTask { try Data().write(to: folder.appendingPathComponent("go")) }
                try await group.waitForAll()
            }
        }
    }

    @Test func `A receiver that has seen enough ends the asking, and programs end with their teacher`() async throws {
        struct Enough: Error {}
        let script = PythonProgram.answering(
            PythonProgram.probabilities, at: "open(folder + '/' + str(os.getpid()), 'w').close()")
        try await PythonProgram.inFolder(script) { command, folder in
            let rows = PythonProgram.rows(10_000)
            do {
                let teacher = try ProcessTeacher(
                    command: command, settings: PythonProgram.settings { $0.batch = 100 }, for: rows)
                await #expect(throws: Enough.self) { try await teacher.predict(rows) { _, _ in throw Enough() } }
                #expect(try await teacher.predict(rows).matrix.elements == PythonProgram.expected(10_000))
            }
            let processes = try FileManager.default.contentsOfDirectory(atPath: folder.path).compactMap { Int32($0) }
            // Where it still owed answers when the receiver had enough, the first was ended there.
            #expect((1...2).contains(processes.count))
            // Each has some time to end by itself; this ends when they have.
            for process in processes {
                while kill(process, 0) == 0 { try await Task.sleep(for: .milliseconds(5)) }
            }
        }
    }

    @Test func `A cancelled task does not wait for the program`() async throws {
        let slow = "if row['x'] > 0: open(folder + '/begun', 'w').close(); time.sleep(1000)"
        try await PythonProgram.inFolder(PythonProgram.answering("\(slow)\n\(PythonProgram.probabilities)")) {
            command, folder in
            let rows = PythonProgram.rows(3)
            let teacher = try ProcessTeacher(command: command, settings: TeacherSettings(), for: rows)
            let task = Task { try await teacher.predict(rows) }
            let begun = folder.appendingPathComponent("begun").path
            while !FileManager.default.fileExists(atPath: begun) {
                try await Task.sleep(for: .milliseconds(5))
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
