import Attar
import Compute
import Foundation
import Testing

/// Values against an independent implementation, gradients against finite differences, and how rows add up.
struct DistillationLossTests {
    typealias Term = DistillationLoss.Term

    /// How near a value in 32-bit floats comes to one in 64-bit floats.
    static let tolerance = 1e-5

    /// `Golden/kd-fixtures.json`: made with NumPy from the published formulas.
    struct Fixtures: Decodable {
        let student: [[Float]]
        let teacher: [[Float]]
        let labels: [Int32]

        enum CodingKeys: String, CodingKey {
            case student = "S"
            case teacher = "T"
            case labels = "y"
        }

        static func loaded() throws -> Fixtures { try AttarTests.golden("kd-fixtures.json") }

        func value(_ loss: DistillationLoss) -> Double {
            loss.value(outputs: Matrix(student), softTargets: Matrix(teacher), labels: labels)
        }
    }

    /// The terms of the fixtures, with where each value stands in the file.
    static let golden: [(path: [String], loss: DistillationLoss)] = [
        (["cross_entropy"], .labelsOnly(.probabilities)),
        (["kd_T2_times_KL", "T=1"], DistillationLoss([Term(.kullbackLeibler)])),
        (["kd_T2_times_KL", "T=2"], DistillationLoss([Term(.kullbackLeibler, temperature: 2)])),
        (["kd_T2_times_KL", "T=4"], DistillationLoss([Term(.kullbackLeibler, temperature: 4)])),
        (["hinton_0.1_ce_plus_0.9_kd_T4"], .hinton(labelShare: 0.1, temperature: 4)),
        (["soft_cross_entropy_T4_without_T2"], DistillationLoss([Term(.softCrossEntropy, temperature: 4)])),
        (["dkd_T4_T2_scaled", "target_class"], DistillationLoss([Term(.targetClass, temperature: 4)])),
        (["dkd_T4_T2_scaled", "non_target_class"], DistillationLoss([Term(.nonTargetClass, temperature: 4)])),
        (
            ["dkd_T4_T2_scaled", "1*TCKD+8*NCKD"],
            DistillationLoss([Term(.targetClass, temperature: 4), Term(.nonTargetClass, weight: 8, temperature: 4)])
        ),
        (
            ["logit_standardised_T2_KL_T2_unbiased_std"],
            DistillationLoss([Term(.standardisedKullbackLeibler, temperature: 2)])
        ),
        (["dist", "tau=1", "inter"], DistillationLoss([Term(.interClass)])),
        (["dist", "tau=1", "intra"], DistillationLoss([Term(.intraClass)])),
        (["dist", "tau=4", "inter"], DistillationLoss([Term(.interClass, temperature: 4)])),
        (["dist", "tau=4", "intra"], DistillationLoss([Term(.intraClass, temperature: 4)])),
        (["reverse_kl_T1"], DistillationLoss([Term(.reverseKullbackLeibler)])),
        (["generalised_jsd_T1", "beta=0.1"], DistillationLoss([Term(.generalisedJensenShannon, parameter: 0.1)])),
        (["generalised_jsd_T1", "beta=0.5"], DistillationLoss([Term(.generalisedJensenShannon)])),
        (["generalised_jsd_T1", "beta=0.9"], DistillationLoss([Term(.generalisedJensenShannon, parameter: 0.9)])),
        (["total_variation_T1"], DistillationLoss([Term(.totalVariation)])),
        (["skew_kl_alpha0.1"], DistillationLoss([Term(.skewKullbackLeibler)])),
        (["skew_reverse_kl_alpha0.1"], DistillationLoss([Term(.skewReverseKullbackLeibler)])),
    ]

    @Test(arguments: golden.indices)
    func `Every value is that of the independent implementation`(index: Int) throws {
        let contents = try Data(contentsOf: goldenURL("kd-fixtures.json"))
        var node = try JSONSerialization.jsonObject(with: contents) as? [String: Any]
        node = node?["values"] as? [String: Any]
        let golden = Self.golden[index]
        for key in golden.path.dropLast() { node = node?[key] as? [String: Any] }
        let expected = try #require(node?[golden.path.last ?? ""] as? Double)
        let value = try Fixtures.loaded().value(golden.loss)
        #expect(abs(value - expected) < Self.tolerance, "\(golden.path): \(value), not \(expected)")
    }

    @Test func `Mean squared errors of logits and probabilities are means over the classes too`() throws {
        let fixtures = try Fixtures.loaded()
        let (s, t) = (Matrix(fixtures.student), Matrix(fixtures.teacher))
        func mean(_ left: Matrix, _ right: Matrix) -> Double {
            zip(left.elements, right.elements).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 12
        }
        let logits = fixtures.value(DistillationLoss([Term(.teacherSquaredError)]))
        let probabilities = fixtures.value(DistillationLoss([Term(.probabilitySquaredError)]))
        #expect(abs(logits - mean(s, t)) < Self.tolerance)
        #expect(abs(probabilities - mean(s.softmax(), t.softmax())) < Self.tolerance)
    }

    @Test func `Losses on values follow their formulas`() {
        func value(_ kind: Term.Kind, _ parameter: Double? = nil, s: Float, y: Float, t: Float = 0) -> Double {
            DistillationLoss([Term(kind, parameter: parameter)]).value(
                outputs: Matrix([[s]]), softTargets: Matrix([[t]]), values: Matrix([[y]]))
        }
        #expect(value(.squaredError, s: 3, y: 1) == 4)
        #expect(value(.teacherSquaredError, s: 3, y: 1, t: 2) == 1)
        #expect(value(.huber, s: 1.5, y: 1) == 0.125)
        #expect(value(.huber, s: 4, y: 1) == 2.5)
        #expect(value(.huber, 2, s: 4, y: 1) == 4)
        #expect(abs(value(.quantile, 0.9, s: 1, y: 3) - 1.8) < 1e-12)
        #expect(abs(value(.quantile, 0.9, s: 3, y: 1) - 0.2) < 1e-12)
        #expect(value(.boundedSquaredError, s: 3, y: 1, t: 2) == 4, "worse than the teacher")
        #expect(value(.boundedSquaredError, s: 1.5, y: 1, t: 2) == 0, "better than the teacher")
        #expect(value(.boundedSquaredError, 1, s: 1.5, y: 1, t: 2) == 0.25, "better, but not by the margin")
        #expect(value(.attentiveImitation, 4, s: 3, y: 1, t: 2) == 0.75)
        #expect(value(.attentiveImitation, s: 3, y: 1, t: 4) == 0, "the teacher is too wrong to be followed")
        #expect(value(.attentiveImitation, s: 3, y: .nan, t: 4) == 1, "without a label the teacher is followed")
        #expect(value(.boundedSquaredError, s: 3, y: .nan, t: 4) == 1)
        #expect(value(.squaredError, s: 3, y: .nan) == 0)
    }
}

extension Matrix {
    /// A matrix from its rows.
    init(_ rows: [[Float]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }
}
