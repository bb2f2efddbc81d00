import Attar
import Testing

/// What make_clusters.py has written.
struct ClusterGolden: Decodable {
    struct Pair: Decodable {
        let first, second: [Int32]
        let adjustedRandIndex, adjustedMutualInformation, vMeasure, expectedInformation, withoutFirst, firstF1: Double
    }
    struct Centres: Decodable {
        let centres: [[Float]]
        let cost: Double
        let assignment: [Int32]?
        let silhouettes: [Float]?
    }
    struct Mixture: Decodable {
        let means, probabilities: [[Float]]
    }
    let pairs: [Pair]
    let rows: [[Float]]
    let weights: [Float]
    let kmeans, weighted: Centres
    let mixtures: [String: Mixture]

    static func read() throws -> ClusterGolden { try golden("clusters.json") }
}

struct ContingencyTests {
    private static func table(_ pair: ClusterGolden.Pair) -> Contingency {
        Contingency(pair.first, pair.second, clusters: Int(max(pair.first.max() ?? 0, pair.second.max() ?? 0)) + 1)
    }

    @Test func `Figures of two clusterings are scikit-learn's`() throws {
        let pairs = try ClusterGolden.read().pairs
        #expect(pairs.count == 5)
        for pair in pairs {
            let table = Self.table(pair)
            #expect(abs(table.adjustedRandIndex - pair.adjustedRandIndex) < 1e-9)
            #expect(abs(table.expectedInformation - pair.expectedInformation) < 1e-9)
            #expect(abs(table.adjustedMutualInformation() - pair.adjustedMutualInformation) < 1e-9)
            #expect(abs(table.vMeasure - pair.vMeasure) < 1e-9)
            #expect(abs(table.leaving(out: 0).adjustedRandIndex - pair.withoutFirst) < 1e-9)
            #expect(abs(table.score(of: 0) - pair.firstF1) < 1e-9)
        }
    }

    @Test func `Other names change nothing, and one cluster on both sides is the same clustering`() {
        let one: [Int32] = [0, 0, 1, 1, 2, 2]
        let renamed = Contingency(one, [2, 2, 0, 0, 1, 1], clusters: 3)
        #expect(renamed.adjustedRandIndex == 1 && renamed.vMeasure > 1 - 1e-12)
        #expect(abs(renamed.adjustedMutualInformation() - 1) < 1e-12)
        let alone = Contingency([0, 0, 0], [1, 1, 1], clusters: 2)
        #expect(alone.adjustedRandIndex == 1 && alone.vMeasure == 1 && alone.adjustedMutualInformation() == 1)
        // All in one against all apart: nothing is told.
        let apart = Contingency([0, 0, 0, 0], [0, 1, 2, 3], clusters: 4)
        #expect(apart.adjustedRandIndex == 0 && apart.vMeasure == 0 && apart.adjustedMutualInformation() == 0)
        // Nobody has a row in it.
        #expect(Contingency([0, 1], [0, 1], clusters: 3).score(of: 2) == 1)
    }
}
