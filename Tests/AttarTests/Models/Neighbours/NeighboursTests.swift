import Attar
import Compute
import Testing

struct NeighboursTests {
    @Test func `Mean distances are scikit-learn's, of rows that were learned from and of others`() throws {
        let golden = try AnomalyGolden.read()
        let set = try golden.set()
        let model = NeighboursModel(
            task: .anomaly, encoder: set.encoder, rows: set.features, neighbours: golden.neighbours)
        for (rows, expected) in [(golden.rows, golden.distances), (golden.new, golden.newDistances)] {
            let found = model.outputs(for: AnomalyGolden.matrix(rows)).matrix.elements
            #expect(found.count == expected.count)
            for (own, theirs) in zip(found, expected) { #expect(abs(Double(own) - theirs) < 1e-5 * max(1, theirs)) }
        }
    }

    @Test func `Neighbours are those that a plain search finds, far from the origin, too`() throws {
        var generator = SeededGenerator(seed: 3, stream: "rows")
        for offset in [Float(0), 30] {
            let rows = Matrix(
                rows: 300, columns: 5, elements: (0..<1_500).map { _ in offset + 4 * generator.uniform() })
            let asked = Matrix(
                rows: 80, columns: 5, elements: (0..<400).map { _ in offset + 4 * generator.uniform() })
            let found = NeighbourSearch(rows).nearest(6, to: asked)
            for row in 0..<80 {
                let distances = (0..<300).map { other in
                    (0..<5).reduce(0.0) { sum, column in
                        let off = Double(asked[row, column]) - Double(rows[other, column])
                        return sum + off * off
                    }.squareRoot()
                }
                let nearest = distances.indices.sorted { distances[$0] < distances[$1] }.prefix(6)
                #expect(found.positions[row * 6..<row * 6 + 6].map(Int.init) == Array(nearest))
                for (own, place) in zip(found.distances[row * 6..<row * 6 + 6], nearest) {
                    #expect(abs(Double(own) - distances[place]) < 1e-5)
                }
            }
        }
    }
}
