import Attar
import Foundation

/// Runs on all tables, and what they come to.
struct TableStudy {
    /// A table in the cache, with the rows of a first look.
    private struct Table {
        let name: String
        let isQuick: Bool
    }

    private static let tables = [
        ("BreastCancer", true), ("BostonHousing", true), ("DNA", false), ("Glass", true), ("HouseVotes84", true),
        ("Ionosphere", true), ("Ozone", false), ("PimaIndiansDiabetes", true), ("Sonar", true), ("Soybean", false),
        ("Vehicle", true), ("Vowel", true), ("attrition", true), ("cells", false), ("concrete", true),
        ("Chicago", false), ("credit_data", false), ("diabetes", true), ("digits", false), ("hpc_data", false),
        ("Sacramento", false), ("stackoverflow", false), ("two_class_dat", true), ("wine", true),
    ].map { Table(name: $0.0, isQuick: $0.1) }
    private static let students = [
        ("linear", "linear"), ("tree", "tree[leaves=16]"), ("forest", "forest[trees=20]"),
        ("boost", "boost[rounds=50,depth=3]"), ("svm", "svm"), ("mlp", "mlp[16]"),
    ]

    private let folder: URL
    private let tables: [Table]
    private let families: [(name: String, student: String)]
    private let splits: ClosedRange<UInt64>
    private let shares: [Double]

    /// A study of the tables and families whose names hold one of the words; without words, or with none for one of the two, of all.
    init(quick: Bool, words: [String]) throws {
        let cache =
            ProcessInfo.processInfo.environment["XDG_CACHE_HOME"].map { URL(filePath: $0) }
            ?? URL.homeDirectory.appending(path: ".cache")
        let folder = cache.appending(path: "attar/tables")
        func named<Member>(_ all: [Member], _ name: (Member) -> String) -> [Member] {
            let found = all.filter { member in words.contains { name(member).localizedCaseInsensitiveContains($0) } }
            return found.isEmpty ? all : found
        }
        self.folder = folder
        tables = named(Self.tables, \.name).filter {
            (!quick || $0.isQuick)
                && FileManager.default.fileExists(atPath: folder.appending(path: "\($0.name).csv").path)
        }
        let all = Self.students.map { (name: $0.0, student: $0.1) }
        families = named(quick ? all.filter { ["linear", "tree", "boost", "mlp"].contains($0.name) } : all, \.name)
        splits = quick ? 1...1 : 1...3
        shares = [0.1, 0.25]
    }

    /// Runs and prints: a line for each table and family, then what all come to.
    func report() async throws {
        var runs: [TableRun] = []
        print(
            "| table | student | main figure of labels alone | distilled − labels | distilled − teacher | time | worse by more than .005 |"
        )
        print("|---|---|---|---|---|---|---|")
        for table in tables {
            let rows = try Dataset.read(folder.appending(path: "\(table.name).csv").path).taking(target: "target")
            for (family, student) in families {
                var own: [TableRun] = []
                for seed in splits {
                    do {
                        own.append(
                            try await TableRun(
                                table.name, rows, family: family, student: student, seed: seed, shares: shares))
                    } catch {
                        FileHandle.standardError.write(
                            Data("\(table.name), \(student), split \(seed): \(error)\n".utf8))
                    }
                }
                guard let first = own.first else { continue }
                print(
                    "| \(table.name), \(rows.count) rows | `\(student)` | \(first.metric) \(short(mean(own.map(\.labelsOnly)))) | \(signed(mean(own.map(\.gain.value)))) | \(signed(mean(own.map(\.toTeacher)))) | \(short(mean(own.map(\.seconds)))) s | \(own.count(where: \.isWorse)) of \(own.count) |"
                )
                runs += own
            }
        }
        summary(runs)
    }

    private func summary(_ runs: [TableRun]) {
        print("\n| student | runs | labels taken | mean gain | measurably better | worse | worse by more than .005 |")
        print("|---|---|---|---|---|---|---|")
        for (family, student) in families + [(name: "", student: "all")] {
            let own = runs.filter { family.isEmpty || $0.family == family }
            print(
                "| `\(student)` | \(own.count) | \(own.count { $0.certificate.choice.strategy == "labels" }) | \(signed(mean(own.map(\.gain.value)))) | \(own.count { $0.gain.low > 0 }) | \(own.count { $0.gain.high < 0 }) | \(own.count(where: \.isWorse)) |"
            )
        }
        print(
            "\n| labels kept, the other rows without | runs | taught | labels alone | all labels alone | taught reaches all labels − .01 |"
        )
        print("|---|---|---|---|---|---|")
        for share in shares {
            let few = runs.compactMap { run in
                run.few.first { $0.share == share }.map { (taught: $0.taught, alone: $0.alone, all: run.labelsOnly) }
            }
            print(
                "| \(Int(100 * share)) % | \(few.count) | \(short(mean(few.map(\.taught)))) | \(short(mean(few.map(\.alone)))) | \(short(mean(few.map(\.all)))) | \(few.count { $0.taught >= $0.all - 0.01 }) |"
            )
        }
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private func short(_ value: Double) -> String { String(format: "%.3f", value) }

    private func signed(_ value: Double) -> String { String(format: "%+.3f", value) }
}
