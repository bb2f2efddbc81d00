import Attar
import Compute
import Testing

struct AnomalyPosingTests {
    private func truth(_ column: Column) throws -> [Float] {
        let other = Column("x", .numeric([Float](repeating: 1, count: column.count)))
        let rows = Dataset(source: "rows", columns: [other, column])
        let target = try #require(try rows.taking(target: column.name, kind: .anomaly).target)
        return target.values.elements.map { $0 > 0 ? 1 : 0 }
    }

    @Test func `Zero and one, yes and no, and scikit-learn's one and minus one say which rows are anomalies`() throws {
        #expect(try truth(Column("y", .numeric([0, 1, 0, 0]))) == [0, 1, 0, 0])
        #expect(try truth(Column("y", .numeric([1, 1, 1, 0]))) == [1, 1, 1, 0])
        #expect(try truth(Column("y", .numeric([1, -1, 1, 1]))) == [0, 1, 0, 0])
        let (names, codes) = (["normal", "outlier"], [Int32(0), 0, 1, 0])
        #expect(try truth(Column("y", .categorical(codes: codes, categories: names))) == [0, 0, 1, 0])
        // Of other words the rarer one is an anomaly.
        #expect(try truth(Column("y", .categorical(codes: codes, categories: ["M", "R"]))) == [0, 0, 1, 0])
    }

    @Test func `Columns that do not say it are refused with what they hold`() throws {
        for values: [Float] in [[0, 1, 2, 3], [1, 1, 1, 1], [5, 5, 6, 6]] {
            let error = #expect(throws: AttarError.self) { try truth(Column("y", .numeric(values))) }
            #expect(error?.code == .invalidTarget && error?.description.contains("'y'") == true)
        }
    }

    @Test func `A teacher has to answer with one number a row`() throws {
        let rows = Dataset(source: "rows", columns: [Column("x", .numeric([1, 2, 3]))])
        let tasks: [LearningTask?] = [nil, .regression(["a", "b"]), .classification(["a", "b"])]
        for task in tasks {
            let error = #expect(throws: AttarError.self) { try AnomalyPosing().problem(rows, answeredAs: task) }
            #expect(error?.code == .unusableTeacher)
        }
        #expect(try AnomalyPosing().problem(rows, answeredAs: .regression(["y"])).task == .anomaly)
    }
}
