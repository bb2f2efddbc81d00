/// Trains a student on a teacher's answers and the labels, and measures what that gained.
///
/// The test rows are split off first and asked once, at the end. Everything is chosen on folds of the training rows.
///
/// ```swift
/// var student = MLPEstimator()
/// student.hidden = [16]
/// let run = try await Distiller(student: student, teacher: .onnx("teacher.onnx")).distilled(on: train, test: test)
/// ```
public struct Distiller: Sendable {
    /// Who learns; nil tries the small sizes of each family that suits the rows.
    public var student: NamedEstimator?
    /// Who teaches.
    public var teacher: TeacherReference
    /// How the run is made.
    public var settings: DistillationSettings
    /// Where fits keep how far they are, so that a run that was killed goes on; nil for nowhere.
    public var checkpoints: CheckpointFolder?
    /// The tasks, families and evidence parts that there are.
    public let catalogue: Catalogue
    /// The recipe that it was made of, whose words the record keeps.
    let recipe: Recipe

    /// A distiller of a student.
    ///
    /// - Parameters:
    ///   - student: how it is trained; nil searches one.
    ///   - teacher: who teaches it.
    ///   - settings: how the run is made.
    ///   - catalogue: the tasks, families and evidence parts that there are.
    public init(
        student: (any Estimator)? = nil, teacher: TeacherReference,
        settings: DistillationSettings = DistillationSettings(), catalogue: Catalogue = .standard
    ) {
        (self.student, self.teacher) = (student.map { NamedEstimator($0) }, teacher)
        (self.settings, self.catalogue, recipe) = (settings, catalogue, Recipe())
    }

    /// A distiller that follows a recipe.
    ///
    /// - Parameters:
    ///   - recipe: what it says of student, teacher and settings is parsed; files are not opened.
    ///   - teacher: who teaches instead of whom the recipe names; nil for that.
    ///   - catalogue: the tasks, families and evidence parts that there are.
    /// - Throws: `AttarError` (`invalidSetting`) for a name that there is not, or settings that are out of range or do not go with each other.
    public init(_ recipe: Recipe, teacher: TeacherReference? = nil, catalogue: Catalogue = .standard) throws {
        student = try recipe.student.map { try NamedEstimator(parsing: $0, catalogue: catalogue) }
        self.teacher = try teacher ?? TeacherReference(recipe, catalogue: catalogue)
        settings = try DistillationSettings(recipe, catalogue: catalogue)
        (self.catalogue, self.recipe) = (catalogue, recipe)
        try validate()
    }

    /// What is asked for where rows have no target: what the settings say, else the one task that the student learns, or the teacher finds by itself.
    public var task: LearningTask.Kind? {
        settings.task ?? student?.estimator.onlyTask ?? teacher.estimator?.ownTask?.kind
    }

    /// Distils the teacher, and measures the student.
    ///
    /// A teacher that is to be trained learns from the training rows, and its answers to them are out of fold. One that exists is asked directly, so its answers may be
    /// in-sample.
    /// - Parameters:
    ///   - dataset: rows with their target where the task has one.
    ///   - test: rows to test on; nil splits `settings.testFraction` off the data set.
    ///   - unlabeled: more rows without labels, for the teacher to label.
    ///   - progress: told how far the run is; may stop it.
    /// - Throws: `AttarError`: `invalidSetting`, `invalidTarget`, `unusableTeacher`, `diverged`, `stopped`.
    public func distilled(
        on dataset: Dataset, test: Dataset? = nil, unlabeled: Dataset? = nil,
        progress: @escaping ProgressHandler = { _ in .more }
    ) async throws -> Distillation {
        try validate()
        try validateFolds()
        try validateCrossFitting(of: dataset, test: test)
        var opened = self
        opened.teacher = try teacher.opened(for: dataset, task: task, progress: progress)
        do {
            let prepared = try await opened.prepared(
                on: dataset, test: test, unlabeled: unlabeled, progress: progress)
            return try await prepared.setup.distiller.distilled(prepared)
        } catch let error as AttarError where error.code == .stopped {
            throw error.keeping(
                of: opened.teacher.teacher?.foreignTeachers ?? [],
                goesOn: "no student was written, and the next run takes them from there")
        }
    }

    /// Teaches and measures the student of a run that is prepared.
    private func distilled(_ prepared: Prepared) async throws -> Distillation {
        let setup = prepared.setup
        let run = try await taught(setup)
        return try await Certification(
            setup: setup, teacher: run.rows.teacher, student: run.student, fits: run.fits, stages: run.stages,
            partial: try await run.search.partialStudents(
                run.student, refitting: run.fits.seconds, seeds: run.fits.seeds.count),
            notes: prepared.notes + run.notes,
            taughtBaseline: setup.followedBaseline(run.rows), reruns: run.rows.reruns,
            crossFitted: settings.evidence == .cross ? try await crossFitted(setup.training.rows, setup) : nil
        ).distillation()
    }
}
