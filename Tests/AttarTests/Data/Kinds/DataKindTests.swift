import Attar
import Compute
import Testing

/// What every kind of data keeps to, those that are added later included.
struct DataKindTests {
    /// Columns of forty rows that the kinds of Attar claim, by the kind's name.
    private static let examples: [String: Column] = [
        "table": Column("age", .numeric((0..<40).map { Float($0 * 7 % 40) })),
        "text": Column("remark", .text((0..<40).map { "word\($0) and another \($0 % 3)" })),
        "picture": Column("picture", .tensor((0..<40 * 16).map { Float($0 * 13 % 100) / 100 }, shape: [4, 4])),
        "tokens": Column("tokens", .tensor((0..<40 * 6).map { Float($0 * 5 % 11) }, shape: [6])),
    ]
    private let kinds = Catalogue.standard.dataKinds

    private func rows(of kind: DataKind) throws -> Dataset {
        Dataset(source: "rows", columns: [try #require(Self.examples[kind.name], "an example of \(kind.name)")])
    }

    @Test(arguments: DataKind.all)
    func `A column that a kind claims is read by it once it is fitted`(kind: DataKind) throws {
        let rows = try rows(of: kind)
        #expect(kinds.kind(of: rows.columns[0]).name == kind.name)
        let encoder = try FeatureEncoder(fittedTo: rows)
        #expect(encoder.columns.map { kinds.kind(of: $0).name } == [kind.name])
        #expect(kinds.kind(of: rows.columns[0], in: encoder).name == kind.name)
        #expect(try encoder.encoded(rows).elements.allSatisfy(\.isFinite))
    }

    @Test(arguments: DataKind.all)
    func `A kind's corruptions change rows the same way each time and keep their number`(kind: DataKind) throws {
        let rows = try rows(of: kind)
        let corruptions = Corruption.all(for: rows, encoder: try FeatureEncoder(fittedTo: rows), seed: 1)
        #expect(!corruptions.isEmpty)
        for corruption in corruptions {
            let changed = corruption.applied(to: rows, strength: 5, seed: 1)
            #expect(changed.count == rows.count && changed.fingerprint != rows.fingerprint, "\(corruption.name)")
            #expect(changed.fingerprint == corruption.applied(to: rows, strength: 5, seed: 1).fingerprint)
        }
    }

    @Test(arguments: DataKind.all)
    func `Made rows differ from copies exactly where the kind says so`(kind: DataKind) throws {
        let rows = try rows(of: kind)
        let encoder = try FeatureEncoder(fittedTo: rows)
        let maker = RowSynthesiser(
            rows: rows, features: try encoder.encoded(rows), vocabularies: ["tokens": encoder.columns[0].vocabulary])
        for strategy in [TransferStrategy.munge, .spunge, .mixup, .noise] {
            let made = maker.made(rows.count, by: strategy, seed: 1)
            #expect(made.count == rows.count)
            // A row of one column that is drawn anew is a copy of another row.
            let known = Set((0..<rows.count).map { rows.columns[0].selecting([$0]).storage })
            let isChanged = (0..<made.count).contains { !known.contains(made.columns[0].selecting([$0]).storage) }
            #expect(isChanged == encoder.isChanged(by: strategy), "\(kind.name) by \(strategy.rawValue)")
        }
    }

    @Test(arguments: DataKind.all)
    func `A row's value is shown in words`(kind: DataKind) throws {
        let text = RowText(try rows(of: kind)).text(of: 3)
        #expect(text.hasPrefix(try rows(of: kind).columns[0].name) && text.count > 4)
    }

    @Test func `An array that is called tokens and holds other numbers is of no tokens`() throws {
        let column = Column("tokens", .tensor([0.5, 1, 2, 3], shape: [2]))
        #expect(kinds.kind(of: column).name == "table")
        let rows = Dataset(source: "rows", columns: [column])
        #expect(kinds.kind(of: column, in: try FeatureEncoder(fittedTo: rows)).name == "table")
    }

    @Test func `An array of another name that a model reads as its tokens is of tokens`() throws {
        let rows = try rows(of: .tokens)
        let renamed = Column("sentence", rows.columns[0].storage)
        #expect(kinds.kind(of: renamed).name == "table")
        #expect(kinds.kind(of: renamed, in: try FeatureEncoder(fittedTo: rows)).name == "tokens")
    }
}
