/// Packs a student and its certificate into an artifact, whose own size is one of the figures that it carries.
struct Packing {
    /// What the run started from.
    let setup: RunSetup
    /// The student that is shipped.
    let student: any Model
    /// Its twin, whose file would have the size that the certificate says; nil where there is none.
    let plain: (any Model)?
    /// Who taught.
    let teacher: any Teacher
    /// The rows that the student learned from.
    let learned: LearnedRows
    /// What makes sets or intervals of the student's answers.
    let sets: PredictionSets?

    /// The finished run.
    ///
    /// - Parameter evidence: kept beside the artifact, as it would outweigh a small student.
    func distillation(_ certificate: Certificate, _ evidence: Evidence) throws -> Distillation {
        var certificate = certificate
        let created = ArtifactMetadata().created
        certificate.provenance = Provenance(
            data: setup.data, test: setup.test.rows.fingerprint, student: student.fingerprint,
            teacher: teacher.fingerprint, seed: setup.settings.seed, created: created)
        if let model = teacher.model {
            let alone = Artifact(model: model, metadata: ArtifactMetadata(target: setup.training.rows.target?.name))
            certificate.teacher[.bytes] = Estimate(exactly: Double(try alone.encodedLength()))
        }
        try settleSizes(in: &certificate, created: created)
        let packed = try artifact(of: student, certificate, created: created)
        certificate.evidence = evidence
        return Distillation(
            student: student, teacher: teacher.model, artifact: packed, certificate: certificate)
    }

    /// A model's artifact with the certificate.
    private func artifact(of model: any Model, _ certificate: Certificate, created: String) throws -> Artifact {
        Artifact(
            model: model,
            metadata: ArtifactMetadata(
                target: setup.training.rows.target?.name, recipe: try JSONValue(encoding: setup.distiller.record),
                seed: certificate.seeds.shipped, dataFingerprint: setup.data,
                teacherFingerprint: teacher.fingerprint, learnedRows: learned,
                // Seven digits are more than any figure is known to, and keep the file small.
                certificate: try JSONValue(encoding: certificate).rounded(digits: 7), created: created),
            sets: sets)
    }

    /// Enters the sizes of both files, which stand in the files that they are the sizes of: the files are laid out once, with sizes of one digit, and each further digit
    /// lengthens them by one for each number of an estimate. A few rounds until the two are the same.
    private func settleSizes(in certificate: inout Certificate, created: String) throws {
        let none = Estimate(exactly: 0)
        certificate.student[.bytes] = none
        if plain != nil { certificate.labelsOnly[.bytes] = none }
        let layout = try artifact(of: student, certificate, created: created).layout()
        let other = try plain.map { try artifact(of: $0, certificate, created: created).layout() }
        var sizes = (student: 0, plain: 0)
        for _ in 0..<5 {
            certificate.student[.bytes] = Estimate(exactly: Double(sizes.student))
            if plain != nil { certificate.labelsOnly[.bytes] = Estimate(exactly: Double(sizes.plain)) }
            // Value, low and high.
            let further = 3 * ("\(sizes.student)\(plain == nil ? "0" : "\(sizes.plain)")".utf8.count - 2)
            let measured = (layout.length(further: further), other?.length(further: further) ?? 0)
            if measured == sizes { break }
            sizes = measured
        }
    }
}
