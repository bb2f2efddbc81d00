internal import Compute

/// Rows of which a teacher says how strange they are. Where it is known which are anomalies a column may say so, for measuring.
public struct AnomalyPosing: Posing {
    /// The posing of anomalies.
    public init() {}

    /// Scores are the teacher's, not the rows'.
    public var needsTarget: Bool { false }

    /// A column of known anomalies may be named.
    public var takesTarget: Bool { true }

    /// Nothing is: anomalies are asked for by name.
    public func isMeant(by columns: [Column]) -> Bool { false }

    /// How strange a row counts that is known to be an anomaly, where labels teach: as one in a thousand. All others count 0.
    static let rarityOfKnown: Float = 3

    /// Words that say that a row is no anomaly, and those that say that it is one.
    private static let words = (
        usual: ["0", "0.0", "false", "no", "normal", "inlier", "negative", "n"],
        strange: ["1", "1.0", "true", "yes", "anomaly", "anomalous", "outlier", "positive", "abnormal", "y"]
    )

    /// Known anomalies: two values of which one says that a row is one. Values that are no such words are told apart by how many rows have them: anomalies are fewer.
    public func target(
        _ name: String, from columns: [Column], of rows: Dataset, matching task: LearningTask?
    ) throws -> Target {
        guard columns.count == 1, let (codes, names) = columns[0].asCategories() else {
            throw AttarError(
                .invalidTarget,
                "\(rows.source): known anomalies stand in one column of two values, and '\(name)' is none",
                remedy: "Name one column, of 0 and 1")
        }
        var counts: [String: Int] = [:]
        for code in codes { counts[names[Int(code)], default: 0] += 1 }
        let strange = try Self.strange(counts, name, rows, isFurther: task != nil)
        let values = codes.map { strange.contains(names[Int($0)]) ? Self.rarityOfKnown : 0 }
        return Target(
            name: name, task: .anomaly, truth: .values(Matrix(rows: values.count, columns: 1, elements: values)))
    }

    /// The values that say that a row is an anomaly.
    private static func strange(
        _ counts: [String: Int], _ name: String, _ rows: Dataset, isFurther: Bool
    ) throws -> Set<String> {
        let usual = counts.keys.filter { words.usual.contains($0.lowercased()) }
        let told = counts.keys.filter { words.strange.contains($0.lowercased()) }
        if usual.count + told.count == counts.count, usual.count <= 1, told.count <= 1, isFurther || counts.count == 2 {
            return Set(told)
        }
        // −1 is an anomaly for scikit-learn, and beside 1 nothing else.
        if Set(counts.keys) == ["-1", "1"] { return ["-1"] }
        guard counts.count == 2, let rarer = counts.min(by: { $0.value < $1.value }), rarer.value * 2 < rows.count
        else {
            let shown = counts.keys.sorted().prefix(6).map { "'\($0)'" }.joined(separator: ", ")
            throw AttarError(
                .invalidTarget,
                "\(rows.source): the column '\(name)' of known anomalies holds \(counts.count == 1 ? "one value" : "\(counts.count) values") (\(shown)\(counts.count > 6 ? ", …" : "")), where 1 is to say that a row is one and 0 that it is not",
                remedy: "Name a column of 0 and 1, or leave the target out")
        }
        return [rarer.key]
    }

    /// The rows, to be answered with one number each.
    public func problem(_ rows: Dataset, answeredAs task: LearningTask?) throws -> Problem {
        guard let task else {
            throw AttarError(
                .unusableTeacher,
                "how strange rows are only a teacher tells that finds it in them or has found it, and none is named",
                remedy:
                    "Name one, such as --teacher iforest, or the column of what another program has found: --teacher column:NAME"
            )
        }
        guard task.form == .values, task.width == 1 else {
            let given = task.form == .values ? "\(task.width) numbers a row" : "classes"
            throw AttarError(
                .unusableTeacher, "the teacher answers with \(given), and how strange a row is is one number",
                remedy: "Name another output with --teacher-output, or another task")
        }
        return Problem(task: .anomaly, rows: rows, truth: rows.target?.truth ?? .none, units: rows.keptTogether)
    }

    /// Known anomalies are spread evenly.
    public func strata(of target: Target) -> [Int32] {
        (0..<target.count).map { target.values[$0, 0] > 0 ? 1 : 0 }
    }
}

extension Truth {
    /// Of each row whether it is known to be an anomaly; nil where that is not known.
    var anomalies: [Bool]? {
        guard case .values(let values) = self, values.columns == 1 else { return nil }
        return values.elements.map { $0 > 0 }
    }

    /// The rows that are not known to be anomalies, on which alarms are false; nil where that is not known, and any may be.
    var quietRows: [Int]? { anomalies.map { anomalies in anomalies.indices.filter { !anomalies[$0] } } }
}
