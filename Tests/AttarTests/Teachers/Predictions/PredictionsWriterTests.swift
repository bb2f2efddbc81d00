import Attar
import Compute
import Synchronization
import Testing

struct PredictionsWriterTests {
    /// What is written for the given answers.
    private func written(_ task: Attar.LearningTask, _ matrix: Matrix, rows: [Int]) throws -> String {
        let bytes = Mutex<[UInt8]>([])
        let table = try Catalogue.standard.task(task.kind).table
        var writer = PredictionsWriter(task, table: table) { block in bytes.withLock { $0 += block } }
        try writer.append(Answers(task.form == .probabilities ? .probabilities : .values, matrix), rows: rows)
        try writer.finish()
        return bytes.withLock { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `Classes are quoted and numbers are as short as they can be`() throws {
        let text = try written(
            .classification(["a,b", "say \"c\"\n"]),
            Matrix(rows: 2, columns: 2, elements: [0.1, 0.9, 1, 1e-10]), rows: [3, 0])
        #expect(
            text == "row,prediction,\"probability:a,b\",\"probability:say \"\"c\"\"\n\"\n"
                + "3,\"say \"\"c\"\"\n\",0.1,0.9\n0,\"a,b\",1.0,1e-10\n")
    }

    @Test func `One value stands under prediction, several under their names`() throws {
        #expect(
            try written(.regression(["y"]), Matrix(rows: 1, columns: 1, elements: [-2.5]), rows: [7])
                == "row,prediction\n7,-2.5\n")
        #expect(
            try written(.regression(["y", "z"]), Matrix(rows: 1, columns: 2, elements: [1, 2]), rows: [0])
                == "row,prediction:y,prediction:z\n0,1.0,2.0\n")
    }
}
