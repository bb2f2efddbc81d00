import Attar
import Compute
import Testing

/// What every kind of data keeps to, those that are added later included.
struct DataKindTests {
    /// Columns of forty rows that the kinds of Attar claim, by the kind's name.
    private static let examples: [String: Column] = [
        "table": Column("age", .numeric((0..<40).map { Float($0 * 7 % 40) / 3 })),
        "text": Column("remark", .text((0..<40).map { "word\($0) and another \($0 % 3)" })),
        "dates": Column(
            "joined", .text((0..<40).map { "2024-0\($0 % 9 + 1)-1\($0 % 7)" }), notation: .dates(.yearFirst)),
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
        let corruptions = Corruption.all(
            for: rows, encoder: try FeatureEncoder(fittedTo: rows), seed: 1,
            kinds: kinds)
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
            #expect(
                isChanged == encoder.isChanged(by: strategy, kinds: kinds),
                "\(kind.name) by \(strategy.rawValue)")
        }
    }

    @Test(arguments: DataKind.all)
    func `A row's value is shown in words`(kind: DataKind) throws {
        let text = RowText(try rows(of: kind), kinds: kinds).text(of: 3)
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

    /// Shares of a whole, which never leave it, and stick at 1 where whatever measures them breaks.
    private static let share = DataKind(
        name: "share", summary: "shares of a whole",
        columns: DataKind.Columns(
            claims: { $0.name.hasSuffix(" share") && $0.kind == .numeric },
            reads: { $0.name.hasSuffix(" share") && $0.kind == .numeric }, fitted: DataKind.table.columns.fitted),
        making: DataKind.Making(isChanged: { _, _ in true }) { _, column, count, _, generator in
            Column(
                column.name, .numeric((0..<count).map { _ in Float.random(in: 0...1, using: &generator) }))
        },
        corruptions: { _ in
            [
                .ofColumns("stuck") { column, _, _ in
                    guard case .numeric(let values) = column.storage else { return nil }
                    return Column(column.name, .numeric(values.map { _ in 1 }))
                }
            ]
        },
        showing: DataKind.Showing(
            partition: { column in
                guard case .numeric(let values) = column.storage else { return nil }
                return RowPartition(
                    kind: .range, subject: column.name, names: ["less than half", "half or more"],
                    codes: values.map { $0 < 0.5 ? 0 : 1 })
            },
            varies: { _ in true }, words: { column, _ in "some \(column.name)" }))

    @Test func `A kind from outside makes up, corrupts, parts and shows its columns in a whole run`() async throws {
        var catalogue = Catalogue.standard
        catalogue.dataKinds = try catalogue.dataKinds.adding(Self.share, before: "table")
        #expect(catalogue.dataKinds.names == ["tokens", "text", "picture", "dates", "share", "table"])
        let plain = SampleTable.clouds(240)
        let values = (0..<240).map { Float($0 * 37 % 240) / 239 }
        let rows = plain.with(columns: plain.columns + [Column("fat share", .numeric(values))])
        var settings = DistillationSettings()
        settings.plan = TransferPlan([.noise], synthesised: 1)
        settings.evidence = .quick
        let run = try await Distiller(
            student: LinearEstimator(), teacher: .training(TreeEstimator()), settings: settings, catalogue: catalogue
        ).distilled(on: rows)
        let evidence = try #require(run.certificate.evidence)
        #expect(evidence.shift?.corruptions.map(\.name).contains("stuck") == true)
        #expect(evidence.slices?.slices.map(\.name).contains("half or more") == true)
        #expect(evidence.disagreement?.rows.first?.values.contains("fat share some fat share") == true)
    }

    @Test func `A kind takes its place before another, and only before one that is there`() {
        let kinds = Catalogue.standard.dataKinds
        #expect(sentence { try kinds.adding(Self.share, before: "tabel") }.contains("'tabel'"))
    }
}
