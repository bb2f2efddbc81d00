extension Program {
    /// Asks a new copy the first row, which tells what the program answers; the copy is kept for what follows.
    ///
    /// - Returns: what the program said of itself before, if it did, and its answer.
    /// - Throws: `AttarError` (`unusableTeacher`).
    func firstAnswer(to rows: Dataset, timeout: Duration) throws -> (ProgramHello?, AnswerLine) {
        var copy = try started()
        do {
            return try firstAnswer(of: &copy, to: rows, timeout: timeout)
        } catch {
            _ = copy.end(grace: 0)
            throw error
        }
    }

    private func firstAnswer(
        of copy: inout ProgramCopy, to rows: Dataset, timeout: Duration
    ) throws -> (ProgramHello?, AnswerLine) {
        func unusable(_ problem: String, _ remedy: String) -> AttarError {
            AttarError(.unusableTeacher, "the teacher '\(line)' \(problem)", remedy: remedy)
        }
        copy.tell { message in
            JSONRows(rows).append([0], from: 0, to: &message)
            message.append(contentsOf: ProgramConversation.flush)
        }
        copy.nextID = 1
        let begun = ContinuousClock.now
        let document = AnswerLine.document()
        var answer = AnswerLine()
        while true {
            copy.exchange(milliseconds: 100)
            while let range = copy.line() {
                do {
                    try answer.read(copy.received, range, with: document)
                } catch let problem as JSONFault {
                    throw unusable(
                        "wrote a line that is no answer (\(problem.text)): '\(String(decoding: copy.received[range.prefix(80)], as: UTF8.self))'",
                        "Write nothing but answers to standard output; everything else goes to standard error")
                }
                if let hello = answer.hello {
                    guard hello.version == ProgramGreeting.version else {
                        throw unusable(
                            "speaks version \(hello.version) of the protocol, not \(ProgramGreeting.version)",
                            "See docs/teacher-protocol.md")
                    }
                    copy.hello = hello
                    continue
                }
                guard answer.id == 0 else {
                    throw unusable(
                        "answered \"id\": \(answer.id ?? 0), which was not asked",
                        "Answer each row once, with the \"id\" that came with it")
                }
                if let refusal = answer.refusal {
                    throw unusable(
                        "cannot answer \(rows.place(0)): \(refusal)", "Leave that row out, or mend the program")
                }
                let hello = copy.hello
                giveBack(copy)
                return (hello, answer)
            }
            if copy.hasEnded {
                throw unusable(
                    "\(copy.end(grace: 1000)), before it had answered \(rows.place(0))",
                    "Run the command by itself, and write a row to it as docs/teacher-protocol.md shows\(remedyForKeys)"
                )
            }
            if copy.hasEndlessLine {
                throw unusable(
                    "wrote \(copy.openLine) bytes without the end of a line",
                    "Write one answer a line, and nothing else")
            }
            if ContinuousClock.now - begun > timeout {
                throw unusable(
                    "has not answered \(rows.place(0)) in \(timeout)\(copy.lastWords)",
                    "Answer every row at the flush line at the latest and flush the output, or give a longer --timeout")
            }
        }
    }
}
