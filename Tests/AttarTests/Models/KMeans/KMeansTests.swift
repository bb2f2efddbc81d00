import Attar
import Compute
import Testing

/// The rows of clusters.json, encoded.
enum KMeansGolden {
    static func set(_ golden: ClusterGolden, weights: [Float]? = nil) throws -> TransferSet {
        let columns = (0..<3).map { axis in Column("x\(axis)", .numeric(golden.rows.map { $0[axis] })) }
        let rows = Dataset(source: "golden", columns: columns)
        let encoder = try FeatureEncoder(fittedTo: rows)
        return TransferSet(
            task: .clustering(4), encoder: encoder, features: try encoder.encoded(rows), truth: .none, weights: weights)
    }

    static func features(_ golden: ClusterGolden) throws -> Matrix { try set(golden).features }
}

struct KMeansTests {
    private static func sorted(_ rows: [[Float]]) -> [[Float]] { rows.sorted { $0[0] + $0[1] < $1[0] + $1[1] } }

    private static func centres(_ set: TransferSet) throws -> [[Float]] {
        let model = try KMeansEstimator(Specification("kmeans[4]")).fitted(
            to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.probabilities)))
        let tensor = try #require(model.description.tensors["centres"]?.floats)
        return (0..<4).map { Array(tensor[$0 * 3..<$0 * 3 + 3]) }
    }

    @Test(arguments: [false, true])
    func `Centres are scikit-learn's, with weights and without`(isWeighted: Bool) throws {
        let golden = try ClusterGolden.read()
        let right = isWeighted ? golden.weighted : golden.kmeans
        let found = try Self.centres(KMeansGolden.set(golden, weights: isWeighted ? golden.weights : nil))
        for (own, other) in zip(Self.sorted(found), Self.sorted(right.centres)) {
            for (a, b) in zip(own, other) { #expect(abs(a - b) < 1e-3) }
        }
    }

    @Test func `A row is of the nearest centre, the more surely the nearer it is`() throws {
        let golden = try ClusterGolden.read()
        let set = try KMeansGolden.set(golden)
        let model = try KMeansEstimator(Specification("kmeans[4]")).fitted(
            to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.probabilities)))
        let found = model.outputs(for: set.features).matrix
        let right = try #require(golden.kmeans.assignment)
        #expect(Contingency(right, found.argmax(), clusters: 4).adjustedRandIndex == 1)
        let centres = try Self.centres(set)
        func distance(_ row: Int, _ one: Int) -> Float {
            zip(set.features.row(row), centres[one]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        let variance = Float(golden.kmeans.cost) / Float(3 * set.count)
        for row in stride(from: 0, to: set.count, by: 17) {
            let weights = (0..<4).map { -distance(row, $0) / (2 * variance) }
            let expected = Matrix(rows: 1, columns: 4, elements: weights).softmax()
            for one in 0..<4 { #expect(abs(expected[0, one] - found[row, one]) < 1e-3) }
        }
        #expect(model.form.isLinear)
    }

    @Test func `As many clusters as there are different rows are found, and no more`() throws {
        let columns = [Column("x", .numeric([1, 1, 2, 2, 3, 3]))]
        let rows = Dataset(source: "few", columns: columns)
        let encoder = try FeatureEncoder(fittedTo: rows)
        func fitted(_ clusters: Int, weights: [Float]? = nil) throws -> [Int32] {
            let set = TransferSet(
                task: .clustering(clusters), encoder: encoder, features: try encoder.encoded(rows), truth: .none,
                weights: weights)
            return try KMeansEstimator(Specification("kmeans[\(clusters)]")).fitted(
                to: set, validation: nil, context: FittingContext(loss: .labelsOnly(.probabilities))
            ).outputs(for: set.features).matrix.argmax()
        }
        let found = try fitted(3)
        #expect(Set(found).count == 3 && found[0] == found[1] && found[2] == found[3] && found[4] == found[5])
        let error = #expect(throws: AttarError.self) { try fitted(4) }
        #expect(error?.problem == "4 clusters are asked for, and there are 3 different rows to find them in")
        // A row that does not count is no row to find a cluster in.
        let weighted = #expect(throws: AttarError.self) { try fitted(3, weights: [1, 1, 1, 1, 0, 0]) }
        #expect(weighted?.problem.contains("there are 2 different rows") == true)
    }
}

extension ModelForm {
    /// Whether it is a weighted sum of features.
    fileprivate var isLinear: Bool { if case .linear = self { true } else { false } }
}
