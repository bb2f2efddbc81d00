import Attar
import Compute
import Foundation
import Testing

/// Models whose outputs are not one matrix of probabilities, or whose inputs are not all of floats; `scripts/fixtures/onnx_outputs.py`.
struct ONNXOutputTests {
    private static func path(_ name: String) throws -> String {
        try fixtures("onnx_outputs").appendingPathComponent(name).path
    }

    /// The rows with these columns, and one of them as the target.
    private func rows(_ columns: [String] = ["a", "b", "c"], target: String? = nil) throws -> Dataset {
        let all = try Dataset.read(Self.path("rows.csv"))
        let kept = all.with(columns: (columns + [target].compactMap(\.self)).compactMap { all.column(named: $0) })
        return try target.map { try kept.taking(target: $0) } ?? kept
    }

    private func teacher(
        _ name: String, _ rows: Dataset, _ change: (inout TeacherSettings) -> Void = { _ in }
    ) throws -> ONNXTeacher {
        try ONNXFixtures.useRuntime()
        var settings = TeacherSettings()
        change(&settings)
        return try ONNXTeacher(
            model: ONNXModel(path: Self.path("\(name).onnx"), threads: 2), settings: settings, for: rows)
    }

    private func isAsExpected(_ answers: Answers, _ name: String) throws -> Bool {
        let expected = try ONNXFixtures.numbers(Self.path("\(name).npy"))
        return answers.kind == .probabilities && largestDifference(answers.matrix.elements, expected.elements) < 1e-5
    }

    @Test(arguments: [
        ("columns-two", "two", ["no", "yes"]), ("columns-three", "three", ["low", "mid", "top"]),
        ("columns-numbers", "number", ["0", "1"]),
    ])
    func `An output a class is read as its class's, with a target and without`(
        _ name: String, target: String, classes: [String]
    ) async throws {
        for rows in [try rows(target: target), try rows()] {
            let teacher = try teacher(name, rows)
            #expect(teacher.task == .classification(classes))
            #expect(try isAsExpected(await teacher.predict(rows), name))
            #expect(teacher.answerNotes.isEmpty)
        }
        // Whoever names one of them, or the classes in another order, gets no other answers.
        let labelled = try rows(target: target)
        let named = try teacher(name, labelled) {
            $0.output = target == "number" ? "i0" : "s\(classes[0])"
            $0.classes = classes.reversed()
        }
        #expect(named.task == .classification(classes))
        #expect(try isAsExpected(await named.predict(labelled), name))
    }

    @Test func `Truth values and whole numbers fill inputs of their kinds`() async throws {
        let rows = try rows(["flag", "whole"], target: "truth")
        #expect(rows.column(named: "flag") != nil)
        let teacher = try teacher("truths", rows)
        #expect(try isAsExpected(await teacher.predict(rows), "truths"))
        // However they are written.
        for texts in [["false", "true"], ["FALSE", "TRUE"], ["0", "1"]] {
            let own = try #require(rows.column(named: "flag"))
            let codes = (0..<rows.count).map { row -> Int32 in
                switch own.storage {
                case .categorical(let codes, let names): names[Int(codes[row])].lowercased() == "true" ? 1 : 0
                case .numeric(let values): Int32(values[row])
                default: -1
                }
            }
            let other = rows.with(
                columns: [Column("flag", .categorical(codes: codes, categories: texts))] + rows.columns.dropFirst())
            #expect(try isAsExpected(await self.teacher("truths", other).predict(other), "truths"))
        }
    }

    @Test func `A made-up row that an input cannot hold is called one, with a way out`() throws {
        let rows = try rows(["flag", "whole"], target: "truth")
        let teacher = try teacher("truths", rows)
        let made = Dataset(
            source: "rows.csv (made by munge)",
            columns: [rows.columns[0].selecting([0]), Column("whole", .numeric([51.5]))], identifiers: [-1])
        let words = sentence { try teacher.answers(to: made) }
        #expect(words.contains("a row of rows.csv (made by munge) has 51.5 in column 'whole'"), "\(words)")
        #expect(words.contains("--strategy teacher"), "\(words)")
    }

    @Test(arguments: ["labels", "labels-apart", "labels-stacked"])
    func `Several labels a row are refused where the target has one class`(_ name: String) throws {
        let rows = try rows(target: "three")
        let words = sentence { try teacher(name, rows) }
        #expect(words.contains("gives 3 labels a row in its output 'label'"), "\(words)")
        #expect(!words.contains("logits"), "\(words)")
    }

    @Test func `Probabilities that do not sum to 1 are neither logits nor one class's`() async throws {
        let rows = try rows(target: "three")
        for kind in [nil, Answers.Kind.probabilities] {
            let words = sentence { try teacher("labels-bare", rows) { $0.outputKind = kind } }
            #expect(words.contains("do not sum to 1") && words.contains("several can hold"), "\(words)")
            #expect(!words.contains("logits"), "\(words)")
        }
        // Who knows better is believed, and told.
        let believed = try teacher("labels-bare", rows) { $0.outputKind = .logits }
        #expect(believed.answerNotes.contains { $0.contains("all lie between 0 and 1") })
        // Without a target they are what they are: numbers.
        let bare = try self.rows()
        let values = try await teacher("labels-bare", bare).predict(bare)
        #expect(values.kind == .values)
        #expect(
            largestDifference(
                values.matrix.elements, try ONNXFixtures.numbers(Self.path("labels.npy")).elements) < 1e-5)
    }

    @Test func `The first columns are taken where more are allowed`() async throws {
        let all = try rows(["a", "b", "c", "whole"], target: "two")
        let words = sentence { try teacher("columns-two", all) }
        #expect(words.contains("takes 3 numbers a row"), "\(words)")
        let allowing = try teacher("columns-two", all) { $0.allowsExtraColumns = true }
        #expect(try isAsExpected(await allowing.predict(all), "columns-two"))
        #expect(allowing.answerNotes.contains { $0.contains("first 3 of 4 columns") })
    }
}
