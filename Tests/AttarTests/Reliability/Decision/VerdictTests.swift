import Attar
import Testing

struct VerdictTests {
    /// A verdict on the given differences of the main and the second figure.
    private static func verdict(
        of kind: TaskKind = .classification, _ change: (Double, Double, Double),
        second: (Double, Double, Double),
        isLabelsOnly: Bool = false, wasCompared: Bool = true, seeds: Int = 3, testRows: Int = 500
    ) -> Verdict {
        let (main, other) = (kind.metrics.main, kind.metrics.second)
        func estimate(_ figures: (Double, Double, Double)) -> Estimate {
            Estimate(value: figures.0, low: figures.1, high: figures.2)
        }
        return Verdict(
            kind, student: [main: Estimate(exactly: 0.912), .agreement: Estimate(exactly: 0.985)],
            labelsOnly: [main: Estimate(exactly: 0.9)], teacher: [main: Estimate(exactly: 0.95)],
            difference: [main: estimate(change), other: estimate(second)], isLabelsOnly: isLabelsOnly,
            wasCompared: wasCompared, seeds: seeds, testRows: testRows)
    }

    private static let none = (0.0, -1.0, 1.0)

    @Test func `It helped where accuracy rose beyond chance`() {
        let verdict = Self.verdict((0.012, 0.004, 0.02), second: Self.none)
        #expect(verdict.helped)
        #expect(
            verdict.text
                == "Distilling helped: accuracy 91.2 % distilled, 90.0 % from labels alone, 95.0 % the teacher "
                + "(difference +1.2 points, 95 % interval +0.4 to +2.0), mean of 3 seeds. "
                + "The student gives the teacher's answer on 98.5 % of the test rows.")
    }

    @Test func `It hurt where accuracy fell beyond chance, whatever the log loss`() {
        let verdict = Self.verdict((-0.012, -0.02, -0.004), second: (-0.5, -0.6, -0.4))
        #expect(!verdict.helped)
        #expect(verdict.text.hasPrefix("Distilling hurt here: accuracy 91.2 %"))
        #expect(verdict.text.hasSuffix("Train this student on labels alone."))
    }

    @Test func `It helped the probabilities where only log loss fell beyond chance`() {
        let verdict = Self.verdict((0.001, -0.01, 0.01), second: (-0.05, -0.07, -0.03))
        #expect(verdict.helped)
        #expect(verdict.text.hasPrefix("Distilling helped the probabilities, not measurably the answers: log loss "))
        #expect(verdict.text.contains("0.050, 95 % interval"))
    }

    @Test func `It did not help where neither moved beyond chance, or only the wrong way`() {
        for second in [Self.none, (0.05, 0.03, 0.07)] {
            let verdict = Self.verdict((0.012, -0.001, 0.02), second: second)
            #expect(!verdict.helped)
            #expect(
                verdict.text.hasPrefix("Distilling did not help here, as far as these test rows can tell: accuracy"))
        }
    }

    @Test func `A handful of test rows supports no claim, however good the figures`() {
        let few = Self.verdict((0.012, 0.004, 0.02), second: (-0.05, -0.07, -0.03), testRows: Verdict.fewestRows - 1)
        #expect(!few.helped)
        #expect(few.text.hasPrefix("Too few test rows to tell whether distilling helped: 29, where at least 30"))
        #expect(Self.verdict((0.012, 0.004, 0.02), second: Self.none, testRows: Verdict.fewestRows).helped)
    }

    @Test func `Labels that the recipe asks for are no failure of distilling`() {
        let verdict = Self.verdict(Self.none, second: Self.none, isLabelsOnly: true, wasCompared: false)
        #expect(verdict.text.hasPrefix("Nothing was distilled: the recipe asks for labels alone."))
    }

    @Test func `An interval that touches zero is no gain`() {
        #expect(!Self.verdict((0.01, 0, 0.02), second: Self.none).helped)
    }

    @Test func `Labels alone are said plainly, whatever the figures`() {
        let verdict = Self.verdict((0.012, 0.004, 0.02), second: Self.none, isLabelsOnly: true)
        #expect(!verdict.helped)
        #expect(verdict.text.hasPrefix("Distilling did not help here: on validation rows no way of using the teacher"))
        #expect(verdict.text.contains("the artifact holds the student trained on labels"))
    }

    @Test func `A regression speaks of R², and one seed of no mean`() {
        let verdict = Self.verdict(of: .regression, (0.012, 0.004, 0.02), second: Self.none, seeds: 1)
        #expect(
            verdict.text == "Distilling helped: R² 0.912 distilled, 0.900 from labels alone, 0.950 the teacher "
                + "(difference +0.012, 95 % interval +0.004 to +0.020).")
        let error = Self.verdict(of: .regression, Self.none, second: (-12.34, -20, -5))
        #expect(error.text.contains("mean squared error"))
        #expect(error.text.contains("12.3, 95 % interval"))
    }
}
