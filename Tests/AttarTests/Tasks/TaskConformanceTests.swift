import Attar
import Compute
import Testing

/// What every task has to keep, whatever it is about.
struct TaskConformanceTests {
    /// Answers to forty rows of a task with three outputs, of anomalies with the one that there is, and what is right.
    private static func sample(_ kind: TaskKind) -> (task: LearningTask, truth: Truth, right: Matrix, wrong: Matrix) {
        let rows = 40
        var generator = SeededGenerator(seed: 7, stream: kind.name)
        let task = LearningTask(kind: kind.kind, names: kind.kind == .anomaly ? ["score"] : ["a", "b", "c"])
        let noise = (0..<rows * task.width).map { _ in Float.random(in: 0.1..<1, using: &generator) }
        switch task.form {
        case .probabilities:
            let labels = (0..<rows).map { Int32($0 % 3) }
            let right = labels.flatMap { label in (0..<3).map { Float($0 == Int(label) ? 0.8 : 0.1) } }
            // How wrong differs from row to row.
            let wrong = labels.enumerated().flatMap { row, label in
                let own = Float(row % 2) * 0.1 + 0.1
                return (0..<3).map { $0 == Int(label) ? own : (1 - own) / 2 }
            }
            return (
                task, .classes(labels), Matrix(rows: rows, columns: 3, elements: right),
                Matrix(rows: rows, columns: 3, elements: wrong)
            )
        case .values:
            let right = Matrix(rows: rows, columns: task.width, elements: noise)
            let wrong = Matrix(rows: rows, columns: task.width, elements: noise.reversed())
            return (task, kind.posing.needsTarget ? .values(right) : .none, right, wrong)
        }
    }

