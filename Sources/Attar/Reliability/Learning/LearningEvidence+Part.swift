internal import Compute

extension Evidence {
    /// What the models know by heart, and how many rows they need.
    public var learning: LearningEvidence? { self[LearningEvidence.self] }
}

extension EvidencePart {
    /// The models on rows that they learned from, and students of parts of the rows; nothing where those rows are not at hand.
    public static let learning = EvidencePart(LearningEvidence.self) { measurement in
        guard !measurement.isCrossFitted, let training = measurement.background.training,
            let sample = try measurement.trainingSample()
        else { return nil }
        let (models, teacher) = (measurement.models, measurement.subjects.teacher)
        var answers = SideBySide(student: models.student.outputs(for: sample.features).matrix)
        answers.labelsOnly = try models.labelsOnly.map {
            $0.outputs(
                for: $0.encoder == models.student.encoder ? sample.features : try $0.encoder.encoded(sample.rows)
            )
            .matrix
        }
        var notes: [String] = []
        // Answers to training rows are kept by whoever keeps answers, so that asking again is free.
        var known: [Int]?
        if let teacher, teacher.teacher.remembersAnswers {
            do {
                let own = try await teacher.answers(to: sample.rows)
                let rows = own.knownRows
                if !rows.isEmpty { answers.teacher = own.matrix }
                if rows.count < sample.rows.count {
                    known = rows
                    notes.append(
                        "The teacher has no answer to \(sample.rows.count - rows.count) of these \(sample.rows.count) training rows: its figure leaves them out."
                    )
                }
            } catch let error as AttarError where error.code != .stopped {
                notes.append("The teacher did not answer training rows: \(error.problem).")
            }
        } else if teacher != nil {
            notes.append("Each of the teacher's answers costs, so it was not asked about training rows.")
        }
        if training.rows.count > sample.rows.count {
            notes.append("Training rows were \(sample.rows.count) of \(training.rows.count), drawn from the seed.")
        }
        var evidence = LearningEvidence(
            measurement.judged, training: sample.problem, answers: answers, known: answers.teacher == nil ? nil : known,
            notes: notes)
        if let partial = measurement.background.partial {
            evidence.curve = points(of: partial, measurement, trainingRows: training.rows.count)
            evidence.notes += partial.notes
        }
        return evidence
    }

    /// The figures of students of parts of the rows, and of those of all rows in the end.
    private static func points(
        of partial: PartialStudents, _ measurement: Measurement, trainingRows: Int
    ) -> [LearningEvidence.Point] {
        let judged = measurement.judged
        func quality(_ answers: Matrix) -> Double { judged.figure(measurement.kind.metrics.main, of: answers) }
        let points = partial.curve.map { point in
            LearningEvidence.Point(
                share: point.share, rows: point.rows,
                quality: SideBySide(
                    student: quality(point.pair.distilled.outputs(for: measurement.features).matrix),
                    labelsOnly: point.pair.labelsOnly.map {
                        quality($0.outputs(for: measurement.features).matrix)
                    }))
        }
        guard !points.isEmpty else { return [] }
        return points + [
            LearningEvidence.Point(
                share: 1, rows: trainingRows,
                quality: SideBySide(
                    student: quality(judged.answers.student), labelsOnly: judged.answers.labelsOnly.map(quality)))
        ]
    }
}
