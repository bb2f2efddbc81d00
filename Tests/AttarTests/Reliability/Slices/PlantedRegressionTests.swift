import Attar
import Compute
import Foundation
import Testing

/// Regressions that are planted into real students of real teachers, and students that are left alone.
struct PlantedRegressionTests {
    /// A student of a teacher on a split of its own, and both models' answers to its test rows.
    private struct Case {
        let rows: Dataset
        let student: Matrix
        let teacher: Matrix
        let seed: UInt64

        /// A forest teaches a small network on 45 % of the digits; test rows carry the name of one of eight made-up places.
        init(_ digits: Dataset, seed: UInt64) throws {
            let (training, test) = try digits.split(testFraction: 0.55, seed: seed)
            let encoder = try FeatureEncoder(fittedTo: training)
            let teacher = try ForestEstimator(Specification("forest[trees=60]")).fitted(
                to: TransferSet(training, encoder: encoder), validation: nil,
                context: FittingContext(loss: .labelsOnly(.probabilities), seed: seed))
            let network = try Specification("mlp[32]")
            let features = try encoder.encoded(training)
            let student = try Family.named(network.name).estimator(network).fitted(
                to: TransferSet(training, encoder: encoder, taughtBy: teacher.outputs(for: features)), validation: nil,
                context: FittingContext(loss: .labelsOnly(.probabilities), seed: seed))
            let asked = try encoder.encoded(test)
            self.student = student.outputs(for: asked).matrix
            self.teacher = teacher.outputs(for: asked).matrix
            var generator = SeededGenerator(seed: seed, stream: "places")
            let codes = (0..<test.count).map { _ in Int32(generator.index(below: 8)) }
            let places = Column("place", .categorical(codes: codes, categories: (0..<8).map { "place \($0)" }))
            rows = test.with(columns: test.columns + [places])
            self.seed = seed
        }

        func evidence(_ student: Matrix? = nil) throws -> SliceEvidence {
            try SliceEvidence(
                student: Answers(.probabilities, student ?? self.student), teacher: Answers(.probabilities, teacher),
                on: rows, seed: seed)
        }
    }

    /// The student's answers with a tenth of the rows of a slice, rounded up, answered wrongly that were answered rightly.
    private static func damaged(_ matrix: Matrix, on slice: [Int], labels: [Int32], seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed, stream: "damage")
        var damaged = matrix
        let answers = matrix.argmax()
        let right = slice.filter { answers[$0] == labels[$0] }.shuffled(using: &generator)
        for row in right.prefix((slice.count + 9) / 10) {
            // The likeliest class and the next one change places: what a weaker student does.
            let order = (0..<matrix.columns).sorted { matrix[row, $0] > matrix[row, $1] }
            (damaged[row, order[0]], damaged[row, order[1]]) = (matrix[row, order[1]] - 1e-6, matrix[row, order[0]])
        }
        return damaged
    }

    @Test
    func
        `Of twenty plants of ten points hardly any is missed, and twenty students that were left alone give one alarm at most`()
        throws
    {
        let digits = try Dataset.read("Datasets/digits.csv").taking(target: "digit")
        var (caught, alarms) = (0, 0)
        for seed in 1...20 as ClosedRange<UInt64> {
            let own = try Case(digits, seed: seed)
            alarms += try own.evidence().regressions.isEmpty ? 0 : 1
            // In turn a class, a place, and a quarter of a pixel's values.
            var generator = SeededGenerator(seed: seed, stream: "plants")
            let labels = own.rows.target?.labels ?? []
            let name: String
            let slice: [Int]
            switch seed % 3 {
            case 0:
                let digit = Int32(generator.index(below: 10))
                (name, slice) = ("class \(digit)", labels.indices.filter { labels[$0] == digit })
            case 1:
                let place = Int32(generator.index(below: 8))
                guard case .categorical(let codes, _) = own.rows.columns[64].storage else { continue }
                (name, slice) = ("place = place \(place)", codes.indices.filter { codes[$0] == place })
            default:
                let pixel = own.rows.columns[[10, 20, 21, 28, 36, 43][generator.index(below: 6)]]
                guard case .numeric(let values) = pixel.storage else { continue }
                let start = values.sorted()[values.count * 3 / 4]
                let most = values.max() ?? 0
                name = "\(pixel.name) " + (start == most ? "= \(Int(most))" : "in \(Int(start)) to \(Int(most))")
                slice = values.indices.filter { values[$0] >= start }
            }
            #expect(slice.count >= 50)
            let found = try own.evidence(Self.damaged(own.student, on: slice, labels: labels, seed: seed))
            caught += found.regressions.contains { $0.name == name } ? 1 : 0
        }
        // Nineteen of twenty is the aim; that few may be missed by chance where it is met (1.6 %).
        #expect(caught >= 16)
        #expect(alarms <= 1)
    }
}
