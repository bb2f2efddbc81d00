import Attar
import Compute
import Testing

/// Golden values were made by SciPy, see `Golden/make_intervals.py`.
struct IntervalGoldenTests {
    private struct Golden: Decodable {
        struct Pair: Decodable { let won, lost, rows: Double, twoSided, oneSided: [Double] }
        struct Share: Decodable { let hits, rows: Double, ends: [Double] }
        struct Area: Decodable { let area, positive, negative: Double, ends: [Double] }
        struct Mean: Decodable { let values: [Float], ends: [Double] }
        struct Student: Decodable { let degrees, quantile: Double }
        let pairs: [Pair], shares: [Share], areas: [Area], means: [Mean], student: [Student]
    }

    private let expected: Golden

    init() throws { expected = try golden("intervals.json") }

    private func expect(_ found: Estimate, _ ends: [Double], within tolerance: Double = 1e-6) {
        #expect(abs(found.low - ends[0]) < tolerance && abs(found.high - ends[1]) < tolerance, "\(found), not \(ends)")
    }

    @Test func `Score intervals of paired shares are those of the likeliest shares`() {
        for pair in expected.pairs {
            let shares = PairedShares(won: pair.won, lost: pair.lost, rows: pair.rows)
            expect(shares.difference(), pair.twoSided)
            expect(shares.difference(.oneSided), pair.oneSided)
        }
    }

    @Test func `Exact intervals of shares hold for counts that are not whole`() {
        for share in expected.shares { expect(Binomial.estimate(share.hits, of: share.rows), share.ends) }
    }

    @Test func `Areas under curves have score intervals, with a width where the area is 1`() {
        for area in expected.areas {
            expect(
                AreaOfClass(area: area.area, rows: (area.positive, area.negative), variance: 0).estimate(.twoSided),
                area.ends)
        }
    }

    @Test func `Means have the wider ends of Student's interval and of the one without skewness`() {
        for mean in expected.means {
            let weighting = RowWeighting([Float](repeating: 1, count: mean.values.count))
            expect(MeanMoments(mean.values, weighting).estimate(.twoSided), mean.ends, within: 1e-4)
        }
    }

    @Test func `Quantiles of Student's distribution hold for few degrees of freedom`() {
        for student in expected.student {
            #expect(abs(studentQuantile(0.975, degrees: student.degrees) / student.quantile - 1) < 1e-6)
        }
    }
}
