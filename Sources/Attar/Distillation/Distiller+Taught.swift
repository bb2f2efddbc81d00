extension Distiller {
    /// What one run over some rows comes to before it is measured.
    struct Taught {
        /// The rows and the teacher's answers, before any chain.
        let rows: TaughtRows
        /// How each model of a chain did; empty where there is none.
        let stages: [Certificate.Stage]
        /// Where students are chosen and fitted.
        let search: StudentSearch
        /// What was chosen.
        let student: StudentSearch.Student
        /// The student and its twin, for each seed.
        let fits: RefittedStudents
        /// What a reader has to know.
        let notes: [String]
    }

    /// Asks or trains the teacher, chooses the student and trains it on all training rows.
    func taught(_ setup: RunSetup) async throws -> Taught {
        let (taught, notes) = try await setup.taughtRows()
        var search = StudentSearch(setup, taught)
        var stages: [Certificate.Stage] = []
        if !setup.distiller.stages.isEmpty {
            let chain = try await TeachingChain(setup, from: taught, search: search)
            (stages, search.taught) = (chain.stages, chain.taught)
        }
        search.taught.hiddenTerms = settings.features
        let chosen = try await search.student()
        if !stages.isEmpty { stages.append(try await search.lastStage(chosen)) }
        let fits = try await search.refitted(chosen)
        let untried = search.clock.note(settings.budget.timeBudget)
        return Taught(
            rows: taught, stages: stages, search: search, student: chosen, fits: fits,
            notes: setup.unread.compactMap(\.note) + notes + chosen.notes + [untried].compactMap { $0 })
    }
}
