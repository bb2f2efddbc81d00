import Attar
import Compute
import Foundation
import Testing

/// Models whose files say less than their libraries know, beside what these answer themselves; `Golden/trees/make_meanings.py`.
struct TreeMeaningTests {
    static func path(_ file: String) -> String { goldenURL("trees/meanings/\(file)").path }

    /// Rows read as the command reads them for a model.
    private func rows(_ name: String, for model: String? = nil, missing: [Float] = []) throws -> Dataset {
        var options = ReadingOptions(missing: missing)
        if let model { options.add(literals: try TeacherSource(Self.path(model)).categories) }
        return try Dataset.read(Self.path("\(name).csv"), options: options)
    }

    private func teacher(
        _ model: String, _ rows: Dataset, _ change: (inout TeacherSettings) -> Void = { _ in }
    ) throws -> TreeFileTeacher {
        var settings = TeacherSettings()
        change(&settings)
        return try TreeFileTeacher(path: Self.path(model), settings: settings, for: rows)
    }

    private func expected(_ model: String) throws -> [[Double]] {
        let all = try golden("trees/meanings/answers.json", as: [String: [Double]].self)
        return try #require(all[model]).map { [1 - $0, $0] }
    }

    static let sameAsLibrary = [
        "names.json", "categories-blanks.json", "categories-blanks.txt", "categories-beyond-ascii.json",
        "categories-beyond-ascii.txt", "categories-numbers.json", "categories-numbers.txt", "categories-absent.json",
        "categories-absent.txt", "categories-dates.txt", "categories-truths.txt", "truths.json", "truths.txt",
        "decimals.txt",
    ]

    @Test(arguments: sameAsLibrary)
    func `Answers are the library's own, whatever a reader would make of names and cells`(_ model: String) async throws
    {
        let rows = try rows(String(model.split(separator: ".")[0]), for: model)
        let answers = try await teacher(model, rows).predict(rows)
        #expect(relativeError(answers.matrix, try expected(model)) < 1e-5)
        #expect(Set(answers.matrix.elements).count > 1)
    }

    @Test func `A number that stands for missing values goes the way that missing ones go`() async throws {
        let rows = try rows("missing", missing: [-999])
        let answers = try await teacher("missing.json", rows).predict(rows)
        #expect(relativeError(answers.matrix, try expected("missing.json")) < 1e-5)
        #expect(rows.notes.contains { $0.text.contains("-999") && $0.text.contains("read as missing") })
        let taken = try self.rows("missing")
        #expect(
            relativeError(try await teacher("missing.json", taken).predict(taken).matrix, try expected("missing.json"))
                > 1e-2)
    }

    @Test func `Names that XGBoost cut are told from the data, with a note`() throws {
        let model = "categories-beyond-ascii.json"
        let rows = try rows("categories-beyond-ascii", for: model)
        #expect(try teacher(model, rows).answerNotes.contains { $0.contains("cut") && $0.contains("grün, naïve, red") })
        // Of other texts nothing tells what they were.
        let others = rows.with(
            columns: rows.columns.map { column in
                guard case .categorical(let codes, _) = column.storage else { return column }
                return Column("s", .categorical(codes: codes, categories: ["a", "b", "c"]))
            })
        let error = #expect(throws: AttarError.self) { try teacher(model, others) }
        #expect(error?.problem.contains("are cut") == true && error?.remedy.contains("ASCII") == true)
    }

    @Test(arguments: ["categories-blanks.json", "categories-blanks.txt"])
    func `Categories that a reader made one of are refused, not guessed`(_ model: String) throws {
        let error = #expect(throws: AttarError.self) { try teacher(model, rows("categories-blanks")) }
        #expect(error?.problem.contains("' red' and 'red'") == true)
    }

    @Test(arguments: ["categories-absent.json", "categories-absent.txt"])
    func `A category that reads as a missing value is not taken for one`(_ model: String) throws {
        let error = #expect(throws: AttarError.self) { try teacher(model, rows("categories-absent")) }
        #expect(error?.problem.contains("the category 'NA'") == true)
    }

    @Test(arguments: ["categories-numbers.json", "categories-numbers.txt"])
    func `Categories that read as numbers are found by them`(_ model: String) async throws {
        let rows = try rows("categories-numbers")
        #expect(rows.column(named: "s")?.kind == .numeric)
        let answers = try await teacher(model, rows).predict(rows)
        #expect(relativeError(answers.matrix, try expected(model)) < 1e-5)
    }

    @Test func `Whole numbers that floats do not tell apart are no categories`() throws {
        let error = #expect(throws: AttarError.self) { try teacher("categories-dates.txt", rows("categories-dates")) }
        #expect(error?.problem.contains("are read as one") == true)
    }

    @Test func `Values that lie nearer to thresholds than floats tell are refused, or counted where they are few`()
        throws
    {
        let rows = try rows("times")
        let error = #expect(throws: AttarError.self) { try teacher("times.txt", rows) }
        #expect(error?.problem.contains("of 80 rows") == true && error?.problem.contains("64-bit") == true)
        let near = rows.selecting([0, 40, 79])
        #expect(try teacher("times.txt", near).answerNotes.contains { $0.contains("64-bit numbers") })
        #expect(try !teacher("decimals.txt", self.rows("decimals")).answerNotes.contains { $0.contains("64-bit") })
    }

    @Test func `A name that could be either of two columns is refused`() throws {
        let rows = try rows("decimals")
        let doubled = rows.with(columns: [
            Column("a b", rows.columns[0].storage), Column("a_b", rows.columns[0].storage),
        ])
        let text = try String(contentsOfFile: Self.path("decimals.txt"), encoding: .utf8)
            .replacingOccurrences(of: "feature_names=a\n", with: "feature_names=a_b\n")
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).txt").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: AttarError.self) {
            try TreeFileTeacher(path: path, settings: TeacherSettings(), for: doubled)
        }
        #expect(error?.problem.contains("'a b' and 'a_b'") == true)
        // One alone is meant, whichever it is.
        for column in doubled.columns {
            _ = try TreeFileTeacher(path: path, settings: TeacherSettings(), for: rows.with(columns: [column]))
        }
    }

    @Test func `Without names the first columns are taken, where there may be more`() async throws {
        let rows = try rows("nameless")
        let error = #expect(throws: AttarError.self) { try teacher("nameless.json", rows) }
        #expect(
            error?.problem.contains("2 features") == true && error?.remedy.contains("--allow-extra-columns") == true)
        let allowing = try teacher("nameless.json", rows) { $0.allowsExtraColumns = true }
        #expect(relativeError(try await allowing.predict(rows).matrix, try expected("nameless.json")) < 1e-5)
        #expect(allowing.answerNotes.contains { $0.contains("first 2 of 3 columns") && $0.contains("a, b") })
        let labelled = try rows.taking(target: "y")
        let named = try teacher("nameless.json", labelled)
        #expect(relativeError(try await named.predict(labelled).matrix, try expected("nameless.json")) < 1e-5)
    }

    @Test func `A model of ranks is refused with the reason`() throws {
        let error = #expect(throws: AttarError.self) { try teacher("ranks.json", rows("ranks")) }
        #expect(error?.code == .unusableTeacher && error?.problem.contains("ranks rows within groups") == true)
    }
}
