import Attar
import Compute
import Testing

struct TargetTests {
    private func rows() -> Dataset {
        Dataset(
            source: "table.csv",
            columns: [
                Column("a", .numeric((0..<40).map { Float($0) / 4 })),
                Column("class", .numeric((0..<40).map { [10, 2, 0][$0 % 3] })),
                Column("colour", .categorical(codes: (0..<40).map { Int32($0 % 2) }, categories: ["blue", "red"])),
                Column("id", .numeric((0..<40).map { Float($0) })),
            ])
    }

    @Test
    func `Few whole numbers and texts are classes, other numbers values, and the column leaves the features`() throws {
        let classes = try rows().taking(target: "class")
        #expect(classes.target?.task == .classification(["0", "2", "10"]))
        #expect(classes.target?.labels.prefix(3) == [2, 1, 0])
        #expect(classes.columns.map(\.name) == ["a", "colour", "id"])
        #expect(try rows().taking(target: "colour").target?.task == .classification(["blue", "red"]))
        #expect(try rows().taking(target: "a").target?.task == .regression(["a"]))
        #expect(try rows().taking(target: "id").target?.task.kind == .regression)
        #expect(try rows().taking(target: "class", kind: .regression).target?.values[0, 0] == 10)
        let both = try rows().taking(target: "a, id")
        #expect(both.target?.task == .regression(["a", "id"]) && both.target?.values[3, 1] == 3)
    }

    @Test func `A selection keeps only the classes that occur in it`() throws {
        let target = try rows().selecting([0, 1, 3, 4]).taking(target: "class", kind: .classification).target
        #expect(target?.task.names == ["2", "10"] && target?.labels == [1, 0, 1, 0])
    }

    @Test func `Rows for a trained model take its classes, and a class that it does not have is refused`() throws {
        let task = LearningTask.classification(["0", "2", "10", "11"])
        let target = try rows().taking(target: "class", matching: task).target
        #expect(target?.task == task && target?.labels.prefix(3) == [2, 1, 0])
        let found = sentence { try rows().taking(target: "class", matching: .classification(["0", "10"])) }
        #expect(found.contains("table.csv, row 2: the class '2'"), "\(found)")
    }

    @Test func `Targets that cannot be learned are refused`() {
        let missing = rows().with(columns: [
            Column("y", .numeric((0..<40).map { $0 == 4 || $0 == 7 ? .nan : Float($0) / 3 })),
            Column("same", .numeric([Float](repeating: 2.5, count: 40))),
            Column("one", .categorical(codes: [Int32](repeating: 0, count: 40), categories: ["yes", "no"])),
            Column("name", .text((0..<40).map { "n\($0)" })),
        ])
        let cases: [(String, LearningTask.Kind?, String)] = [
            ("sane", nil, "Did you mean 'same'"),
            ("y", nil, "row 5: the target 'y' is missing, as in 1 other"),
            ("same", nil, "is 2.5 in all rows"),
            ("one", nil, "has the one class 'yes'"),
            ("name", nil, "40 distinct values in 40 rows, too many"),
            ("one", .regression, "a regression needs numbers"),
        ]
        for (name, kind, expected) in cases {
            let found = sentence { try missing.taking(target: name, kind: kind) }
            #expect(found.contains(expected), "\(found)")
        }
    }

    @Test func `Weights are a column of numbers of 0 or more`() throws {
        #expect(try rows().taking(weights: "a").weights?[4] == 1)
        let negative = rows().with(columns: [Column("w", .numeric((0..<40).map { 3 - Float($0) }))])
        #expect(sentence { try negative.taking(weights: "w") }.contains("row 5: the weight in column 'w' is negative"))
        #expect(sentence { try rows().taking(weights: "colour") }.contains("not numeric"))
    }
}
