import Attar

/// A model file of XGBoost's or LightGBM's, scored by Attar and by the library itself: 300 trees of depth 6 on 10,000 rows.
enum TreeScoring {
    private static let libraries = [("XGBoost", "xgboost", "json"), ("LightGBM", "lightgbm", "txt")]
    private static let folder = "\(Contestant.cache)/peers/trees"

    /// For each library a row on one thread and on two, without and with missing values.
    static var group: RowGroup {
        RowGroup(name: "trees") { libraries.flatMap { library in [1, 2].flatMap { rows(library, threads: $0) } } }
    }

    private static func rows(_ library: (title: String, name: String, ending: String), threads: Int) -> [Row] {
        // The peer trains the model, so that it comes first.
        guard let peer = Contestant.peer(library.title, "trees", [library.name, folder, String(threads)]),
            let own = Contestant.own("trees", "\(library.name).\(library.ending)", String(threads))
        else { return [] }
        let figures = contest([own, peer])
        return ["", ", 5 % of the values missing"].enumerated().compactMap { index, note in
            guard figures.allSatisfy({ $0.count > index }) else { return nil }
            let rates = figures.map { 10_000 / $0[index] * 1e3 }
            var row = Row(
                work: "300 trees of \(library.title)'s, 10,000 rows\(note)", threads: threads, value: rates[0],
                unit: "rows/ms")
            row.compare(withRate: rates[1], of: library.title)
            return row
        }
    }

    /// What a process of its own measures: microseconds for all rows, without and with missing values.
    static func measure(_ file: String, threads: Int) throws {
        var settings = TeacherSettings()
        settings.workers = threads
        let works = try ["rows.npy", "missing.npy"].map { name in
            let rows = try Dataset.read("\(folder)/\(name)")
            let teacher = try TreeFileTeacher(path: "\(folder)/\(file)", settings: settings, for: rows)
            return { if let answers = try? teacher.answers(for: rows) { blackHole(answers) } }
        }
        for work in works { work() }
        answer { works.map { medianTime($0) } }
    }
}
