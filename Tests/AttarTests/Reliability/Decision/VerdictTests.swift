import Attar
import Testing

struct VerdictTests {
    private static let none = (0.0, -1.0, 1.0)

    /// A verdict on the given differences of the main, the second and the fidelity figures.
    private static func verdict(
        of kind: TaskKind = .classification, _ change: (Double, Double, Double),
        second: (Double, Double, Double) = none, agreement: (Double, Double, Double) = none,
        divergence: (Double, Double, Double) = none, aim: Aim = .quality,
        isLabelsOnly: Bool = false, wasCompared: Bool = true, seeds: Int = 3, testRows: Int = 500
    ) -> Verdict {
        let (main, other) = (kind.metrics.main, kind.metrics.second)
        func estimate(_ figures: (Double, Double, Double)) -> Estimate {
            Estimate(value: figures.0, low: figures.1, high: figures.2)
        }
        var difference = [main: estimate(change), other: estimate(second), kind.metrics.fidelity: estimate(agreement)]
        if let metric = kind.metrics.divergence { difference[metric] = estimate(divergence) }
        return Verdict(
            kind,
            Verdict.Grounds(
                student: [main: Estimate(exactly: 0.912), .agreement: Estimate(exactly: 0.985)],
                labelsOnly: [main: Estimate(exactly: 0.9), .agreement: Estimate(exactly: 0.96)],
                teacher: [main: Estimate(exactly: 0.95)], difference: difference, seeds: seeds, testRows: testRows),
            aim: aim, isLabelsOnly: isLabelsOnly, wasCompared: wasCompared)
    }