    @Test(arguments: TaskKind.all)
    func `Every metric of a task is registered, is found by its names and can be required`(kind: TaskKind) throws {
        let metrics = kind.metrics
        #expect([metrics.main, metrics.second, metrics.fidelity, metrics.row].allSatisfy(metrics.all.contains))
        #expect(Set(metrics.bySeed).isSubset(of: metrics.all))
        #expect(Set(metrics.listed) == Set(metrics.all) && metrics.listed.count == metrics.all.count)
        for metric in metrics.all {
            #expect(Catalogue.standard.metrics[metric.name] == metric)
            #expect(!metric.label.isEmpty && !metric.figure(0.5).isEmpty)
            for name in [metric.name] + metric.aliases {
                let requirement = try Requirement("\(name) >= 0")
                try requirement.validate(for: kind)
                let figures = [metric.name: Estimate(exactly: 0.5)]
                #expect(
                    requirement.failures(student: figures, labelsOnly: [:], teacher: [:], verdict: nil).isEmpty)
                #expect(
                    !(try Requirement("\(name) > 0.5")).failures(
                        student: figures, labelsOnly: [:], teacher: [:], verdict: nil
                    ).isEmpty)
            }
        }
    }

    @Test(arguments: TaskKind.all)
    func `A task names evidence and losses that there are`(kind: TaskKind) throws {
        // What only one task can measure is no other's.
        #expect(kind.judging.evidence.contains(EvidencePart.alarms.name) == (kind.kind == .anomaly))
        #expect(kind.judging.evidence.contains(EvidencePart.clusters.name) == (kind.kind == .clustering))
        for name in kind.judging.evidence { _ = try Catalogue.standard.evidence.named(name) }
        let task = Self.sample(kind).task
        let names = kind.teaching.losses.map(\.name)
        #expect(names.contains(kind.teaching.usualLoss(knownClasses: nil)))
        for preset in kind.teaching.losses { try preset.loss.validate(for: task.form) }
        try kind.teaching.labelLoss.validate(for: task.form)
        #expect(![kind.words.main, kind.words.second, kind.words.outputs, kind.words.cardTask].contains(""))
    }

    @Test(arguments: TaskKind.all)
    func `Right answers have the better main figure, the smaller losses and the higher score`(kind: TaskKind) throws {
        let (_, truth, right, wrong) = Self.sample(kind)
        let weights = (0..<40).map { Float($0 % 2 + 1) }
        func figures(_ answers: Matrix) -> [Metric: Double] {
            kind.judging.statistics(answers, truth, teacher: right, weights: weights).values(weights: weights)
        }
        let (good, bad) = (figures(right), figures(wrong))
        let main = kind.metrics.main
        let (best, other) = (try #require(good[main]), try #require(bad[main]))
        #expect(main.lowerIsBetter ? best < other : best > other)
        #expect(kind.judging.score(good) > kind.judging.score(bad))
        for (metric, value) in good.merging(bad, uniquingKeysWith: { own, _ in own }) {
            #expect(kind.metrics.all.contains(metric) && metric.range.contains(value), "\(metric.name) \(value)")
        }
        let losses = [right, wrong].map { kind.judging.losses($0, truth, teacher: right) }
        #expect(losses.allSatisfy { $0.values.count == 40 && $0.kind == kind.judging.lossKind })
        #expect(losses[0].values.reduce(0, +) < losses[1].values.reduce(0, +))
    }

    @Test(arguments: TaskKind.all)
    func `A teacher's outputs are found for the same outputs, and a baseline knows nothing of a row`(
        kind: TaskKind
    ) throws {
        let (task, truth, _, _) = Self.sample(kind)
        #expect(try kind.teaching.alignment(of: task, to: task) == Array(0..<task.width))
        let baseline = kind.judging.baseline(truth, of: task, weights: nil)
        #expect((baseline == nil) == (truth == .none))
        #expect(baseline.map { !$0.name.isEmpty && $0.answers(rows: 5).rows == 5 && $0.answer.count == 3 } ?? true)
        #expect(baseline.map { named in kind.metrics.all.contains { $0.name == named.metric } } ?? true)
        #expect(task.form == .values || abs((baseline?.answer.reduce(0, +) ?? 0) - 1) < 1e-5)
        #expect(kind.metrics.all.contains(kind.judging.ranking.metric))
    }

    @Test(arguments: TaskKind.all)
    func `Rows of one unit are resampled together`(kind: TaskKind) throws {
        let (_, truth, right, wrong) = Self.sample(kind)
        let weights = [Float](repeating: 1, count: 40)
        let statistics = kind.judging.statistics(wrong, truth, teacher: right, weights: weights)
        func interval(_ units: [Int32]?) throws -> Estimate {
            let evaluation = Evaluation.paired([statistics], weights: weights, units: units, seed: 3)[0]
            return try #require(evaluation.estimates[kind.metrics.second])
        }
        let alone = try interval(nil)
        #expect(try interval((0..<40).map { Int32($0) }) == alone)
        // Two units instead of forty: what is drawn varies far more, or not at all.
        let halves = try interval((0..<40).map { Int32($0 / 20) })
        #expect(halves != alone && halves.value == alone.value)
    }

    @Test(arguments: TaskKind.all)
    func `Rows about which nothing is known keep the truth's shape`(kind: TaskKind) throws {
        let truth = Self.sample(kind).truth
        let more = truth.appending(truth.unknown(2))
        #expect(more.count == truth.count.map { $0 + 2 })
        #expect(more.selecting(Array(0..<40)) == truth)
        #expect(more.labels.suffix(2).allSatisfy { $0 == -1 } || more.labels.isEmpty)
        #expect(more.values.rows == 0 || (0..<3).allSatisfy { more.values[41, $0].isNaN })
    }

    @Test(arguments: TaskKind.all)
    func `A figure's parts are smaller for right answers, and of a mean they make up the figure`(kind: TaskKind) throws
    {
        let (_, truth, right, wrong) = Self.sample(kind)
        let figures = kind.judging.statistics(wrong, truth, teacher: right, weights: nil)
            .values(weights: [Float](repeating: 1, count: 40))
        var known = 0
        for metric in kind.metrics.all {
            guard let own = kind.judging.parts(of: metric, right, truth, teacher: right),
                let other = kind.judging.parts(of: metric, wrong, truth, teacher: right)
            else { continue }
            known += 1
            #expect(own.count == 40 && other.count == 40)
            #expect(own.reduce(0, +) < other.reduce(0, +), "\(metric.name)")
            let mean = other.reduce(0, +) / 40
            let figure = try #require(figures[metric])
            // R² follows from the mean of squares; it is not that mean.
            if metric != .r2 {
                #expect(abs((metric.lowerIsBetter ? figure : 1 - figure) - mean) < 1e-4, "\(metric.name)")
            }
        }
        #expect(known > 0 || !kind.teaching.hasTwin, "whoever has a twin is compared with it")
    }
}
