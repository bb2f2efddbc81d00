import Attar
import Compute
import Testing

struct RowSynthesiserTests {
    /// Two numeric columns of which the second is constant, one categorical, one with missing values.
    private func synthesiser(rows: Int = 40) -> RowSynthesiser {
        var generator = SeededGenerator(seed: 11)
        let numbers = (0..<rows).map { _ in 5 + 2 * generator.normal() }
        let gaps = (0..<rows).map { $0 % 4 == 0 ? Float.nan : Float($0) }
        let codes = (0..<rows).map { Int32($0 % 3) }
        let dataset = Dataset(
            source: "made up",
            columns: [
                Column("number", .numeric(numbers)), Column("constant", .numeric([Float](repeating: 7, count: rows))),
                Column("category", .categorical(codes: codes, categories: ["a", "b", "c"])),
                Column("gaps", .numeric(gaps)),
            ])
        return RowSynthesiser(rows: dataset, features: Matrix(rows: rows, columns: 1, elements: numbers))
    }

    private func numbers(_ column: Column) throws -> [Float] {
        guard case .numeric(let values) = column.storage else {
            Issue.record("\(column.name) is no longer numeric")
            return []
        }
        return values
    }

    private static let makers: [TransferStrategy] = [.munge, .spunge, .mixup, .noise]

    @Test(arguments: makers)
    func `Made-up rows keep columns, types and categories, and follow the seed`(strategy: TransferStrategy) throws {
        let made = synthesiser().made(100, by: strategy, seed: 3)
        #expect(made.count == 100)
        #expect(made.columns.map(\.name) == ["number", "constant", "category", "gaps"])
        #expect(made.columns.map(\.kind) == [.numeric, .numeric, .categorical, .numeric])
        #expect(made.identifiers.allSatisfy { $0 < 0 })
        #expect(Set(made.identifiers).count == 100)
        #expect(made.columns[0] == synthesiser().made(100, by: strategy, seed: 3).columns[0])
        #expect(made.columns[0] != synthesiser().made(100, by: strategy, seed: 4).columns[0])
        if case .categorical(let codes, _) = made.columns[2].storage {
            #expect(codes.allSatisfy { (0..<3).contains($0) })
        }
    }

