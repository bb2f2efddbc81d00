internal import Compute

/// Models that are taught one by the other, from the teacher to the student's own teacher: teacher assistants, and the earlier generations of the
/// student itself.
///
/// - Assistants, models of sizes between teacher and student, where the gap between the two is wide. Source: Mirzadeh et al., "Improved Knowledge
///   Distillation via Teacher Assistant" (AAAI 2020), section 3.
/// - Generations: the same student, begun anew from other random numbers, taught by its predecessor. Source: Furlanello et al., "Born-Again Neural
///   Networks" (ICML 2018), section 3.
///
/// Each learns by the run's strategy and loss, and answers its successor's training rows out of fold, as a teacher does that Attar trains: each
/// stage costs one fit for each fold and one for all rows. The first stage's copies learn from copies of the
/// teacher that have not seen their fold either. Those of later stages learn from copies that have seen it, as copies for all pairs would cost too
/// much: what they repeat of a fold's labels has gone through two models, and their figures on it are too good. No test row is among them.
struct TeachingChain {
    /// How one stage did on rows that it had not seen.
    let stages: [Certificate.Stage]
    /// The rows with the last stage's answers.
    let taught: TaughtRows

    /// Trains the stages of a run, one after the other.
    init(_ setup: RunSetup, from teacher: TaughtRows, search: StudentSearch) async throws {
        var taught = teacher
        var stages = [
            Certificate.Stage(
                model: setup.distiller.teacher.name, role: "teacher", quality: search.quality(of: teacher.answers))
        ]
        for (index, stage) in setup.distiller.stages.enumerated() {
            // The same network from the same random numbers would begin where its predecessor began.
            let seed = setup.settings.seed &+ UInt64(index + 1) << 32
            taught = try await search.trained(stage, on: taught, seed: seed)
            stages.append(
                Certificate.Stage(
                    model: stage.model.name, role: stage.role, quality: search.quality(of: taught.answers)))
        }
        (self.stages, self.taught) = (stages, taught)
    }
}

extension StudentSearch {
    /// Trains a model on a teacher's answers, and a copy of it for each fold, and puts them into the teacher's place.
    fileprivate func trained(
        _ stage: Distiller.Stage, on rows: TaughtRows, seed: UInt64
    ) async throws -> TaughtRows {
        guard let plan = settings.plan else { preconditionFailure("a chain's plan is settled") }
        var fits: [FitQueue.Fit] = []
        for fold in [nil] + rows.folds.indices.map({ $0 }) as [Int?] {
            var context = context(for: plan, holdingOut: fold, of: rows, seed: seed)
            context.peer = nil
            fits.append(
                FitQueue.Fit(
                    estimator: stage.model.estimator,
                    rows: try await rows.transferSet(plan, holdingOut: fold, seed: seed), context: context))
        }
        let models = try await setup.queue.models(fits, phase: "training \(stage.title)")
        return try rows.taught(by: models[0], copies: Array(models[1...]))
    }

    /// The student as the last stage, by copies that each have not seen a fold.
    func lastStage(_ student: Student) async throws -> Certificate.Stage {
        let fits = try await fits(student.model, by: student.choice.plan, folds: taught.folds.indices)
        let quality = fits.reduce(0) { $0 + $1.quality } / Double(fits.count)
        return Certificate.Stage(model: student.name, role: setup.distiller.lastRole, quality: quality)
    }
}

extension TaughtRows {
    /// The same rows with the answers of another teacher, out of fold by its copies, which have not seen their folds.
    fileprivate func taught(by teacher: any Model, copies: [any Model]) throws -> TaughtRows {
        func outOfFold(_ features: Matrix) -> Matrix {
            var answers = Matrix(rows: rows.count, columns: task.width)
            for (fold, copy) in zip(folds, copies) {
                answers.fill(fold, from: copy.outputs(for: features.selecting(rows: fold)))
            }
            return answers
        }
        let shown = views.map { views in
            let count = views.pictures.count ?? 0
            let all = (0..<count).map { outOfFold(views.pictures.view($0, of: features)) }
            return ViewAnswers(
                pictures: views.pictures, mixing: views.mixing,
                answers: count > 0 ? Matrix(joining: all) : Matrix(rows: 0, columns: 0), answersHolding: [])
        }
        return TaughtRows(
            problem: problem, encoder: encoder, features: features, answers: Answers(outOfFold(features), to: task),
            answersHolding: [], folds: folds,
            foldTeachers: try copies.map { try TeacherAnswers(ModelTeacher($0), for: task, of: kind) },
            teacher: try TeacherAnswers(ModelTeacher(teacher), for: task, of: kind), unlabeled: unlabeled, views: shown,
            dataKinds: dataKinds)
    }
}
