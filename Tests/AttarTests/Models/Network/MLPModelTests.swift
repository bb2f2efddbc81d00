import Attar
import CAllocationCounter
import Compute
import Testing

struct MLPModelTests {
    static let specifications = ["mlp[12,7,epochs=2]", "mlp[12,norm=batch,epochs=2]", "mlp[5,norm=layer,epochs=2]"]

    static func model(_ specification: String, classifies: Bool = true) throws -> (MLPModel, Matrix) {
        let sample = try MLPEstimatorTests.Sample(rows: 300, seed: 1)
        let rows = classifies ? sample.classification() : sample.regression()
        return (try MLPEstimatorTests.fitted(specification, to: rows), sample.features)
    }

    @Test(arguments: specifications, [true, false])
    func `A description gives the same model to the bit`(specification: String, classifies: Bool) throws {
        let (model, features) = try Self.model(specification, classifies: classifies)
        let copy = try MLPModel(model.description, task: model.task, encoder: model.encoder)
        #expect(copy.outputs(for: features) == model.outputs(for: features))
        #expect(copy.description == model.description)
        #expect(copy.fingerprint == model.fingerprint)
        #expect(copy.bestEpoch == 2 && copy.epochs == 2)
    }

    @Test(arguments: specifications)
    func `A session answers as a batch does, without allocating`(specification: String) throws {
        let (model, features) = try Self.model(specification)
        let batch = model.outputs(for: features).matrix
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

    @Test func `No rows in, no rows out`() throws {
        let (model, features) = try Self.model("mlp[4,epochs=1]")
        let outputs = model.outputs(for: features.selecting(rows: []))
        #expect(outputs.matrix.rows == 0 && outputs.matrix.columns == 2)
    }

    @Test func `A description with a tensor missing, misshapen or without units is refused`() throws {
        let (model, _) = try Self.model("mlp[12,7,epochs=1]")
        func refuses(_ change: (inout ModelDescription) throws -> Void) throws {
            var description = model.description
            try change(&description)
            #expect {
                try MLPModel(description, task: model.task, encoder: model.encoder)
            } throws: { error in
                (error as? AttarError)?.code == .malformedArtifact
            }
        }
        try refuses { $0.tensors["dense1.weight"] = nil }
        try refuses { $0.tensors["dense1.weight"] = Attar.Tensor([Float](repeating: 0, count: 84), shape: [7, 12]) }
        try refuses { $0.tensors["dense1.bias"] = Attar.Tensor([Int32](repeating: 0, count: 7), shape: [7]) }
        for hidden in ["[-1]", "[0]", "[9223372036854775807, 7]"] {
            try refuses {
                let text = try $0.settings.text().replacing("[12,7]", with: hidden)
                $0.settings = try JSONValue(parsing: text)
            }
        }
    }
}