    @Test(arguments: makers)
    func `Made-up numbers stay near the column's mean, spread and constants`(strategy: TransferStrategy) throws {
        let made = synthesiser().made(4_000, by: strategy, seed: 5)
        let values = try numbers(made.columns[0])
        let mean = values.reduce(0, +) / 4_000
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4_000).squareRoot()
        #expect(abs(mean - 5) < 0.6)
        #expect(deviation > 1 && deviation < 3)
        #expect(try numbers(made.columns[1]).allSatisfy { $0 == 7 })
        #expect(Set(values).count > 1_000, "rows are new, not copies")
    }

    @Test func `SPUNGE replaces at least one cell and about a tenth of them`() throws {
        // Columns of whole numbers a thousand apart: noise stays small beside them, so a replaced cell shows.
        let rows = 50
        let columns = (0..<20).map { index in
            Column("c\(index)", .numeric((0..<rows).map { Float($0 * 1_000) }))
        }
        let dataset = Dataset(source: "made up", columns: columns)
        let maker = RowSynthesiser(rows: dataset, features: Matrix(rows: rows, columns: 1))
        let made = maker.made(rows, by: .spunge, seed: 1)
        let deviation = Float(1_000) * (Float(rows * rows - 1) / 12).squareRoot()
        for row in 0..<rows {
            let moved = try made.columns.filter { abs(try numbers($0)[row] - Float(row * 1_000)) > deviation * 0.6 }
            #expect(moved.count <= 2, "two of twenty cells are drawn anew")
        }
    }

    @Test func `MUNGE leaves half the numbers of a row as they were`() throws {
        let original = synthesiser(rows: 400)
        let made = try numbers(original.made(400, by: .munge, seed: 1).columns[0])
        let kept = try zip(made, numbers(original.rows.columns[0])).filter { $0 == $1 }.count
        #expect(kept > 150 && kept < 250)
    }

    /// Sequences of 20 tokens: those of row r are 100·r + 1, 100·r + 2, …; every fourth row ends in padding.
    private func texts(rows: Int = 30) -> RowSynthesiser {
        let ids: [Float] = (0..<20 * rows).map { index in
            let (row, place) = (index / 20, index % 20)
            return row % 4 == 0 && place > 12 ? 0 : Float(100 * row + place + 1)
        }
        let column = Column("tokens", .tensor(ids, shape: [20]))
        return RowSynthesiser(
            rows: Dataset(source: "texts", columns: [column]), features: Matrix(rows: rows, columns: 20, elements: ids),
            vocabularies: ["tokens": 5_000])
    }

    private func sequences(_ made: Dataset) -> [[Int]] {
        guard case .tensor(let values, let shape) = made.columns[0].storage else { return [] }
        return (0..<made.count).map { row in values[row * shape[0]..<(row + 1) * shape[0]].map { Int($0) } }
    }

    @Test(arguments: [TransferStrategy.spunge, .mixup, .noise])
    func `Made-up sequences hold whole tokens of the training rows or the unknown one, and follow the seed`(
        strategy: TransferStrategy
    ) throws {
        let maker = texts()
        let made = maker.made(90, by: strategy, seed: 3)
        #expect(made.columns == maker.made(90, by: strategy, seed: 3).columns)
        #expect(made.columns != maker.made(90, by: strategy, seed: 4).columns)
        let known = Set(sequences(maker.rows).joined() + [4_999])
        let changed = sequences(made).filter { text in
            #expect(known.isSuperset(of: text))
            return !sequences(maker.rows).contains(text)
        }
        #expect(changed.count > 60)
    }

    @Test
    func `Sequences are mixed at one place, and noise hides a tenth of the tokens and cuts a quarter of the texts`()
        throws
    {
        for text in sequences(texts().made(200, by: .mixup, seed: 1)) {
            let sources: [Int] = text.filter { $0 > 0 }.map { ($0 - 1) / 100 }
            #expect(zip(sources, sources.dropFirst()).count { $0 != $1 } <= 1)
        }
        let noisy = sequences(texts().made(2_000, by: .noise, seed: 1))
        let short = noisy.count { text in text.count { $0 > 0 } <= 5 }
        #expect(short > 400 && short < 600)
        let whole: [Int] = noisy.filter { text in text.count { $0 > 0 } > 5 }.flatMap { $0 }.filter { $0 > 0 }
        let hidden = Double(whole.count { $0 == 4_999 }) / Double(whole.count)
        #expect(hidden > 0.08 && hidden < 0.12)
    }

    @Test func `Rows that a strategy would only copy are told`() throws {
        func encoder(_ column: Column) throws -> FeatureEncoder {
            try FeatureEncoder(fittedTo: Dataset(source: "rows", columns: [column]))
        }
        let (text, table) = (try encoder(texts().rows.columns[0]), try encoder(synthesiser().rows.columns[0]))
        let picture = try encoder(Column("x", .tensor([1, 2, 3, 4], shape: [2, 2])))
        for strategy in Self.makers {
            #expect(table.isChanged(by: strategy) && !picture.isChanged(by: strategy))
            #expect(text.isChanged(by: strategy) == (strategy != .munge))
        }
    }

    @Test(arguments: [
        ("munge", "bag", "the strategy 'munge' would only copy rows that are a sequence of 20 tokens each. Use spunge"),
        ("teacher", "cnn", "cnn[16,32] takes pictures"),
    ])
    func `What does not fit the rows is refused before a teacher is trained`(
        strategy: String, student: String, expected: String
    ) async throws {
        var recipe = Recipe()
        recipe.strategy = strategy
        recipe.student = student
        let rows = texts().rows.with(
            target: .some(Target(name: "y", classes: ["a", "b"], labels: (0..<30).map { Int32($0 % 2) })))
        do {
            _ = try await Distiller(recipe, teacher: .training(NetworkEstimator<EmbeddingBagDesign>())).distilled(
                on: rows,
                progress: { progress in
                    Issue.record("\(progress.phase)")
                    return .stop
                })
            Issue.record("nothing was refused")
        } catch let error {
            #expect("\(error)".hasPrefix(expected), "\(error)")
        }
    }
}
