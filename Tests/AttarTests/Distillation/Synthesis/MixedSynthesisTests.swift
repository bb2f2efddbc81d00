import Attar
import Compute
import Testing

/// Made-up rows of several kinds: what stands side by side in them stood side by side.
struct MixedSynthesisTests {
    /// Fifty rows; a text speaks of alpha where the number is near 10, and of beta where it is near −10.
    private static let rows = Dataset(
        source: "rows",
        columns: [
            Column("size", .numeric((0..<50).map { ($0 % 2 == 0 ? 10 : -10) + Float($0 % 5) / 5 })),
            Column(
                "note",
                .text(
                    (0..<50).map {
                        [String](repeating: $0 % 2 == 0 ? "alpha" : "beta", count: 8).joined(separator: " ")
                    })),
            Column("name", .text((0..<50).map { "Ann Smith\($0)" })),
            Column("day", .text((0..<50).map { "2024-02-\(10 + $0 % 15)" })),
        ])

    private static func made(_ strategy: TransferStrategy) throws -> Dataset {
        let encoder = try FeatureEncoder(fittedTo: rows)
        // Not a multiple of the rows: the rest is drawn.
        return RowSynthesiser(rows: rows, features: try encoder.encoded(rows)).made(90, by: strategy, seed: 4)
    }

    @Test(arguments: [TransferStrategy.munge, .noise, .mixup])
    func `A text keeps the number that it stood beside`(strategy: TransferStrategy) throws {
        let made = try Self.made(strategy)
        let (sizes, notes) = (try made.columns[0].requiredNumbers(), try made.columns[1].requiredTexts())
        var (agree, told) = (0, 0)
        for (size, note) in zip(sizes, notes) where abs(size) > 5 {
            let words = Set(note.split(separator: " "))
            guard words.count == 1 else { continue }
            told += 1
            agree += (words == ["alpha"]) == (size > 0) ? 1 : 0
        }
        #expect(told > 30 && agree == told, "\(strategy.rawValue): \(agree) of \(told)")
    }

    @Test(arguments: [TransferStrategy.munge, .spunge, .noise, .mixup])
    func `Names and dates are taken over whole`(strategy: TransferStrategy) throws {
        let made = try Self.made(strategy)
        for column in 2...3 {
            let known = Set(try Self.rows.columns[column].requiredTexts())
            #expect(try made.columns[column].requiredTexts().allSatisfy(known.contains))
        }
    }

    @Test func `Ids of words are no distances, so that neighbours are found by the other columns`() throws {
        let encoder = try FeatureEncoder(
            fittedTo: Self.rows, text: TextFeatures(method: TextMethod("words"), readers: [Family.linear.reader]))
        guard case .mixed = encoder.layout else {
            Issue.record("the layout is \(encoder.layout)")
            return
        }
        let features = try encoder.encoded(Self.rows)
        #expect(encoder.distanceFeatures(features).elements == (0..<50).map { features[$0, 0] })
    }
}
