import Attar
import Compute
import Testing

/// Rows whose teacher answer is unknown teach by their label alone.
struct KnownRowsTests {
    private static let known = (0..<90).map { $0 % 3 != 0 }

    /// Rows with wrong answers where they are said to be unknown, and those rows without a teacher beside them.
    private func rows(garbage: Float) throws -> TransferSet {
        let rows = try SampleRows.clouds(90, classes: 3, seed: 1, weights: nil)
        var soft = Matrix(rows: 90, columns: 3)
        for row in 0..<90 {
            for column in 0..<3 {
                soft[row, column] = Self.known[row] ? Float((row + column) % 3) - 1 : garbage * Float(column)
            }
        }
        return TransferSet(
            task: rows.task, encoder: rows.encoder, features: rows.features, softTargets: soft, known: Self.known,
            labels: rows.labels)
    }

    @Test func `What stands in a row that is not known does not count`() throws {
        let (one, other) = (try rows(garbage: 3), try rows(garbage: -50))
        #expect(one.softTargets == other.softTargets && one.known == Self.known)
        #expect(one.blendedTargets(labelShare: 0.3) == other.blendedTargets(labelShare: 0.3))
    }

    @Test func `A row that is not known has the label's part alone`() throws {
        let rows = try rows(garbage: 3)
        let targets = rows.blendedTargets(labelShare: 0.3)
        for row in 0..<90 where !Self.known[row] {
            #expect(targets[row, Int(rows.labels[row])] == 1)
        }
        #expect(!rows.isTaught(0) && rows.isTaught(1))
    }

    @Test func `Values of rows that are not known are the labels`() throws {
        let rows = try SampleRows.surface(12, seed: 1, weights: nil)
        let known = (0..<12).map { $0 > 3 }
        let set = TransferSet(
            task: rows.task, encoder: rows.encoder, features: rows.features,
            softTargets: Matrix(rows: 12, columns: 1, repeating: 7), known: known, values: rows.values)
        let targets = set.blendedTargets(labelShare: 0)
        for row in 0..<12 { #expect(targets[row, 0] == (known[row] ? 7 : rows.values[row, 0])) }
    }

    @Test func `Chosen rows keep what is known of them`() throws {
        let rows = try rows(garbage: 3).selecting([0, 1, 3, 1])
        #expect(rows.known == [false, true, false, true])
        #expect(try self.rows(garbage: 3).selecting([1, 2]).known == nil, "all of them are known")
    }

    @Test(arguments: ["linear", "mlp[4,epochs=5]", "tree", "boost[rounds=3]"])
    func `Families learn the same whatever stands in the rows that are not known`(text: String) throws {
        let specification = try Specification(text)
        func description(_ rows: TransferSet) throws -> ModelDescription {
            var context = FittingContext.labels(rows.task)
            context.loss = try DistillationLoss(named: "hinton", for: .probabilities, labelShare: 0.3)
            return try Family.named(specification.name).estimator(specification)
                .fitted(to: rows, validation: nil, context: context).description
        }
        let own = try description(try rows(garbage: 3))
        #expect(own == (try description(try rows(garbage: -50))))
        let all = try rows(garbage: 3)
        let plain = TransferSet(
            task: all.task, encoder: all.encoder, features: all.features, softTargets: all.softTargets,
            labels: all.labels)
        #expect(own != (try description(plain)), "answers of 0 are answers where they are known")
    }
}
