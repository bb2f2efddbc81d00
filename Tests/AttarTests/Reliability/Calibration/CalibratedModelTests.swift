import Attar
import CAllocationCounter
import Compute
import Testing

struct CalibratedModelTests {
    /// Probabilities that are right as often as they say, and the classes drawn by them.
    private static func honest(_ count: Int, seed: UInt64 = 4) -> (answers: Matrix, labels: [Int32]) {
        let (answers, target) = PredictionSetsTests.rows(count, seed: seed)
        return (answers, target.labels)
    }

    @Test(arguments: [0.4, 2.5])
    func `A model that is too sure, or not sure enough, is found out and put right`(distortion: Double) {
        let (answers, labels) = Self.honest(2_000)
        let distorted = TemperatureScaling(temperature: distortion).calibrated(answers)
        let found = Calibration(unseen: distorted, labels: labels, weights: nil, seed: 1)
        #expect(found.rows == 2_000)
        // The temperature that undoes another is its inverse; a temperature's standard error on 2,000 rows is about 5 %.
        #expect(abs(found.scaling.temperature * distortion - 1) < 0.15)
        let (fresh, truth) = Self.honest(4_000, seed: 8)
        let before = TemperatureScaling(temperature: distortion).calibrated(fresh)
        let ones = [Float](repeating: 1, count: truth.count)
        let target = Target(
            name: "y", classes: (0..<fresh.columns).map(String.init), labels: truth)
        func error(_ matrix: Matrix) -> Double {
            RowStatistics(outputs: matrix, target: target, teacher: nil)
                .values(weights: ones)[.adaptiveCalibrationError] ?? .nan
        }
        #expect(error(found.scaling.calibrated(before)) < 0.5 * error(before))
        #expect(found.scaling.calibrated(before).argmax() == before.argmax())
    }

    @Test func `Probabilities that mean what they say are left alone, and so are those of too few rows`() {
        let (answers, labels) = Self.honest(2_000)
        #expect(Calibration(unseen: answers, labels: labels, weights: nil, seed: 1).scaling == .identity)
        let few = Array(0..<99)
        let distorted = TemperatureScaling(temperature: 0.2).calibrated(answers).selecting(rows: few)
        let found = Calibration(unseen: distorted, labels: few.map { labels[$0] }, weights: nil, seed: 1)
        #expect(found.scaling == .identity && found.rows == 99)
    }

    @Test func `Rows without a number or of weight 0 have no part in it`() {
        let (answers, labels) = Self.honest(400)
        let distorted = TemperatureScaling(temperature: 0.4).calibrated(answers)
        let plain = Calibration(unseen: distorted, labels: labels, weights: nil, seed: 1)
        var strange = distorted.appending(distorted.selecting(rows: [0, 1]))
        strange[400, 0] = .nan
        let weights = [Float](repeating: 1, count: 401) + [0]
        let found = Calibration(
            unseen: strange, labels: labels + [labels[0], labels[1]], weights: weights, seed: 1)
        #expect(found.rows == 400)
        #expect(abs(found.scaling.temperature - plain.scaling.temperature) < 1e-9)
    }

    @Test func `A session answers as a batch does, without allocating`() throws {
        let (base, features) = try MLPModelTests.model("mlp[12,7,epochs=2]")
        let model = base.calibrated(by: TemperatureScaling(temperature: 0.6))
        let batch = model.outputs(for: features).matrix
        #expect(batch != base.outputs(for: features).matrix)
        #expect(batch.argmax() == base.outputs(for: features).matrix.argmax())
        let session = model.session()
        var outputs = [Float](repeating: 0, count: 2)
        var allocations = 0
        for row in 0..<20 {
            let input = Array(features.row(row))
            if row > 0 { attar_start_counting_allocations() }
            var span = outputs.mutableSpan
            session.predict(input.span, into: &span)
            if row > 0 { allocations += attar_stop_counting_allocations() }
            for column in 0..<2 { #expect(abs(outputs[column] - batch[row, column]) < 1e-6) }
        }
        #expect(allocations == 0 || attar_can_count_allocations() == 0)
    }

    @Test func `An artifact keeps the temperature, and says so by its version`() throws {
        let (base, features) = try MLPModelTests.model("mlp[12,7,epochs=2]")
        let model = base.calibrated(by: TemperatureScaling(temperature: 0.6))
        let artifact = Artifact(model: model, metadata: ArtifactMetadata())
        #expect(artifact.formatVersion == 3)
        #expect(Artifact(model: base, metadata: ArtifactMetadata()).formatVersion == 1)
        let bytes = try artifact.encoded()
        let read = try Artifact(bytes: bytes, path: "memory")
        #expect(read.model.calibration == TemperatureScaling(temperature: 0.6))
        #expect(read.model.uncalibrated is MLPModel)
        #expect(read.model.outputs(for: features) == model.outputs(for: features))
        #expect(read.model.fingerprint == model.fingerprint && model.fingerprint != base.fingerprint)
        #expect(try read.encoded() == bytes)
        var file = try SafetensorsFile(bytes: bytes, path: "m.attar")
        let document = try #require(file.metadata["attar"])
        file.metadata["attar"] = document.replacing(#""temperature":0.6"#, with: #""temperature":-1"#)
        #expect {
            try Artifact(bytes: file.encoded(), path: "m.attar")
        } throws: { "\($0)".contains("its calibration does not fit its task") }
    }
}
