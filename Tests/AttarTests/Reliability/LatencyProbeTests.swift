import Attar
import Compute
import Synchronization
import Testing

struct LatencyProbeTests {
    /// What a model was asked, shared between copies of it.
    private final class Record: Sendable {
        let rows = Mutex<[[Float]]>([])
    }

    /// A model that writes down what it is asked.
    private struct Listener: Model {
        static let familyName = "listener"
        let task: LearningTask
        let encoder: FeatureEncoder
        let record = Record()

        init(task: LearningTask, encoder: FeatureEncoder) {
            self.task = task
            self.encoder = encoder
        }

        init(_ description: ModelDescription, task: LearningTask, encoder: FeatureEncoder) throws {
            self.init(task: task, encoder: encoder)
        }

        var description: ModelDescription { ModelDescription(family: Self.familyName) }

        func outputs(for features: Matrix) -> Answers {
            record.rows.withLock { $0.append(Array(features.row(0))) }
            return Answers(.probabilities, Matrix(rows: features.rows, columns: task.width, repeating: 0.5))
        }
    }

    @Test func `It asks for the rows in turn, one by one, encoded as in a batch`() throws {
        let rows = SampleTable.clouds(5, classes: 2)
        let set = try rows.transferSet()
        let model = Listener(task: set.task, encoder: set.encoder)
        let probe = try LatencyProbe(rows: rows, encoder: set.encoder)
        let time = probe.microseconds(of: model)
        #expect(time.low > 0 && time.low <= time.value && time.value <= time.high)
        let asked = model.record.rows.withLock { $0 }
        #expect(asked.count > 200)
        for (index, row) in asked.prefix(10).enumerated() {
            #expect(zip(row, set.features.row(index % 5)).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }
}
