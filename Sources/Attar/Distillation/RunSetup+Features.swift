internal import Compute

extension RunSetup {
    /// Refuses hidden tensors that student and teacher cannot have, before anything is trained.
    ///
    /// - Parameter teacher: the teacher's graph, nil where it has none.
    /// - Throws: `AttarError`: `invalidSetting`, `unusableTeacher`.
    func checkFeatures(_ teacher: Graph?) throws {
        guard !settings.features.isEmpty, let student = distiller.student else { return }
        let last = distiller.stages.last?.model
        let graph =
            last == nil
            ? teacher : try last?.network?.graph(for: encoder, outputs: task.width, isTraining: false)
        let name = last?.name ?? distiller.teacher.name
        guard let graph else {
            throw AttarError(
                .unusableTeacher,
                "features compare hidden tensors, which the teacher '\(name)' does not have or show",
                remedy: "Give a network, such as --teacher mlp or an .attar file of one, or leave features out")
        }
        guard let network = student.network else { return }
        _ = try FeatureConnection(
            settings.features, student: network.graph(for: encoder, outputs: task.width, isTraining: true),
            named: student.name, teacher: graph, named: name)
    }
}
