internal import Compute
internal import Foundation

extension TrainingState {
    /// The tensors' names and what stands beside them. Doubles and words are kept by their bits.
    private struct Notes: Codable {
        var step, epochs, batch, bestEpoch: Int
        var sum, bestLoss: UInt64
        var generators: [UInt64]
        var trainingLosses: [UInt64]
        var validationLosses: [UInt64?]
    }

    private static let key = "attar-checkpoint"

    /// The state as a safetensors file.
    func checkpoint() throws -> SafetensorsFile {
        let notes = Notes(
            step: step, epochs: epochs, batch: batch, bestEpoch: bestEpoch, sum: sum.bitPattern,
            bestLoss: bestLoss.bitPattern, generators: generators,
            trainingLosses: history.map(\.trainingLoss.bitPattern),
            validationLosses: history.map { $0.validationLoss?.bitPattern })
        return SafetensorsFile(
            tensors: [
                "values": Tensor(values, shape: [values.count]), "moments": Tensor(moments, shape: [moments.count]),
                "averages": Tensor(averages, shape: [averages.count]), "best": Tensor(best, shape: [best.count]),
                "order": Tensor(order, shape: [order.count]),
            ],
            metadata: [Self.key: String(decoding: try JSONEncoder().encode(notes), as: UTF8.self)])
    }

    /// The state in a file.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where it is none.
    init(checkpoint path: String) throws {
        let refusal = AttarError(
            .malformedArtifact, "'\(path)' is no checkpoint", remedy: "Delete it; its fit then begins anew")
        guard let contents = FileManager.default.contents(atPath: path),
            let file = try? SafetensorsFile(bytes: [UInt8](contents), path: path),
            let text = file.metadata[Self.key],
            let notes = try? JSONDecoder().decode(Notes.self, from: Data(text.utf8)),
            notes.trainingLosses.count == notes.validationLosses.count
        else { throw refusal }
        func floats(_ name: String) throws -> [Float] {
            guard case .float32(let values)? = file.tensors[name]?.storage else { throw refusal }
            return values
        }
        guard case .int32(let order)? = file.tensors["order"]?.storage else { throw refusal }
        self.init(
            values: try floats("values"), moments: try floats("moments"), averages: try floats("averages"),
            best: try floats("best"), order: order, step: notes.step, epochs: notes.epochs, batch: notes.batch,
            sum: Double(bitPattern: notes.sum), bestEpoch: notes.bestEpoch,
            bestLoss: Double(bitPattern: notes.bestLoss),
            history: zip(notes.trainingLosses, notes.validationLosses).map {
                EpochRecord(trainingLoss: Double(bitPattern: $0), validationLoss: $1.map { Double(bitPattern: $0) })
            },
            generators: notes.generators)
    }
}
