/// How many rows of each class are found, and whether the student gives a class up that its teacher finds.
public struct ClassEvidence: EvidenceResult {
    public static let key = "classes"
    public static let heading = "Class by class"

    /// One class.
    public struct Class: Hashable, Codable, Sendable {
        /// Its name.
        public var name: String
        /// Test rows of it.
        public var rows: Int
        /// The share of them that is answered rightly, with the exact 95 % interval of Clopper and Pearson (1934).
        public var recall: SideBySide<Estimate>
        /// The share of its rows among as many rows as the teacher gives this class, those to which the student gives it the most: what the student would find, were its
        /// threshold the teacher's. Nil without a teacher.
        public var recallAtTeachersRate: Double?
        /// Rows that the teacher finds and the student does not, at its own threshold nor at the teacher's rate.
        public var lost: Int
        /// Rows that the student finds, either way, and the teacher does not.
        public var won: Int
        /// How much less of the class than the teacher the student finds at most: the exact upper 95 % bound of Clopper and Pearson on the share of its rows that are lost.
        /// Nil without a teacher.
        public var bound: Double?
        /// How likely so many lost rows are among those on which the two differ, were none the better: the exact p-value of McNemar's test, one-sided. Nil without a teacher.
        public var pValue: Double?

        /// How much less of the class than the teacher the student finds.
        public var deficit: Double { rows > 0 ? Double(lost - won) / Double(rows) : 0 }
    }

    /// The classes that occur, in their order.
    public var classes: [Class]
    /// What classes are called, in the plural; nil for that.
    public var outputs: String?

    /// What one of them is called.
    private var noun: String { outputs.map { String($0.dropLast()) } ?? "class" }

    /// The most classes that a report shows.
    private static let mostShown = 40

    public var exhibits: [Exhibit] {
        let recall = Metric.accuracy
        let hasTeacher = classes.contains { $0.bound != nil }
        // Of very many classes those on which the student loses the most.
        let shown =
            classes.count > Self.mostShown
            ? Array(classes.sorted { $0.deficit > $1.deficit }[..<Self.mostShown]) : classes
        let rows = shown.map { one in
            [one.name, String(one.rows), recall.interval(one.recall.student)]
                + (hasTeacher
                    ? [
                        recall.interval(one.recall.teacher), one.recallAtTeachersRate.map(recall.figure) ?? "–",
                        one.bound.map(recall.figure) ?? "–",
                    ] : [])
        }
        return [
            .table(
                caption: "The share of each \(noun)'s test rows that is found, with exact 95 % intervals",
                header: [noun, "rows", "student"]
                    + (hasTeacher ? ["teacher", "student at the teacher's rate", "lost at most"] : []), rows: rows)
        ]
    }
}

extension ClassEvidence.Class {
    /// Whether the student finds measurably less than the teacher, by more than is allowed; or nothing of what little the teacher finds.
    func isGivenUp(allowing margin: Double) -> Bool {
        guard let pValue, deficit > margin else { return false }
        return pValue <= 0.05 || (lost - won >= 2 && deficit >= 0.5)
    }

    /// Whether the rows are too few to say that the class is not given up.
    func isUntold(allowing margin: Double) -> Bool {
        guard let bound, bound > margin, !isGivenUp(allowing: margin) else { return false }
        return rows < Self.fewestRows(margin) || deficit > 0
    }

    /// How many rows would tell: as many as bring the bound below what is allowed at the share that is lost here, or show the loss.
    func neededRows(allowing margin: Double) -> Int {
        let share = rows > 0 ? Double(lost) / Double(rows) : 0
        let most = 100_000
        var needed = max(Self.fewestRows(margin), rows + 1)
        while needed < most {
            let lost = Int((share * Double(needed)).rounded())
            let other = Int((Double(won) / Double(max(1, rows)) * Double(needed)).rounded())
            let tells =
                deficit > margin
                ? Binomial.atMost(other, of: lost + other, probability: 0.5) <= 0.05
                : Binomial.upperBound(lost, of: needed, confidence: 0.95) <= margin
            if tells { break }
            needed += max(1, needed / 50)
        }
        return needed
    }

    /// Rows of which none may be lost for the bound to be what is allowed.
    private static func fewestRows(_ margin: Double) -> Int {
        margin > 0 && margin < 1 ? RiskCoverage.fewestRows(risk: margin, delta: 0.05) : 1
    }
}

extension Evidence {
    /// How many rows of each class are found.
    public var classes: ClassEvidence? { self[ClassEvidence.self] }
}
