import Attar
import Compute
import Testing

struct StoredSetsTests {
    private static func distilled(_ table: Dataset, _ change: (inout Recipe) -> Void = { _ in }) async throws
        -> Distillation
    {
        var recipe = Recipe()
        recipe.student = "tree"
        recipe.strategy = "teacher"
        recipe.seeds = 1
        recipe.evidence = .quick
        change(&recipe)
        recipe.teacher = "tree[leaves=16]"
        return try await Distiller(recipe).distilled(on: table)
    }

    /// Values whose spread grows along the first feature.
    private static func values(_ count: Int) -> Dataset {
        var generator = SeededGenerator(seed: 3)
        var (x, y): ([Float], [Float]) = ([], [])
        for _ in 0..<count {
            let place = generator.uniform()
            let noise = (0..<4).reduce(Float(0)) { sum, _ in sum + generator.uniform() - 0.5 }
            x.append(place)
            y.append(3 * place + noise * (0.05 + 2 * place))
        }
        return Dataset(
            source: "funnel", columns: [Column("x", .numeric(x))],
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: count, columns: 1, elements: y)))
    }

    @Test func `Intervals that are as wide as a row needs are kept, are read back to the bit, and hold the truth`()
        async throws
    {
        let made = try await Self.distilled(Self.values(4_000))
        let kept = try #require(made.artifact.sets)
        #expect(kept.method == .cqr)
        let bytes = try made.artifact.encoded()
        let read = try Artifact(bytes: bytes, path: "memory")
        let again = try #require(read.sets)
        #expect(try read.encoded() == bytes)
        let fresh = Self.values(5_000)
        let rows = Array(4_000..<5_000)
        let features = try read.model.encoder.encoded(fresh).selecting(rows: rows)
        let values = read.model.outputs(for: features)
        let ends = again.intervals(around: values, features: features, coverage: 0.9)
        let truth = try #require(fresh.target).values
        let x = try fresh.columns[0].requiredNumbers()
        var held = 0
        var (narrow, wide): ([Float], [Float]) = ([], [])
        for (place, row) in rows.enumerated() {
            if ends.low[place, 0] <= truth[row, 0], truth[row, 0] <= ends.high[place, 0] { held += 1 }
            let width = ends.high[place, 0] - ends.low[place, 0]
            if x[row] < 0.2 { narrow.append(width) } else if x[row] > 0.8 { wide.append(width) }
        }
        // Three standard errors of 1,000 rows and of 1,200 calibration rows.
        #expect(abs(Double(held) / 1_000 - 0.9) < 0.04)
        let mean = { (widths: [Float]) in widths.reduce(0, +) / Float(max(1, widths.count)) }
        #expect(mean(wide) > 2 * mean(narrow))
        let coverage = try #require(made.certificate.evidence?.coverage)
        #expect(coverage.stored == "cqr")
        #expect(coverage.methods.map(\.name) == ["residual", "cqr"])
        for method in coverage.methods {
            for level in method.levels { #expect(abs(level.coverage.value - level.target) < 1.5 * level.tolerance) }
        }
        // Intervals that follow the spread are narrower on average.
        #expect(coverage.methods[1].levels[1].size < coverage.methods[0].levels[1].size)
        #expect(try #require(coverage.crps).student.value > 0)
        #expect(made.certificate.evidence?.selection?.score == "interval width")
    }

    @Test func `Rows given for thresholds keep the file's method, and count by the recipe's weights`() async throws {
        let made = try await Self.distilled(Self.values(2_000)) { $0.weights = "w" }
        let all = Self.values(3_000)
        let (x, y) = (try all.columns[0].requiredNumbers(), try #require(all.target).values)
        let rows = Array(2_000..<3_000)
        func fresh(_ columns: [Column]) -> Dataset {
            Dataset(
                source: "fresh",
                columns: [
                    Column("x", .numeric(rows.map { x[$0] })), Column("y", .numeric(rows.map { y[$0, 0] })),
                ] + columns)
        }
        let plain = try made.artifact.sets(calibratedOn: fresh([]))
        #expect(plain.method == .cqr && plain.rows == 1_000)
        // Rows near 0 are hardly off at all.
        let weights = Column("w", .numeric(rows.map { x[$0] < 0.1 ? 1_000 : 0.001 }))
        let weighted = try made.artifact.sets(calibratedOn: fresh([weights]))
        #expect(weighted.thresholds(coverage: 0.9) != plain.thresholds(coverage: 0.9))
        let note = try CoverageColumns(made.artifact, named: "s.attar", coverage: 0.9, calibratedOn: fresh([])).notes
        #expect(note == ["'fresh' has no weights in a column 'w': all its rows count the same."])
    }

    @Test func `A rare class gets a threshold of its own`() async throws {
        var generator = SeededGenerator(seed: 6)
        let x = (0..<1_000).map { _ in generator.uniform() }
        func table(_ share: Float) -> Dataset {
            Dataset(
                source: "rows", columns: [Column("x", .numeric(x))],
                target: Target(name: "y", classes: ["a", "b"], labels: x.map { $0 < share ? 1 : 0 }))
        }
        #expect(try await Self.distilled(table(0.1)).artifact.sets?.method == .lacByClass)
        let even = try await Self.distilled(table(0.4)) { $0.allowEmpty = true }
        #expect(even.artifact.sets?.method == .lac && even.artifact.sets?.allowsEmpty == true)
        #expect(even.certificate.evidence?.coverage?.allowsEmpty == true)
        let level = try #require(even.certificate.evidence?.coverage?.methods.first?.levels.first)
        #expect(level.rarestClass == "b" && level.rarestCoverage != nil)
    }

    @Test func `A recipe without sets keeps none, and one whose sets do not suit the task is refused`() async throws {
        let none = try await Self.distilled(Self.values(300)) { $0.sets = SetMethod.none }
        #expect(none.artifact.sets == nil)
        #expect(try Artifact(bytes: none.artifact.encoded(), path: "memory").sets == nil)
        let one = try await Self.distilled(Self.values(300))
        #expect(one.artifact.sets?.method == .residual)
        await #expect {
            _ = try await Self.distilled(Self.values(300)) { $0.sets = .lac }
        } throws: { "\($0)".contains("sets is lac, which does not suit a regression") }
        var recipe = Recipe()
        recipe.sets = SetMethod(rawValue: "rap")
        #expect { try recipe.validate() } throws: { "\($0)".contains("Did you mean 'raps'?") }
        #expect(try Recipe(yaml: "sets: aps", source: "a recipe").sets == .aps)
    }

    @Test(arguments: [SetMethod.lac, .lacByClass, .raps])
    func `Sets of classes are kept in the artifact with at most so many scores`(method: SetMethod) throws {
        let (answers, target) = PredictionSetsTests.rows(2_000, seed: 5)
        let weights = answers.elements.indices.prefix(2_000).map { Float(1 + $0 % 2) }
        let sets = PredictionSets(
            try ScoredRows(method, answers, target: target, weights: weights, seed: 2), seed: 2)
        let few = sets.compressed
        #expect(few.quantiles.reduce(0) { $0 + $1.scores.count } <= 512)
        for coverage in [0.8, 0.9, 0.95] {
            for (own, exact) in zip(few.thresholds(coverage: coverage), sets.thresholds(coverage: coverage)) {
                #expect(own >= exact && own < exact + 0.02)
            }
        }
    }
}
