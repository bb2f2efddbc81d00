internal import ArgumentParser
internal import Attar

/// `attar distill --student static[256]`: an embedding of a text model, without labels.
extension DistillCommand {
    /// The settings of the student where it is a static embedding; nil for others.
    func staticStudent(_ recipe: Recipe) throws -> StaticEstimator? {
        guard let text = recipe.student else { return nil }
        let specification = try Specification(text)
        return specification.name == Family.staticEmbedding.name ? try StaticEstimator(specification) : nil
    }

    /// Distils, writes and describes it.
    func runStatic(_ student: StaticEstimator, _ recipe: Recipe) async throws {
        let source = try TeacherSource(recipe.teacher)
        guard source.kind.name == TeacherKind.onnx.name else {
            throw AttarError(
                .invalidSetting,
                "static embeddings are distilled from a text model in an ONNX file, and the teacher is '\(recipe.teacher)'",
                remedy: "Give one with --teacher model.onnx --tokenizer tokenizer.json")
        }
        let teacher = source.reference
        try OutputPaths.check(
            [out], inputs: [data, corpus, options.recipe, teacher, recipe.asking.tokenizer])
        Interruption.takeOver()
        let display = ProgressDisplay(quiet: run.quiet)
        defer { display.clear() }
        func read(_ path: String?) throws -> Dataset? {
            try path.map { try Dataset.read($0, progress: display.handler) }
        }
        var distiller = StaticDistiller(student)
        distiller.seed = recipe.seed
        distiller.threads = recipe.threads
        let distillation = try await distiller.distilled(
            teacher: teacher, settings: recipe.asking, corpus: read(corpus), test: read(data),
            progress: display.handler)
        try distillation.artifact.write(to: out)
        display.clear()
        let figures = distillation.certificate.student
        let size = Metric.bytes.figure(figures["bytes"]?.value ?? 0)
        let speed = figures["sentencesPerSecond"].map { ", \(Int($0.value)) sentences a second on one thread" } ?? ""
        Console.note("\(recipe.student ?? "static") taught by \(teacher): \(size)\(speed)")
        Console.note(distillation.certificate.verdict.text)
        Console.note("wrote \(out)")
        if run.json {
            try Console.print(json: JSONValue(encoding: distillation.certificate).adding(["artifact": out]))
        }
        if let require = recipe.require {
            try RequirementOptions.enforce(
                Requirement(require).failures(
                    student: figures, labelsOnly: [:], teacher: [:], verdict: distillation.certificate.verdict))
        }
    }
}
