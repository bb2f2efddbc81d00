import AttarRuntime
import Foundation
import Testing

struct TailSharesTests {
    @Test func `The share of rows at least as strange is that of ranks, ties by their mean`() {
        let shares = TailShares([5, 1, 2, 2, 9])
        // Ranks from below 4, 1, 2.5, 2.5, 5 of five rows.
        for (score, share) in [(Float(5), 2.0 / 6), (1, 5.0 / 6), (2, 3.5 / 6), (9, 1.0 / 6)] {
            #expect(abs(shares.rarity(of: score) - -log10(share)) < 1e-6)
            #expect(abs(shares.rank(of: score) - (1 - share)) < 1e-6)
        }
    }

    @Test func `A stranger score is rarer, between rows and beyond them`() {
        let shares = TailShares((0..<200).map { Float($0 * $0) })
        let rarities = stride(from: Float(-10), to: 200_000, by: 31).map { shares.rarity(of: $0) }
        #expect(zip(rarities, rarities.dropFirst()).allSatisfy(<=))
        let beyond = stride(from: Float(39_601), to: 200_000, by: 500).map { shares.rarity(of: $0) }
        #expect(zip(beyond, beyond.dropFirst()).allSatisfy(<))
        // Among 200 rows the strangest is one in 201, and half way to the next its rarity is half way.
        #expect(abs(shares.rarity(of: 39_601) - log10(201)) < 1e-6)
        let middle = (shares.rarity(of: 39_204) + shares.rarity(of: 39_601)) / 2
        #expect(abs(shares.rarity(of: (39_204 + 39_601) / 2) - middle) < 1e-4)
        // Ranks stay told apart where scores run far beyond.
        #expect(Float(shares.rank(of: 40_000)) < Float(shares.rank(of: 60_000)))
    }

    @Test func `Scores that are all equal have one rarity, and others another`() {
        let shares = TailShares([3, 3, 3])
        #expect(shares.rarity(of: 3) < shares.rarity(of: 4))
        #expect(shares.rarity(of: 4).isFinite && shares.rarity(of: -1e30).isFinite)
    }
}
