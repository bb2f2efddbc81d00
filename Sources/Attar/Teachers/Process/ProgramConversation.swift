internal import Compute

/// One thread's talk with a copy of a program: asks questions from the queue and delivers the answers, and starts another copy where one dies.
struct ProgramConversation {
    let program: Program
    let answers: ForeignAnswers
    /// The classes' positions, for programs that name them.
    let classes: ClassPositions
    let rows: Dataset
    let text: JSONRows
    let queue: RowQueue
    let delivery: AnswerDelivery
    let timeout: Duration

    /// A question that was asked and is not yet answered in full.
    private struct Asked {
        let question: RowQueue.Question
        let firstID: Int
        /// (positions, width), filled as answers come.
        var numbers: [Float]
        var isAnswered: [Bool]
        var left: Int
        /// Offsets whose answers were not delivered yet.
        var fresh: [Int] = []
    }

    private var copy: ProgramCopy
    private var asked: [Asked] = []
    private var line = AnswerLine()
    private let document = AnswerLine.document()
    /// When the oldest question could last have been begun.
    private var begun = ContinuousClock.now
    private var delivered = ContinuousClock.now
    private var deathsInARow = 0

    /// How often a program may end over one row, and end at all without an answer in between.
    private static let deathsOverOne = 2
    private static let mostDeaths = 12
    /// How long a wait is before it is looked whether to stop.
    private static let tick = 100

    init(
        _ program: Program, _ answers: ForeignAnswers, rows: Dataset, text: JSONRows, queue: RowQueue,
        delivery: AnswerDelivery, timeout: Duration
    ) throws {
        self.program = program
        self.answers = answers
        classes = ClassPositions(answers.task.names)
        self.rows = rows
        self.text = text
        self.queue = queue
        self.delivery = delivery
        self.timeout = timeout
        copy = try program.copy()
    }

    /// Asks until there is nothing left to ask.
    mutating func run() {
        do {
            while !delivery.isStopped {
                ask()
                if asked.isEmpty { break }
                let moved = copy.exchange(milliseconds: Self.tick)
                try readLines()
                deliver()
                if copy.hasEnded, !asked.isEmpty {
                    try beginAgain()
                } else if !moved {
                    try checkTime()
                }
            }
        } catch {
            delivery.fail(error)
        }
        // Answers that have arrived are not lost, whatever ended the talk.
        for index in asked.indices { deliver(questionAt: index) }
        if asked.isEmpty, !copy.hasEnded { program.giveBack(copy) } else { _ = copy.end(grace: 0) }
    }

    /// Asks the next question, and a second while the first is answered. One that a program has died of is asked alone.
    private mutating func ask() {
        while asked.isEmpty || (copy.hasTakenAll && asked.count < 2) {
            if let last = asked.last, last.question.isRepeated || !queue.nextIsNew { return }
            guard let question = queue.next() else { return }
            if asked.isEmpty { begun = .now }
            asked.append(
                Asked(
                    question: question, firstID: copy.nextID,
                    numbers: [Float](repeating: .nan, count: question.positions.count * answers.task.width),
                    isAnswered: [Bool](repeating: false, count: question.positions.count),
                    left: question.positions.count))
            let first = copy.nextID
            copy.tell { [text] message in
                text.append(question.positions, from: first, to: &message)
                message.append(contentsOf: Self.flush)
            }
            copy.nextID += question.positions.count
        }
    }

    /// What a program is told behind each question.
    static let flush = Array("{\"flush\":true}\n".utf8)

    // MARK: - Answers

    private mutating func readLines() throws {
        while let range = copy.line() {
            do {
                try line.read(copy.received, range, with: document)
            } catch let problem as JSONFault {
                throw noise(String(decoding: copy.received[range.prefix(80)], as: UTF8.self), problem.text)
            }
            if let hello = line.hello {
                try check(hello)
            } else {
                try take(line.id ?? 0)
            }
        }
        if copy.hasEndlessLine {
            throw unusable(
                "wrote \(copy.openLine) bytes without the end of a line", "Write one answer a line, and nothing else")
        }
    }

    private mutating func take(_ id: Int) throws {
        guard let index = asked.firstIndex(where: { id >= $0.firstID && id < $0.firstID + $0.isAnswered.count })
        else {
            throw unusable(
                id < copy.nextID
                    ? "answered the row with \"id\": \(id) a second time"
                    : "answered \"id\": \(id), which was not asked",
                "Answer each row once, with the \"id\" that came with it")
        }
        let offset = id - asked[index].firstID
        let position = asked[index].question.positions[offset]
        if asked[index].isAnswered[offset] {
            throw unusable("answered \(rows.place(position)) twice", "Answer each row once")
        }
        if let refusal = line.refusal {
            let error = unusable(
                "cannot answer \(rows.place(position)): \(refusal)",
                "Leave that row out, mend the program, or \(RowFailure.goingOn)")
            delivery.leaveOut(RowFailure(position, error, reason: "it refuses: \(refusal)"))
        } else {
            try place(position, at: offset * answers.task.width, inQuestionAt: index)
            asked[index].fresh.append(offset)
        }
        asked[index].isAnswered[offset] = true
        asked[index].left -= 1
        deathsInARow = 0
    }

