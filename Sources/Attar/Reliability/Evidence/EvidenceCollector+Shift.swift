internal import Compute

extension EvidenceCollector {
    /// What becomes of answers where rows change, and whether that can be told.
    func addShift(to evidence: inout Evidence, _ sample: TrainingSample?) async throws {
        let threads = availableThreads()
        let study = ShiftStudy(
            judged, models: models, teacher: teacher, reference: sample?.rows ?? judged.rows, threads: threads)
        let (asked, notes) = try await study.asked(progress: progress)
        evidence.shift = ShiftEvidence(study, asked, notes: notes, threads: threads)
        evidence.outOfDistribution = try OutOfDistributionEvidence(
            study, asked, model: models.student, sample: sample, threads: threads)
    }

    /// The models on rows that they learned from; nothing where those are not at hand.
    func addLearning(to evidence: inout Evidence, _ sample: TrainingSample?) async throws {
        guard let sample, sample.rows.target != nil else { return }
        var answers = SideBySide(student: models.student.outputs(for: sample.features).matrix)
        answers.labelsOnly = try models.labelsOnly.map {
            $0.outputs(for: try $0.encoder.encoded(sample.rows)).matrix
        }
        var notes: [String] = []
        // Answers to training rows are kept by whoever keeps answers, so that asking again is free.
        let isFree = teacher.map { !$0.teacher.isMetered || $0.teacher is StoredTeacher } ?? false
        if let teacher, isFree {
            do {
                answers.teacher = try await teacher.outputs(for: sample.rows)
            } catch let error as AttarError where error.code != .stopped {
                notes.append("The teacher did not answer training rows: \(error.problem).")
            }
        } else if teacher != nil {
            notes.append("Each of the teacher's answers costs, so it was not asked about training rows.")
        }
        if let training, training.count > sample.rows.count {
            notes.append("Training rows were \(sample.rows.count) of \(training.count), drawn from the seed.")
        }
        evidence.learning = try LearningEvidence(judged, training: sample.rows, answers: answers, notes: notes)
    }
}
