import Attar
import Compute
import Testing

/// What every family does that finds by itself how strange rows are.
struct DetectorTests {
    static let specifications = ["iforest[trees=30]", "knn[4]", "lof[8]", "ensemble[iforest[trees=30],knn[4],lof[8]]"]

    private func fitted(_ text: String, _ rows: TransferSet, seed: UInt64 = 1) throws -> any Model {
        let specification = try Specification(text)
        var context = FittingContext(loss: .labelsOnly(.values), seed: seed)
        context.threads = 2
        return try Family.named(specification.name).estimator(specification)
            .fitted(to: rows, validation: nil, context: context)
    }

    @Test(arguments: specifications)
    func `The description makes the same model, and the seed the same bits`(text: String) throws {
        let rows = try AnomalyGolden.read().set()
        let model = try fitted(text, rows)
        let again = try fitted(text, rows)
        #expect(again.description == model.description)
        let loaded = try ModelParts.standard.model(model.description, task: model.task, encoder: model.encoder)
        let new = AnomalyGolden.matrix(try AnomalyGolden.read().new)
        #expect(loaded.outputs(for: new) == model.outputs(for: new))
        #expect(model.outputs(for: new).kind == .values)
        let none = model.outputs(for: Matrix(rows: 0, columns: 4)).matrix
        #expect(none.rows == 0 && none.columns == 1)
    }

    @Test(arguments: specifications)
    func `A session answers as a batch does`(text: String) throws {
        let golden = try AnomalyGolden.read()
        let model = try fitted(text, golden.set())
        let new = AnomalyGolden.matrix(golden.new)
        let batch = model.outputs(for: new).matrix
        let session = model.session()
        for row in 0..<new.rows {
            var alone: [Float] = [.nan]
            var place = alone.mutableSpan
            session.predict(Array(new.row(row)).span, into: &place)
            #expect(abs(alone[0] - batch[row, 0]) <= 1e-5 * max(1, abs(batch[row, 0])))
        }
    }

    @Test(arguments: specifications)
    func `A row far from all others is the strangest, and a row of weight 0 does not count`(text: String) throws {
        let golden = try AnomalyGolden.read()
        let far = [Float](repeating: 40, count: 4)
        let rows = AnomalyGolden.matrix(golden.rows + [far])
        let without = try fitted(text, .unanswered(rows, weights: [Float](repeating: 1, count: 116) + [0]))
        let answers = without.outputs(for: rows).matrix.elements
        // Trees tell no further than that a row lies beyond all that they saw, as others at the edge do.
        #expect(answers.count { $0 > answers[116] } <= (text.contains("iforest") ? 6 : 0))
        let plain = try fitted(text, golden.set())
        #expect(plain.outputs(for: rows) == without.outputs(for: rows))
    }

    @Test(arguments: specifications)
    func `Labels, a teacher and too few rows are refused`(text: String) throws {
        let golden = try AnomalyGolden.read()
        let rows = try golden.set()
        let values = Matrix(rows: rows.count, columns: 1)
        for set in [
            TransferSet(task: .anomaly, encoder: rows.encoder, features: rows.features, truth: .values(values)),
            TransferSet(
                task: .anomaly, encoder: rows.encoder, features: rows.features, softTargets: values, truth: .none),
            try TransferSet.unanswered(AnomalyGolden.matrix([golden.rows[0]])),
        ] {
            let error = #expect(throws: AttarError.self) { try fitted(text, set) }
            #expect(error?.code == .invalidSetting)
        }
    }

    @Test func `Copies of one row are as strange as each other`() throws {
        let rows = AnomalyGolden.matrix([[Float]](repeating: [1, 2, 3, 4], count: 40) + [[9, 9, 9, 9]])
        for text in Self.specifications {
            let answers = try fitted(text, .unanswered(rows)).outputs(for: rows).matrix.elements
            #expect(answers.allSatisfy { $0.isFinite })
            #expect(Set(answers[..<40]).count == 1)
            #expect(answers[40] > answers[0])
        }
    }

    @Test(arguments: ["knn[0]", "knn[3,4]", "lof[20000]", "iforest[sample=1]", "iforest[trees=0]"])
    func `Settings out of range are refused`(text: String) throws {
        let rows = try AnomalyGolden.read().set()
        let error = #expect(throws: AttarError.self) { try fitted(text, rows) }
        #expect(error?.code == .invalidSetting)
    }
}
