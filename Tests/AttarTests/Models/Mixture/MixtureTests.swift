import Attar
import Compute
import Testing

struct MixtureTests {
    @Test(arguments: ["full", "diagonal"])
    func `Means and probabilities are scikit-learn's`(covariance: String) throws {
        let golden = try ClusterGolden.read()
        let right = try #require(golden.mixtures[covariance])
        let set = try KMeansGolden.set(golden)
        let model = try MixtureEstimator(
            Specification("gmm[4,covariance=\(covariance),rounds=2000]")
        ).fitted(to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.probabilities)))
        let found = model.outputs(for: set.features).matrix
        let expected = Matrix(
            rows: set.count, columns: 4, elements: right.probabilities.flatMap { $0 })
        let (own, others) = (found.argmax(), expected.argmax())
        #expect(Contingency(others, own, clusters: 4).adjustedRandIndex > 0.98)
        // Clusters stand in another order: each is matched by the rows that it holds.
        for one in 0..<4 {
            let rows = others.indices.filter { others[$0] == Int32(one) }
            let named = Dictionary(grouping: rows) { own[$0] }.max { $0.value.count < $1.value.count }
            let place = Int(try #require(named).key)
            for row in 0..<set.count { #expect(abs(found[row, place] - expected[row, one]) < 0.05, "row \(row)") }
        }
    }

    @Test func `Rows on a line have a distribution, too`() throws {
        let values = (0..<60).map { Float($0 % 30) / 10 + ($0 < 30 ? 0 : 20) }
        let rows = Dataset(
            source: "line", columns: [Column("x", .numeric(values)), Column("y", .numeric(values.map { 3 * $0 - 1 }))])
        let encoder = try FeatureEncoder(fittedTo: rows)
        let set = TransferSet(
            task: .clustering(2), encoder: encoder, features: try encoder.encoded(rows), truth: .none)
        let model = try MixtureEstimator(Specification("gmm[2]")).fitted(
            to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.probabilities)))
        let found = model.outputs(for: set.features).matrix
        #expect(found.elements.allSatisfy { $0.isFinite })
        #expect(Set(found.argmax().prefix(30)).count == 1 && Set(found.argmax()).count == 2)
    }

    @Test(arguments: [
        "gmm[4,covariance=round]", "gmm[4,ridge=0]", "gmm[1]", "gmm[2,3]", "kmeans[0]", "kmeans[4,starts=0]",
    ])
    func `A setting out of range is refused`(text: String) throws {
        let error = #expect(throws: AttarError.self) {
            let specification = try Specification(text)
            try Family.named(specification.name).estimator(specification).validate()
        }
        #expect(error?.code == .invalidSetting)
    }
}
