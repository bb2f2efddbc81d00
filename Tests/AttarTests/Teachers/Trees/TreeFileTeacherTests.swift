import Attar
import Compute
import Foundation
import Testing

/// Three small models beside the answers of the libraries that made them; `Golden/trees/make_trees.py`.
struct TreeFileTeacherTests {
    static let files = ["xgboost.json", "xgboost.ubj", "lightgbm.txt"]

    static func path(_ file: String) -> String { goldenURL("trees/\(file)").path }

    private func rows(target: Bool = true) throws -> Dataset {
        let rows = try Dataset.read(Self.path("table.csv"))
        return try target ? rows.taking(target: "kind") : rows
    }

    private func teacher(_ file: String, _ rows: Dataset, kind: Answers.Kind? = nil, classes: [String]? = nil) throws
        -> TreeFileTeacher
    {
        var settings = TeacherSettings()
        settings.outputKind = kind
        settings.classes = classes
        return try TreeFileTeacher(path: Self.path(file), settings: settings, for: rows)
    }

    @Test(arguments: files)
    func `Answers are those of the library that made the model`(_ file: String) async throws {
        let expected = try golden("trees/answers.json", as: [String: [[Double]]].self)[file] ?? []
        let own = try rows()
        // The second file answers whether the kind is 'top'.
        let isBinary = file == "xgboost.ubj"
        let asked = isBinary ? own.with(target: .some(nil)) : own
        let answers = try await teacher(file, asked).predict(asked)
        #expect(answers.kind == .probabilities)
        #expect(relativeError(answers.matrix, isBinary ? expected.map { [1 - $0[0], $0[0]] } : expected) < 1e-5)
    }

    @Test(arguments: files)
    func `Columns are found by name in any order, and missing ones are named`(_ file: String) async throws {
        let rows = try rows(target: false).with(target: .some(nil))
        let answers = try await teacher(file, rows).predict(rows)
        let turned = rows.with(
            columns: [Column("other", .numeric(Array(repeating: 1, count: rows.count)))] + rows.columns.reversed())
        #expect(try await teacher(file, turned).predict(turned) == answers)
        // Opened for one order, asked with another.
        #expect(try await teacher(file, rows).predict(turned) == answers)
        let fewer = rows.with(columns: rows.columns.filter { $0.name != "a size" })
        let error = #expect(throws: AttarError.self) { try teacher(file, fewer) }
        #expect(error?.code == .schemaMismatch && error?.problem.contains("size") == true)
        await #expect(throws: AttarError.self) { try await teacher(file, rows).predict(fewer) }
    }

    @Test func `Where no name is known columns are taken in order, and their number has to fit`() async throws {
        let rows = try rows()
        let renamed = rows.with(columns: rows.columns.map { Column("my \($0.name)", $0.storage) })
        let teacher = try teacher("xgboost.json", renamed)
        #expect(try await teacher.predict(renamed) == self.teacher("xgboost.json", rows).predict(rows))
        #expect(teacher.answerNotes.contains { $0.contains("in their order") })
        let error = #expect(throws: AttarError.self) {
            try self.teacher("xgboost.json", renamed.with(columns: Array(renamed.columns.dropLast())))
        }
        #expect(error?.code == .schemaMismatch && error?.problem.contains("3 features") == true)
    }

    @Test func `A category that the model does not know counts as missing`() async throws {
        let rows = try rows()
        func colored(_ color: Column.Storage) -> Dataset {
            rows.with(columns: rows.columns.map { $0.name == "color" ? Column("color", color) : $0 })
        }
        let teacher = try teacher("xgboost.json", rows)
        let strange = colored(
            .categorical(codes: Array(repeating: 0, count: rows.count), categories: ["mauve"]))
        let missing = colored(
            .categorical(codes: Array(repeating: -1, count: rows.count), categories: ["red"]))
        #expect(try await teacher.predict(strange) == teacher.predict(missing))
        #expect(try await teacher.predict(strange) != teacher.predict(rows))
    }

    @Test func `Texts where the trees compare numbers are refused`() throws {
        let rows = try rows()
        let texts = rows.with(
            columns: rows.columns.map {
                $0.name == "width"
                    ? Column("width", .categorical(codes: Array(repeating: 0, count: rows.count), categories: ["wide"]))
                    : $0
            })
        let error = #expect(throws: AttarError.self) { try teacher("xgboost.json", texts) }
        #expect(error?.code == .schemaMismatch && error?.problem.contains("'width'") == true)
    }

    @Test func `Classes are the target's, or those given, and their number has to fit`() throws {
        let rows = try rows()
        #expect(try teacher("lightgbm.txt", rows).task == .classification(["low", "mid", "top"]))
        #expect(
            try teacher("lightgbm.txt", rows, classes: ["c", "b", "a"]).task == .classification(["c", "b", "a"]))
        #expect(try teacher("lightgbm.txt", rows).answerNotes.contains { $0.contains("does not name its classes") })
        let error = #expect(throws: AttarError.self) { try teacher("xgboost.ubj", rows) }
        #expect(error?.code == .unusableTeacher)
    }

    @Test func `Logits are the margins, and values are none of a classifier's answers`() async throws {
        let rows = try rows()
        let logits = try await teacher("lightgbm.txt", rows, kind: .logits).predict(rows)
        #expect(logits.kind == .logits)
        let own = try await teacher("lightgbm.txt", rows).predict(rows)
        #expect(largestDifference(logits.matrix.softmax().elements, own.matrix.elements) < 1e-6)
        let error = #expect(throws: AttarError.self) { try teacher("lightgbm.txt", rows, kind: .values) }
        #expect(error?.code == .unusableTeacher)
    }

    @Test func `The fingerprint follows the file and what is asked of it`() throws {
        let rows = try rows()
        let first = try teacher("lightgbm.txt", rows)
        #expect(try first.fingerprint == teacher("lightgbm.txt", rows).fingerprint)
        #expect(try first.fingerprint != teacher("xgboost.json", rows).fingerprint)
        #expect(try first.fingerprint != teacher("lightgbm.txt", rows, kind: .logits).fingerprint)
        #expect(try first.fingerprint != teacher("lightgbm.txt", rows, classes: ["c", "b", "a"]).fingerprint)
    }

    @Test func `No rows have no answers`() async throws {
        let rows = try rows()
        let answers = try await teacher("xgboost.json", rows).predict(rows.selecting([]))
        #expect(answers.matrix.rows == 0 && answers.matrix.columns == 3)
    }

    @Test func `What the system's XGBoost saves is read`() async throws {
        let set = try SampleRows.surface(200, outputs: 2)
        let (booster, _) = try sampleBooster(set, outputs: 2, rounds: 10)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).ubj").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(booster.savedModel()).write(to: URL(fileURLWithPath: path))
        let columns = (0..<3).map { column in
            Column("x\(column)", .numeric((0..<set.count).map { set.features[$0, column] }))
        }
        let rows = Dataset(source: "surface", columns: columns)
        var settings = TeacherSettings()
        settings.outputKind = .logits
        let answers = try await TreeFileTeacher(path: path, settings: settings, for: rows).predict(rows)
        #expect(largestDifference(answers.matrix.elements, try booster.margins(ofDataAt: 0)) < 1e-5)
    }
}
