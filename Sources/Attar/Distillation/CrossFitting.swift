internal import Compute

extension Distiller {
    /// Refuses what goes with tests on other rows only.
    func validateCrossFitting(of dataset: Dataset, test: Dataset?) throws {
        guard settings.evidence == .cross else { return }
        if test != nil {
            throw AttarError(
                .invalidSetting, "--evidence cross makes every row a test row, so none are left to be given apart",
                remedy: "Leave --test or --evidence cross out")
        }
        if dataset.time != nil {
            throw AttarError(
                .invalidSetting,
                "--evidence cross asks students about rows that are earlier than some that they learned from, which --time rules out",
                remedy: "Leave --time or --evidence cross out")
        }
        if settings.sets == .cqr {
            throw AttarError(
                .invalidSetting,
                "cqr takes rows that nothing was fitted to, and --evidence cross leaves none",
                remedy: "Use --sets residual, or leave --evidence cross out")
        }
    }

    /// Goes through the whole run for each part of the rows without that part, and asks those students, their twins and the teacher about it.
    ///
    /// The parts are the folds of the run on all rows. Whatever a run fits or chooses is fitted and chosen anew from the other parts: encoder, a teacher that Attar trains, plan,
    /// student, temperature.
    ///
    /// - Parameters:
    ///   - dataset: all rows.
    ///   - whole: the run on all of them; this distiller's teacher is opened.
    func crossFitted(_ dataset: Dataset, _ whole: RunSetup) async throws -> CrossFittedAnswers {
        let count = whole.folds.count
        var found = CrossFittedAnswers(
            parts: count, students: settings.seeds, twins: whole.kind.teaching.hasTwin ? settings.seeds : 0,
            rows: dataset.count, width: whole.task.width)
        var distiller = self
        // All parts are judged alike, whatever share of their rows each class has.
        (distiller.settings.evidence, distiller.settings.metric) = (.quick, whole.kind.metrics.main.name)
        for (number, part) in whole.folds.enumerated() {
            let inside = Set(part)
            let progress = whole.progress
            var setup = try RunSetup(
                distiller, on: dataset.selecting((0..<dataset.count).filter { !inside.contains($0) }),
                test: dataset.selecting(part), unlabeled: whole.unlabeled,
                progress: { step in
                    var step = step
                    // What is said of all rows need not be said again of each part.
                    (step.phase, step.note) = ("part \(number + 1) of \(count): \(step.phase)", nil)
                    return progress(step)
                })
            setup.limits = whole.limits
            precondition(setup.task == whole.task, "a part has the classes of all rows")
            let run = try await distiller.taught(setup)
            found.teacher.fill(part, from: try await run.rows.teacher.outputs(for: setup.test.rows))
            let features = try setup.encoder.encoded(setup.test.rows)
            for (seed, student) in run.fits.distilled.enumerated() {
                found.students[seed].fill(part, from: student.outputs(for: features).matrix)
            }
            for (seed, twin) in run.fits.labelsOnly.enumerated() {
                found.twins[seed].fill(part, from: twin.outputs(for: features).matrix)
            }
            found.choices.append("\(run.student.name) with \(run.student.choice.plan)")
        }
        return found
    }
}

extension Certification {
    /// What a reader has to know of figures that are not those of the student in the file.
    var crossFittingNotes: [String] {
        guard let crossFitted else { return [] }
        let parts = crossFitted.parts
        var notes = [
            "Every row is a test row: the figures are those of students that learned from the other \(parts - 1) of \(parts) parts of the rows; the file holds a student of the same recipe that learned from all rows.",
            "How the student answers changed rows, what it knows by heart, and which of its confidences can be vouched for, was left out: the file's student has learned from every row.",
        ]
        let own = "\(student.name) with \(student.choice.plan)"
        let others = crossFitted.choices.filter { $0 != own }
        if !others.isEmpty {
            notes.append(
                "For \(others.count) of the \(parts) parts another student or strategy was chosen than for all rows (\(own)): \(Set(others).sorted().joined(separator: "; "))."
            )
        }
        return notes
    }

    /// Of residuals on rows that a student had not learned from; nil where the students that are measured learned from rows that it stands on.
    var tree: ResidualTree? { crossFitted == nil ? fits.tree : nil }
}
