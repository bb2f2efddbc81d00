extension Verdict {
    /// What a verdict is made of: mean figures over the seeds.
    package struct Grounds {
        /// The student's figures.
        package var student: [Metric: Estimate]
        /// Those of the same student on labels alone.
        package var labelsOnly: [Metric: Estimate]
        /// The teacher's.
        package var teacher: [Metric: Estimate]
        /// Student minus labels alone; intervals hold the spread of rows and of seeds.
        package var difference: [Metric: Estimate]
        /// The same with intervals that hold the spread of rows alone; empty where that is the same.
        package var rowsAlone: [Metric: Estimate] = [:]
        /// For each figure the chance of a difference as large if rows differed by chance alone (`PairedSigns`); those that are left out are taken by their intervals alone.
        package var chances: [Metric: Double] = [:]
        /// Seeds.
        package var seeds: Int
        /// Rows that the figures stand on.
        package var testRows: Int

        /// Grounds for a verdict.
        package init(
            student: [Metric: Estimate], labelsOnly: [Metric: Estimate], teacher: [Metric: Estimate],
            difference: [Metric: Estimate], rowsAlone: [Metric: Estimate] = [:],
            chances: [Metric: Double] = [:], seeds: Int, testRows: Int
        ) {
            (self.student, self.labelsOnly, self.teacher) = (student, labelsOnly, teacher)
            (self.difference, self.rowsAlone, self.chances) = (difference, rowsAlone, chances)
            (self.seeds, self.testRows) = (seeds, testRows)
        }
    }

    /// Judges by the paired differences between distilled and label-only students.
    ///
    /// Distilling helped where one of the two figures that the aim looks at is better and its 95 % interval excludes no gain: for quality accuracy (or R²) and log loss (or
    /// squared error), for fidelity agreement and divergence (or R² to the teacher). Of a gain of nothing each is claimed with a chance of 2.5 %, both together of 5 % at
    /// most (Bonferroni). Where the first figure is measurably worse, nothing helped. On fewer than `fewestRows` test rows nothing is
    /// claimed: resampling a handful of rows gives intervals that are far too narrow.
    ///
    /// - Parameters:
    ///   - aim: what the student is for.
    ///   - isLabelsOnly: whether the student learned from labels alone.
    ///   - wasCompared: whether that was the outcome of a comparison on validation rows.
    package init(
        _ kind: TaskKind, _ grounds: Grounds, aim: Aim = .quality, isLabelsOnly: Bool, wasCompared: Bool = true
    ) {
        let writer = VerdictWriter(kind, grounds)
        if isLabelsOnly {
            let reason =
                wasCompared
                ? "on validation rows no way of using the teacher was shown to \(aim == .fidelity ? "come closer to it than" : "beat") the labels alone, so the artifact holds the student trained on labels"
                : "the recipe asks for labels alone"
            self.init(
                helped: false, text: "Nothing was distilled: \(reason). \(writer.measured(capital: true)).", aim: aim)
            return
        }
        if grounds.testRows < Self.fewestRows {
            self.init(
                helped: false,
                text:
                    "Too few test rows to tell whether distilling helped: \(grounds.testRows), where at least \(Self.fewestRows) are needed. \(writer.measured(capital: true)).",
                aim: aim)
            return
        }
        let (quality, fidelity) = (writer.quality, writer.fidelity)
        let (first, others) = aim == .fidelity ? (fidelity, quality) : (quality, fidelity)
        let sentences = [first.headline(), others.aside()].compactMap { $0 }
        self.init(
            helped: first.helped, text: sentences.joined(separator: " "), aim: aim,
            gains: quality.gains + fidelity.gains)
    }

    /// Says what a student keeps of its teacher, where there is no student without a teacher to hold it against.
    ///
    /// - Parameters:
    ///   - figures: the student's, by metric; nil where it was not measured.
    ///   - untrained: the same student before it was trained on the rows, where there is one.
    package init(_ kind: TaskKind, keeps figures: [Metric: Estimate]?, untrained: [Metric: Estimate]?, testRows: Int) {
        let main = kind.metrics.main
        guard let own = figures?[main] else {
            self.init(helped: false, text: "The student was not measured: no rows were given to measure it on.")
            return
        }
        let before = untrained?[main].map { ", and \(main.figure($0.value)) before it was trained on the rows" } ?? ""
        self.init(
            helped: false,
            text:
                "\(kind.words.kept?(testRows) ?? "On \(testRows) test rows the student keeps of its teacher") "
                + "\(main.label) \(main.figure(own.value)) (95 % interval \(main.figure(own.low)) to \(main.figure(own.high)))\(before)."
                + (kind.words.wouldAdd.map { " \($0)" } ?? "")
        )
    }
}
