internal import Compute

extension Certification {
    /// For the figures that are means over rows the chance of a difference between students and twins as large as it is, the mean over the seeds, if rows differed by chance
    /// alone.
    func chances(_ measurement: Measurement) -> [Metric: Double] {
        let (problem, metrics) = (measurement.problem, kind.metrics)
        func answers(_ models: [any Model]) -> [Matrix] {
            models.map { model in
                let isRead = model.encoder == measurement.student.encoder
                let features = isRead ? measurement.features : try? model.encoder.encoded(problem.rows)
                return model.outputs(for: features ?? measurement.features).matrix
            }
        }
        let (students, twins) = (answers(fits.distilled), answers(fits.labelsOnly))
        guard !twins.isEmpty else { return [:] }
        let teacher = measurement.teacherAnswers
        func chance(_ losses: (Matrix) -> [Double]) -> Double {
            let mean = zip(students, twins).map { zip(losses($0), losses($1)).map { $0 - $1 } }
            let weights = measurement.judged.weights
            let differences =
                problem.rows.count == 0
                ? []
                : (0..<problem.rows.count).map { row in
                    Double(weights[row]) * mean.reduce(0) { $0 + $1[row] }
                }
            return PairedSigns.chance(of: differences, seed: setup.settings.seed)
        }
        func own(_ answers: Matrix) -> [Double] {
            kind.judging.losses(answers, problem.truth, teacher: teacher).values.map(Double.init)
        }
        var chances = [metrics.main: chance(own)]
        guard case .classes(let labels) = problem.truth else {
            if metrics.second == .mse { chances[metrics.second] = chances[metrics.main] }
            return chances
        }
        if metrics.second == .logLoss {
            chances[metrics.second] = chance { answers in
                labels.indices.map { -Double(Float.log(max(1e-15, answers[$0, Int(labels[$0])]))) }
            }
        }
        if let teacher, metrics.fidelity == .agreement {
            let right = teacher.argmax()
            chances[metrics.fidelity] = chance { zip($0.argmax(), right).map { $0 == $1 ? 0 : 1 } }
        }
        return chances
    }

    /// What validation rows said of the plan that was chosen, beside what the test rows say; nil where nothing was chosen.
    func optimism(_ compared: Compared) -> Certificate.Optimism? {
        let (choice, main) = (student.choice, kind.metrics.main)
        guard !choice.trials.isEmpty, let test = compared.students.estimates[main] else { return nil }
        let labels = choice.labelsOnly.isEmpty ? nil : choice.labelsQuality
        return Certificate.Optimism(
            metric: main.name, validation: choice.quality, test: test.value,
            validationGain: labels.map { choice.quality - $0 },
            testGain: compared.difference?.estimates[main]?.value)
    }
}
