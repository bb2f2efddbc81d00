internal import Compute
internal import Synchronization

/// Models that are taught one by the other, from the teacher to the student's own teacher: teacher assistants, and the earlier generations of the
/// student itself.
///
/// - Assistants, models of sizes between teacher and student, where the gap between the two is wide. Source: Mirzadeh et al., "Improved Knowledge
///   Distillation via Teacher Assistant" (AAAI 2020), section 3.
/// - Generations: the same student, begun anew from other random numbers, taught by its predecessor. Source: Furlanello et al., "Born-Again Neural
///   Networks" (ICML 2018), section 3.
///
/// Each learns by the recipe's strategy and loss, and answers its successor's training rows out of fold, as a teacher does that Attar trains: each
/// stage costs one fit for each fold and one for all rows. The first stage's copies learn from copies of the
/// teacher that have not seen their fold either. Those of later stages learn from copies that have seen it, as copies for all pairs would cost too
/// much: what they repeat of a fold's labels has gone through two models, and their figures on it are too good. No test row is among them.
struct TeachingChain {
    /// How one stage did on rows that it had not seen.
    let stages: [Certificate.Stage]
    /// The rows with the last stage's answers.
    let taught: TaughtRows

    /// Trains the stages of a recipe, one after the other.
    init(
        _ recipe: Recipe, from teacher: TaughtRows, plan: TransferPlan, search: StudentSearch
    ) async throws {
        var taught = teacher
        var stages = [
            Certificate.Stage(model: recipe.teacherName, role: "teacher", quality: search.quality(of: teacher.answers))
        ]
        for (index, stage) in recipe.stages.enumerated() {
            let specification = try Specification(stage.name)
            let estimator = try Family.named(specification.name).estimator(specification)
            // The same network from the same random numbers would begin where its predecessor began.
            let seed = recipe.seed &+ UInt64(index + 1) << 32
            taught = try await search.trained(on: taught, estimator, plan, called: stage.title, seed: seed)
            let role =
                index < recipe.assistants.count ? "assistant" : "generation \(index - recipe.assistants.count + 1)"
            stages.append(
                Certificate.Stage(model: stage.name, role: role, quality: search.quality(of: taught.answers)))
        }
        (self.stages, self.taught) = (stages, taught)
    }
}

extension StudentSearch {
    /// A model's accuracy, or R², on the training rows, given answers to them by copies that had not seen them.
    func quality(of answers: Matrix) -> Double {
        let weights = taught.rows.weights ?? [Float](repeating: 1, count: taught.rows.count)
        let main = taught.kind.metrics.main
        let figures = taught.kind.judging.statistics(
            answers, taught.problem.truth, teacher: main.isToTeacher ? taught.answers : nil, weights: nil)
        return figures.values(weights: weights)[main] ?? 0
    }

    /// Trains a model on a teacher's answers, and a copy of it for each fold, and puts them into the teacher's place.
    fileprivate func trained(
        on rows: TaughtRows, _ estimator: any Estimator, _ plan: TransferPlan, called title: String, seed: UInt64
    ) async throws -> TaughtRows {
        var sets = [try await rows.transferSet(plan, holdingOut: nil, seed: seed)]
        for fold in rows.folds.indices { sets.append(try await rows.transferSet(plan, holdingOut: fold, seed: seed)) }
        let training = sets
        let done = Atomic(0)
        let models = try concurrently(training.count, threads: threads) { index in
            @Sendable func progress(_ inner: RunProgress? = nil) -> RunProgress {
                RunProgress(
                    phase: "training \(title)", completed: done.load(ordering: .relaxed), total: training.count,
                    unit: "fits", loss: inner?.loss, note: inner?.note)
            }
            try report(progress(), to: self.progress)
            let outer = self.progress
            let model = try estimator.fitted(
                to: training[index], validation: nil,
                context: FittingContext(
                    loss: loss, seed: seed, threads: max(1, threads / training.count),
                    progress: { outer(progress($0)) }, checkpoints: checkpoints))
            done.wrappingAdd(1, ordering: .relaxed)
            return model
        }
        return try rows.taught(by: models[0], copies: Array(models[1...]))
    }
}

extension StudentSearch {
    /// The student as the last stage, by copies that each have not seen a fold.
    func lastStage(_ student: Student) async throws -> Certificate.Stage {
        let fits = try await fits(
            student.estimator, by: student.choice.plan, named: student.name, count: taught.folds.count)
        let quality = fits.reduce(0) { $0 + $1.quality } / Double(fits.count)
        let role = recipe.generations > 1 ? "generation \(recipe.generations)" : "student"
        return Certificate.Stage(model: student.name, role: role, quality: quality)
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
        let answers = outOfFold(features)
        let shown = views.map { views in
            let count = views.pictures.count ?? 0
            let all = (0..<count).map { outOfFold(views.pictures.view($0, of: features)) }
            return ViewAnswers(
                pictures: views.pictures, mixing: views.mixing,
                answers: count > 0 ? Matrix(joining: all) : Matrix(rows: 0, columns: 0), answersHolding: [])
        }
        return TaughtRows(
            problem: problem, encoder: encoder, features: features, answers: answers,
            answersHolding: folds.map { _ in answers }, folds: folds,
            foldTeachers: try copies.map { try TeacherAnswers(ModelTeacher($0), for: task, of: kind) },
            teacher: try TeacherAnswers(ModelTeacher(teacher), for: task, of: kind), unlabeled: unlabeled, views: shown)
    }
}
