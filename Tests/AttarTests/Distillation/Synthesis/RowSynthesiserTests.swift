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
        #expect(try Set(made.columns[2].requiredCodes()) == [0, 1, 2])
    }

    @Test(arguments: makers)
    func `Made-up numbers stay near the column's mean, spread and constants`(strategy: TransferStrategy) throws {
        let made = synthesiser().made(4_000, by: strategy, seed: 5)
        let values = try made.columns[0].requiredNumbers()
        let mean = values.reduce(0, +) / 4_000
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4_000).squareRoot()
        #expect(abs(mean - 5) < 0.6)
        #expect(deviation > 1 && deviation < 3)
        #expect(try made.columns[1].requiredNumbers().allSatisfy { $0 == 7 })
        #expect(Set(values).count > 1_000, "rows are new, not copies")
    }

    /// Whole numbers (rooms, a flag, a year), fractions that end at 0 and 1, dates, and a whole column with gaps.
    private func natures(rows: Int = 300) throws -> RowSynthesiser {
        var generator = SeededGenerator(seed: 14)
        let rooms = (0..<rows).map { _ in Float(1 + generator.index(below: 9)) }
        let flags = (0..<rows).map { _ in Float(generator.index(below: 2)) }
        let years = (0..<rows).map { _ in Float(1950 + generator.index(below: 70)) }
        let shares = (0..<rows).map { _ in generator.uniform() }
        let gaps = (0..<rows).map { $0 % 5 == 0 ? Float.nan : Float(generator.index(below: 4)) }
        let dates = (0..<rows).map { _ in
            "2024-\(10 + generator.index(below: 3))-\(10 + generator.index(below: 18)) 12:\(10 + generator.index(below: 50))"
        }
        let dataset = Dataset(
            source: "natures",
            columns: [
                Column("rooms", .numeric(rooms)), Column("flag", .numeric(flags)), Column("year", .numeric(years)),
                Column("share", .numeric(shares)), Column("gaps", .numeric(gaps)), Column("when", .text(dates)),
            ])
        let encoder = try FeatureEncoder(fittedTo: dataset.with(columns: Array(dataset.columns.dropLast())))
        return RowSynthesiser(rows: dataset, features: try encoder.encoded(dataset))
    }

    @Test(arguments: makers)
    func `Whole numbers stay whole, all numbers stay within their range, and dates stay those that there are`(
        strategy: TransferStrategy
    ) throws {
        let maker = try natures()
        let made = maker.made(3_000, by: strategy, seed: 2)
        for column in maker.rows.columns.prefix(5) {
            let own = try column.requiredNumbers().filter { !$0.isNaN }
            let new = try #require(made.column(named: column.name)).requiredNumbers().filter { !$0.isNaN }
            let (least, most) = (try #require(own.min()), try #require(own.max()))
            #expect(new.allSatisfy { $0 >= least && $0 <= most }, "\(column.name)")
            #expect(column.name == "share" || new.allSatisfy { $0 == $0.rounded() }, "\(column.name)")
            #expect(Set(new).count > 1)
        }
        let dates = Set(try #require(maker.rows.columns[5].texts))
        #expect(dates.isSuperset(of: try #require(made.columns[5].texts)))
        // Small noise on whole numbers changes some of them, and moves their mean no more than chance does.
        let (own, new) = (
            try maker.rows.columns[0].requiredNumbers(), try made.columns[0].requiredNumbers()
        )
        let means = (own.reduce(0, +) / Float(own.count), new.reduce(0, +) / Float(new.count))
        #expect(abs(means.0 - means.1) < 0.25, "\(means)")
        if strategy == .noise {
            let changed = zip(new, (0..<3_000).map { own[$0 % own.count] }).count { $0 != $1 }
            #expect(changed > 300 && changed < 2_000, "\(changed)")
        }
    }

    /// A table of categories, each row's its own in every column, so that a made-up cell tells which row it comes from.
    private func marked(rows: Int, columns: Int) -> RowSynthesiser {
        let names = (0..<rows).map { "row \($0)" }
        let columns = (0..<columns).map { index in
            Column("c\(index)", .categorical(codes: (0..<rows).map { Int32($0) }, categories: names))
        }
        return RowSynthesiser(
            rows: Dataset(source: "made up", columns: columns), features: Matrix(rows: rows, columns: 1))
    }

    @Test(arguments: [(columns: 4, replaced: 1), (columns: 20, replaced: 2), (columns: 40, replaced: 4)])
    func `SPUNGE draws a tenth of a row's cells anew, and at least one`(columns: Int, replaced: Int) throws {
        let rows = 400
        let made = marked(rows: rows, columns: columns).made(rows, by: .spunge, seed: 1)
        let cells = try made.columns.map { try $0.requiredCodes() }
        var moved = 0
        for row in 0..<rows {
            let counts = Dictionary(grouping: cells.map { $0[row] }) { $0 }.mapValues(\.count)
            let own = try #require(counts.values.max())
            #expect(columns - own <= replaced)
            moved += columns - own
        }
        // A cell that is drawn anew is its own again once in 400 times.
        #expect(Double(moved) > 0.98 * Double(rows * replaced))
    }

    @Test func `SPUNGE adds noise of a tenth of the deviation to numbers`() throws {
        let rows = 2_000
        var generator = SeededGenerator(seed: 12)
        // Of twenty columns two are drawn anew: the middle of the distances is that of the noise alone.
        let columns = (0..<20).map { index in
            Column("c\(index)", .numeric((0..<rows).map { _ in 50 * generator.normal() }))
        }
        let maker = RowSynthesiser(
            rows: Dataset(source: "made up", columns: columns), features: Matrix(rows: rows, columns: 1))
        let made = try maker.made(rows, by: .spunge, seed: 1).columns.map { try $0.requiredNumbers() }
        let known = try columns.map { try $0.requiredNumbers() }
        let distances = try (0..<200).map { row -> Float in
            // The row that it was made from is the nearest in most columns.
            let sums = (0..<rows).map { other in
                (0..<20).map { abs(made[$0][row] - known[$0][other]) }.sorted()[..<16].reduce(0, +)
            }
            let base = try #require(sums.indices.min { sums[$0] < sums[$1] })
            return (0..<20).map { abs(made[$0][row] - known[$0][base]) }.sorted()[9]
        }
        // The median of |noise| is 0.674 of its deviation, 5; that of twenty of which two are larger lies a little above.
        let middle = distances.sorted()[100]
        #expect(middle > 3 && middle < 4.2, "\(middle)")
    }

    @Test func `MUNGE leaves half the numbers of a row as they were`() throws {
        let original = synthesiser(rows: 400)
        let made = try original.made(400, by: .munge, seed: 1).columns[0].requiredNumbers()
        let kept = try zip(made, original.rows.columns[0].requiredNumbers()).filter { $0 == $1 }.count
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

    private func sequences(_ made: Dataset) throws -> [[Int]] {
        let (values, shape) = try made.columns[0].requiredArrays()
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
        let own = try sequences(maker.rows)
        let known = Set(own.joined() + [4_999])
        let changed = try sequences(made).filter { text in
            #expect(known.isSuperset(of: text))
            return !own.contains(text)
        }
        #expect(changed.count > 60)
    }

    @Test
    func `Sequences are mixed at one place, and noise hides a tenth of the tokens and cuts a quarter of the texts`()
        throws
    {
        for text in try sequences(texts().made(200, by: .mixup, seed: 1)) {
            let sources: [Int] = text.filter { $0 > 0 }.map { ($0 - 1) / 100 }
            #expect(zip(sources, sources.dropFirst()).count { $0 != $1 } <= 1)
        }
        let noisy = try sequences(texts().made(2_000, by: .noise, seed: 1))
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
            #expect(
                table.isChanged(by: strategy, kinds: Catalogue.standard.dataKinds)
                    && !picture.isChanged(by: strategy, kinds: Catalogue.standard.dataKinds))
            #expect(text.isChanged(by: strategy, kinds: Catalogue.standard.dataKinds) == (strategy != .munge))
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
