internal import Compute

extension Certification {
    /// For the figures that are means over rows the chance of a difference between students and twins as large as it is, the mean over the seeds, if rows differed by chance
    /// alone.
    func chances(_ measurement: Measurement) -> [Metric: Double] {
        let metrics = Set([kind.metrics.main, kind.metrics.second, kind.metrics.fidelity])
        return metrics.reduce(into: [:]) { chances, metric in
            func parts(_ answers: Matrix) -> [Double]? {
                kind.judging.parts(
                    of: metric, answers, measurement.problem.truth, teacher: measurement.teacherAnswers)
            }
            let (own, others) = (
                measurement.studentAnswers.compactMap(parts), measurement.twinAnswers.compactMap(parts)
            )
            guard !own.isEmpty, own.count == others.count else { return }
            let differences = measurement.judged.weights.enumerated().map { row, weight in
                Double(weight) * zip(own, others).reduce(0) { $0 + $1.0[row] - $1.1[row] }
            }
            chances[metric] = measurement.judged.dependence.chance(
                PairedSigns.chance(of: differences, seed: setup.settings.seed))
        }
    }

    /// What validation rows said of the plan that was chosen, beside what the test rows say; nil where nothing was chosen.
    func optimism(_ compared: Compared) -> Certificate.Optimism? {
        let (choice, main) = (student.choice, kind.metrics.main)
        // A threshold that was found on these very rows has no validation figure.
        let isThreshold = fits.decision.rule.map { !$0.hasCosts } ?? false
        guard !choice.trials.isEmpty, !isThreshold, let test = compared.students.estimates[main] else { return nil }
        let labels = choice.labelsOnly.isEmpty ? nil : choice.labelsQuality
        return Certificate.Optimism(
            metric: main.name, validation: choice.quality, test: test.value,
            validationGain: labels.map { choice.quality - $0 },
            testGain: compared.difference?.estimates[main]?.value)
    }
}