    @Test func `It helped where accuracy rose beyond chance`() {
        let verdict = Self.verdict((0.012, 0.004, 0.02))
        #expect(verdict.helped && verdict.aim == .quality)
        #expect(
            verdict.text.hasPrefix(
                "Distilling helped: accuracy 91.2 % distilled, 90.0 % from labels alone, 95.0 % the teacher "
                    + "(difference +1.2 points, 95 % interval +0.4 to +2.0), mean of 3 seeds. "))
        #expect(verdict.gains?.map(\.outcome) == [.helped, .notShown, .notShown, .notShown])
        #expect(verdict.gains?.map(\.name) == ["quality", "probabilities", "fidelity", "fidelity"])
    }

    @Test func `It hurt where accuracy fell beyond chance, whatever the log loss`() {
        let verdict = Self.verdict((-0.012, -0.02, -0.004), second: (-0.5, -0.6, -0.4))
        #expect(!verdict.helped)
        #expect(verdict.text.hasPrefix("Distilling hurt here: accuracy 91.2 %"))
        #expect(verdict.text.contains("Train this student on labels alone."))
    }

    @Test func `It helped the probabilities where only log loss fell beyond chance, and hurt them where it rose`() {
        let helped = Self.verdict((0.001, -0.01, 0.01), second: (-0.05, -0.07, -0.03))
        #expect(helped.helped)
        #expect(
            helped.text.hasPrefix(
                "Distilling helped the probabilities, and is not shown to help the answers: log loss "))
        #expect(helped.text.contains("0.050, 95 % interval"))
        let hurt = Self.verdict((0.001, -0.01, 0.01), second: (0.05, 0.03, 0.07))
        #expect(!hurt.helped && hurt.gains?[1].outcome == .hurt)
        #expect(hurt.text.hasPrefix("Distilling hurt the probabilities, and is not shown to help the answers: log"))
        let both = Self.verdict((0.012, 0.004, 0.02), second: (0.05, 0.03, 0.07))
        #expect(both.helped && both.text.contains("It hurt the probabilities: log loss"))
    }

    @Test func `Where nothing moved beyond chance it says on how many rows, and how many would show such a gain`() {
        let verdict = Self.verdict((0.012, -0.001, 0.025))
        #expect(!verdict.helped)
        #expect(verdict.text.hasPrefix("Distilling is not shown to help on 500 test rows: accuracy 91.2 %"))
        // 500 · (0.013 / (0.7 · 0.012))², rounded up to two digits.
        #expect(verdict.gains?.first?.rowsNeeded == 1200)
        #expect(verdict.text.contains("About 1200 test rows would show a gain in accuracy of this size."))
        #expect(Self.verdict((-0.001, -0.01, 0.01)).gains?.first?.rowsNeeded == nil, "there is no gain to be shown")
    }

    @Test func `Fidelity is told apart from quality, and comes first where it is the aim`() {
        let closer = (0.025, 0.01, 0.04)
        let aside = Self.verdict((0.001, -0.01, 0.01), agreement: closer)
        #expect(!aside.helped && aside.text.hasPrefix("Distilling is not shown to help on 500 test rows"))
        #expect(
            aside.text.contains(
                "It helped the fidelity to the teacher: agrees with teacher 98.5 % against 96.0 % from labels alone")
        )
        let first = Self.verdict((0.001, -0.01, 0.01), agreement: closer, aim: .fidelity)
        #expect(first.helped && first.text.hasPrefix("Distilling helped the fidelity to the teacher: agrees"))
        #expect(first.text.contains("It is not shown to help the answers: accuracy"))
        let spread = Self.verdict((0.001, -0.01, 0.01), divergence: (-0.1, -0.15, -0.05), aim: .fidelity)
        #expect(spread.helped && spread.text.hasPrefix("Distilling helped the fidelity to the teacher: KL"))
        #expect(!Self.verdict((0.012, 0.004, 0.02), aim: .fidelity).helped)
    }

    @Test func `A handful of test rows supports no claim, however good the figures`() {
        let few = Self.verdict((0.012, 0.004, 0.02), second: (-0.05, -0.07, -0.03), testRows: Verdict.fewestRows - 1)
        #expect(!few.helped && few.gains == nil)
        #expect(few.text.hasPrefix("Too few test rows to tell whether distilling helped: 29, where at least 30"))
        #expect(Self.verdict((0.012, 0.004, 0.02), testRows: Verdict.fewestRows).helped)
    }

    @Test func `Labels that the recipe asks for are no failure of distilling`() {
        let verdict = Self.verdict(Self.none, isLabelsOnly: true, wasCompared: false)
        #expect(verdict.text.hasPrefix("Nothing was distilled: the recipe asks for labels alone."))
    }

    @Test func `An interval that touches zero, or that rounding alone can make, is no gain`() {
        #expect(!Self.verdict((0.01, 0, 0.02)).helped)
        #expect(!Self.verdict((1e-8, 1e-9, 2e-8)).helped)
    }

    @Test func `Labels alone are said plainly, whatever the figures`() {
        let verdict = Self.verdict((0.012, 0.004, 0.02), isLabelsOnly: true)
        #expect(!verdict.helped && verdict.gains == nil)
        #expect(
            verdict.text.hasPrefix(
                "Nothing was distilled: on validation rows no way of using the teacher was shown to beat the labels"))
        #expect(verdict.text.contains("the artifact holds the student trained on labels"))
    }

    @Test func `A regression speaks of R², and one seed of no mean`() {
        let verdict = Self.verdict(of: .regression, (0.012, 0.004, 0.02), seeds: 1)
        #expect(
            verdict.text.hasPrefix(
                "Distilling helped: R² 0.912 distilled, 0.900 from labels alone, 0.950 the teacher "
                    + "(difference +0.012, 95 % interval +0.004 to +0.020). "))
        let error = Self.verdict(of: .regression, Self.none, second: (-12.34, -20, -5))
        #expect(error.text.contains("mean squared error"))
        #expect(error.text.contains("12.3, 95 % interval"))
    }

    @Test func `A difference that is written as nothing is no gain and no loss, however sure it is`() {
        let verdict = Self.verdict((-0.000_01, -0.000_02, -0.000_005), second: (-0.000_01, -0.000_02, -0.000_005))
        #expect(verdict.gains?.prefix(2).map(\.outcome) == [.notShown, .notShown])
        #expect(verdict.gains?.allSatisfy { $0.rowsNeeded == nil } == true)
        #expect(!verdict.text.contains("hurt") && !verdict.text.contains("helped"))
    }

    @Test func `Another main figure leaves the others, and what tells of the teacher`() {
        let kind = TaskKind.classification.judged(by: .balancedAccuracy)
        #expect(kind.metrics.main == .balancedAccuracy && kind.metrics.divergence == .klToTeacher)
        #expect(Set(kind.metrics.all) == Set(TaskKind.classification.metrics.all))
    }
}
