import Attar
import Testing

/// Losses by name, and how shares and temperatures change them.
struct LossPresetTests {
    @Test(arguments: DistillationLoss.presets.indices)
    func `Every preset is valid and found by its name`(index: Int) throws {
        let preset = DistillationLoss.presets[index]
        let loss = try DistillationLoss(named: preset.name, for: preset.form)
        #expect(loss == preset.loss)
        #expect(!preset.summary.isEmpty)
    }

    @Test func `An unknown name suggests the nearest, and one of another form says so`() {
        let wrong = #expect(throws: AttarError.self) { try DistillationLoss(named: "hintn", for: .probabilities) }
        #expect(wrong?.description.contains("Did you mean 'hinton'") == true)
        let other = #expect(throws: AttarError.self) { try DistillationLoss(named: "hinton", for: .values) }
        #expect(other?.description.contains("is for probabilities") == true)
    }

    @Test func `The label's share is that of the label's weights`() throws {
        #expect(DistillationLoss.labelsOnly(.probabilities).labelShare == 1)
        #expect(DistillationLoss.labelsOnly(.values).labelShare == 1)
        #expect(DistillationLoss.blended(labelShare: 0.25).labelShare == 0.25)
        let decoupled = try DistillationLoss(named: "dkd", for: .probabilities)
        #expect(decoupled.labelShare == 0.1)
        let teacherOnly = try DistillationLoss(named: "kl", for: .probabilities)
        #expect(teacherOnly.labelShare == 0)
    }

    @Test(arguments: DistillationLoss.presets.indices)
    func `Share and temperature given beside a name override its own`(index: Int) throws {
        let preset = DistillationLoss.presets[index]
        for share in [0, 0.3, 1] {
            let loss = try DistillationLoss(named: preset.name, for: preset.form, temperature: 5, labelShare: share)
            #expect(abs(loss.labelShare - share) < 1e-12)
            if preset.form == .probabilities, loss.needsTeacher, preset.name != "logits" {
                #expect(loss.temperature == 5)
            }
        }
    }

    @Test func `Settings out of range are refused`() {
        for (share, temperature) in [(1.5, 1.0), (-0.1, 1), (0.5, 0), (0.5, -.infinity)] {
            #expect(throws: AttarError.self) {
                try DistillationLoss(
                    named: "hinton", for: .probabilities, temperature: temperature, labelShare: share)
            }
        }
        let terms: [DistillationLoss.Term] = [
            .init(.quantile, parameter: 1), .init(.huber, parameter: 0), .init(.crossEntropy),
            .init(.squaredError, weight: -1), .init(.init(rawValue: "hubr")), .init(.squaredError, weight: 0),
        ]
        for term in terms {
            #expect(throws: AttarError.self) { try DistillationLoss([term]).validate(for: .values) }
        }
    }
}