    /// Puts the numbers of the line in their place.
    private mutating func place(_ position: Int, at start: Int, inQuestionAt question: Int) throws {
        let width = answers.task.width
        if let label = line.label, line.kind == nil {
            guard answers.task.form == .probabilities, let index = classes[label] else {
                throw unusable(
                    "answers \(rows.place(position)) with the label '\(label)'",
                    answers.task.form == .probabilities
                        ? "Answer with one of \(listed(answers.task.names)), or name other classes with --classes"
                        : "Answer with \"values\"")
            }
            for column in 0..<width { asked[question].numbers[start + column] = column == index ? 1 : 0 }
            return
        }
        guard line.numbers.count == width else {
            throw unusable(
                "answers \(rows.place(position)) with \(line.numbers.count) numbers, where there are \(width) "
                    + (answers.task.form == .probabilities ? "classes" : "outputs"),
                "Answer each row with as many numbers, in the same order")
        }
        guard let names = line.names else {
            for column in 0..<width { asked[question].numbers[start + column] = line.numbers[column] }
            return
        }
        for (name, number) in zip(names, line.numbers) {
            guard let index = classes[name] else {
                throw unusable(
                    "answers \(rows.place(position)) for '\(name)', which is none of \(listed(answers.task.names))",
                    "Use the same names in each answer")
            }
            asked[question].numbers[start + index] = number
        }
    }

    /// Delivers what is complete; and at least each second what has come, so that a slow program's answers are kept early.
    private mutating func deliver() {
        while let first = asked.first, first.left == 0 {
            deliver(questionAt: 0)
            asked.removeFirst()
            begun = .now
        }
        if ContinuousClock.now - delivered > .seconds(1) {
            for index in asked.indices { deliver(questionAt: index) }
        }
    }

    private mutating func deliver(questionAt index: Int) {
        let fresh = asked[index].fresh
        if fresh.isEmpty { return }
        asked[index].fresh = []
        delivered = .now
        let positions = asked[index].question.positions
        let width = answers.task.width
        do {
            // A whole question is handed on in its own order, without copying its numbers.
            let isWhole = fresh.count == positions.count
            let numbers = asked[index].numbers
            let matrix = Matrix(
                rows: fresh.count, columns: width,
                elements: isWhole ? numbers : fresh.flatMap { numbers[$0 * width..<($0 + 1) * width] })
            let delivered = isWhole ? positions : fresh.map { positions[$0] }
            delivery.deliver(delivered, try answers.checked(matrix, for: rows, at: delivered))
        } catch {
            delivery.fail(error)
        }
    }

    // MARK: - What may go wrong

    private mutating func check(_ hello: ProgramHello) throws {
        if let before = copy.hello, before != hello {
            throw unusable("says of itself now this, now that", "Let every copy of it say the same")
        }
        copy.hello = hello
        if let classes = hello.classes, answers.task.form == .probabilities, !self.classes.areAll(classes) {
            throw unusable(
                "names other classes than before: \(listed(classes))",
                "Let every copy of it say the same")
        }
    }

    /// Takes back the rows that a dead copy owes, and starts another.
    private mutating func beginAgain() throws {
        for index in asked.indices { deliver(questionAt: index) }
        let manner = copy.end(grace: 100)
        deathsInARow += 1
        let owed = asked.map { asked in asked.isAnswered.indices.filter { !asked.isAnswered[$0] } }
        // The oldest last, so that it is asked first.
        for index in asked.indices.reversed() {
            let positions = owed[index].map { asked[index].question.positions[$0] }
            if index == 0, asked[index].isAnswered.count == 1 {
                let deaths = queue.countDeath(over: positions[0])
                if deaths >= Self.deathsOverOne {
                    let error = unusable(
                        "\(manner), each of \(deaths) times that it was asked \(rows.place(positions[0])) alone",
                        "Mend what the program does with that row, leave the row out, or \(RowFailure.goingOn)")
                    delivery.leaveOut(RowFailure(positions[0], error, reason: "the program \(manner)"))
                    deathsInARow = 0
                } else {
                    queue.takeBack(positions, answersSingly: false)
                }
            } else {
                queue.takeBack(positions, answersSingly: index == 0 && owed[0].count < asked[0].isAnswered.count)
            }
        }
        let first = asked.first.map { rows.place($0.question.positions[owed[0].first ?? 0]) } ?? ""
        asked = []
        if delivery.isStopped { return }
        if deathsInARow > Self.mostDeaths {
            throw unusable(
                "\(manner), and did so \(deathsInARow) times without an answer in between, the last time at \(first)",
                "Run the command by itself, and write a row to it")
        }
        copy = try program.started()
    }

    private func checkTime() throws {
        guard let oldest = asked.first, ContinuousClock.now - begun > timeout else { return }
        let offset = oldest.isAnswered.firstIndex(of: false) ?? 0
        let answered = oldest.isAnswered.count - oldest.left
        let seconds = timeout.components.seconds
        throw unusable(
            "has not answered \(rows.place(oldest.question.positions[offset])) in \(seconds > 0 ? "\(seconds) s" : "\(timeout)"): "
                + "\(answered) of \(oldest.isAnswered.count) rows asked at once are answered\(copy.lastWords)",
            "Answer every row at the flush line at the latest and flush the output, or give a longer --timeout or a smaller --batch"
        )
    }

    private func noise(_ text: String, _ problem: String) -> AttarError {
        unusable(
            "wrote a line that is no answer (\(problem)): '\(text)'",
            "Write nothing but answers to standard output; everything else goes to standard error")
    }

    private func unusable(_ problem: String, _ remedy: String) -> AttarError {
        AttarError(.unusableTeacher, "the teacher \(answers.name) \(problem)", remedy: remedy)
    }
}
