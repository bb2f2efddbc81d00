import Attar
import AttarReport
import Compute
import Testing

/// Every task that there is, distilled from a made-up teacher: its certificate is read back as it was written, and its page and card are whole.
struct TaskPageTests {
    /// Answers by what two columns say, whatever the task makes of them.
    private struct Rule: Teacher {
        let task: LearningTask
        var fingerprint: Fingerprint { FingerprintHasher().finished() }

        func predict(_ rows: Dataset) async throws -> Answers {
            guard case .numeric(let x)? = rows.columns.first?.storage,
                case .numeric(let y)? = rows.columns.last?.storage
            else { throw AttarError(.schemaMismatch, "the rule reads two columns") }
            var answers = Matrix(rows: rows.count, columns: task.width)
            for row in 0..<rows.count {
                let corners = [x[row], y[row], -x[row] - y[row]]
                for place in 0..<task.width { answers[row, place] = corners[place] }
            }
            return task.form == .probabilities ? Answers(.logits, answers) : Answers(.values, answers)
        }
    }

    /// Three hundred rows of two numbers, and of what the task asks for the rule's own answer, where it asks.
    private static func rows(_ kind: TaskKind, _ teacher: Rule) async throws -> Dataset {
        var generator = SeededGenerator(seed: 4, stream: kind.name)
        let columns = ["x", "y"].map { name in
            Column(name, .numeric((0..<300).map { _ in Float.random(in: -1...1, using: &generator) }))
        }
        let rows = Dataset(source: "rows", columns: columns)
        guard kind.posing.needsTarget else { return rows }
        let answers = try await teacher.predict(rows).matrix
        let target: Column =
            teacher.task.form == .probabilities
            ? Column("z", .categorical(codes: answers.argmax(), categories: teacher.task.names))
            : Column("z", .numeric((0..<300).map { answers[$0, 0] }))
        return try rows.with(columns: rows.columns + [target]).taking(target: "z")
    }

    @Test(arguments: TaskKind.all)
    func `A task's certificate is read back as written, and its page shows every part of its evidence`(
        kind: TaskKind
    ) async throws {
        let isValue = kind.posing.takesTarget && LearningTask(kind: kind.kind, names: ["z"]).form == .values
        let teacher = Rule(task: LearningTask(kind: kind.kind, names: isValue ? ["z"] : ["a", "b", "c"]))
        let rows = try await Self.rows(kind, teacher)
        var settings = DistillationSettings()
        settings.plan = TransferPlan([.teacher])
        settings.evidence = .quick
        let run = try await Distiller(
            student: LinearEstimator(), teacher: .teacher(teacher, named: "rule"), settings: settings
        ).distilled(on: rows)
        let certificate = run.certificate
        let json = try JSONValue(encoding: certificate)
        #expect(try json.decoded(as: Certificate.self) == certificate)
        for metric in [kind.metrics.main, kind.metrics.second] {
            let figure = try #require(certificate.student[metric], "\(metric.name)")
            #expect(figure.low <= figure.value && figure.value <= figure.high)
            #expect(json["student"]?[metric.name] != nil)
        }
        #expect((certificate.labelsOnly.isEmpty) == !kind.teaching.hasTwin)
        let page = try htmlReport(of: certificate, data: "rows.csv")
        let markup = Markup(page)
        #expect(markup.faults.isEmpty, "\(markup.faults)")
        #expect(["Side by side", "Slices", "Provenance"].allSatisfy(markup.headings.contains), "\(markup.headings)")
        #expect(page.contains(kind.metrics.main.label) && !page.contains("NaN"))
        guard case .object(let evidence)? = json["evidence"] else {
            Issue.record("a certificate has evidence")
            return
        }
        let kept = Set(evidence.filter { $0.value != .null }.keys)
        #expect(!kept.isEmpty && kept.isSubset(of: kind.judging.evidence))
        let clean = try #require(certificate.evidence?.shift?.clean.quality.student)
        #expect(clean > 0.1, "the rule is easily learned: \(clean)")
        // What a task does not have has no column.
        #expect(page.contains(", labels alone</th>") == kind.teaching.hasTwin)
        #expect(page.contains(">label</th>") == kind.posing.needsTarget)
        let card = try modelCard(of: certificate, artifact: "m.attar", data: "rows.csv")
        #expect(card.contains(kind.words.cardTask))
    }
}
