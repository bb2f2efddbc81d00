import Attar
import Compute
import Synchronization
import Testing

/// Answers written block by block.
struct PredictionsTests {
    /// Answers each row with its number and twice that.
    private struct Doubling: Teacher {
        let task = LearningTask.regression(["one", "two"])
        let fingerprint = FingerprintHasher().finished()
        var answerNotes: [String] { ["It doubles"] }

        func predict(_ rows: Dataset) async throws -> Answers {
            Answers(
                .values,
                Matrix(
                    rows: rows.count, columns: 2, elements: rows.identifiers.flatMap { [Float($0), Float(2 * $0)] }))
        }
    }

    /// What was written, and how far it was said to be.
    private final class Sink: Sendable {
        let completed = Mutex<[Int]>([])
        let bytes = Mutex<[UInt8]>([])
        var lines: [Substring] {
            bytes.withLock { String(decoding: $0, as: UTF8.self) }.split(separator: "\n")
        }
    }

    @Test func `All rows are written in order, whatever the blocks in which they are asked`() async throws {
        let rows = Dataset(source: "r", columns: [Column("x", .numeric([Float](repeating: 0, count: 40_000)))])
        let sink = Sink()
        let predictions = try Predictions(of: Doubling())
        #expect(predictions.notes == ["It doubles."])
        try await predictions.write(rows) { event in
            sink.completed.withLock { $0.append(event.completed) }
            return .more
        } to: { block in
            sink.bytes.withLock { $0 += block }
        }
        #expect(sink.lines.count == 40_001 && sink.lines[0] == "row,prediction:one,prediction:two")
        #expect(sink.lines[20_001] == "20000,20000.0,40000.0" && sink.lines[40_000] == "39999,39999.0,79998.0")
        #expect(sink.completed.withLock { $0 } == [0, 16_384, 32_768, 40_000])
    }

    @Test func `Whoever is told how far it is may stop it`() async throws {
        let rows = Dataset(source: "r", columns: [Column("x", .numeric([1, 2]))])
        let predictions = try Predictions(of: Doubling())
        let error = await #expect(throws: AttarError.self) {
            try await predictions.write(rows, progress: { _ in .stop }, to: { _ in })
        }
        #expect(error?.code == .stopped)
    }
}
