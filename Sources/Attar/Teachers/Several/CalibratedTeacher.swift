internal import Compute

/// A classifier whose probabilities are brought to mean what they say before they teach: a teacher that is too sure of itself says little about the
/// classes that it nearly took.
struct CalibratedTeacher: Teacher {
    let task: LearningTask
    let fingerprint: Fingerprint
    let answerNotes: [String]
    private let teacher: any Teacher
    private let scaling: TemperatureScaling

    /// A teacher whose logits are divided by a temperature.
    init(_ teacher: any Teacher, _ scaling: TemperatureScaling) {
        (self.teacher, self.scaling, task) = (teacher, scaling, teacher.task)
        let digits = (scaling.temperature * 100).rounded() / 100
        answerNotes =
            teacher.answerNotes + [
                "The teacher's probabilities were calibrated on the training rows' labels before they taught (temperature \(digits))"
            ]
        var hasher = FingerprintHasher()
        hasher.combine(teacher.fingerprint.hex)
        hasher.combine(scaling)
        fingerprint = hasher.finished()
    }

    var wrapped: [any Teacher] { [teacher] }

    func predict(_ rows: Dataset) async throws -> Answers {
        let outputs = try await teacher.predict(rows)
        let probabilities = outputs.kind == .logits ? outputs.matrix.softmax() : outputs.matrix
        return Answers(.probabilities, .dense(scaling.calibrated(probabilities)), known: outputs.known)
    }
}

/// A classifier that is calibrated on the rows that it is to teach about, once these are known.
///
/// Rows that the teacher was trained on make it look less sure than it should be, never more. So by default only a teacher that is too sure is
/// changed; `always` also sharpens one that is not sure enough.
package struct CalibratableTeacher: AdaptableTeacher {
    package let teacher: any Teacher
    /// Whether a teacher that is not sure enough is made surer.
    package let sharpens: Bool

    /// A teacher to be calibrated.
    package init(teacher: any Teacher, sharpens: Bool) {
        (self.teacher, self.sharpens) = (teacher, sharpens)
    }

    package var task: LearningTask { teacher.task }
    package var fingerprint: Fingerprint { teacher.fingerprint }
    package var wrapped: [any Teacher] { [teacher] }

    package func predict(_ rows: Dataset) async throws -> Answers { try await teacher.predict(rows) }

    package func adapted(to rows: Dataset) async throws -> any Teacher {
        guard task.form == .probabilities, let target = rows.target, target.task.form == .probabilities else {
            return teacher
        }
        let answers = try await TeacherAnswers(teacher, for: target.task).answers(to: rows)
        let known = answers.knownRows
        let outputs = answers.selecting(rows: known).matrix
        // Labels alone have nothing to calibrate.
        if outputs.elements.allSatisfy({ $0 == 0 || $0 == 1 }) { return teacher }
        let scaling = TemperatureScaling(
            fittedTo: outputs.centredLogits(lowest: TemperatureScaling.lowest), labels: known.map { target.labels[$0] },
            weights: rows.weights.map { weights in known.map { weights[$0] } })
        return sharpens || scaling.temperature > 1 ? CalibratedTeacher(teacher, scaling) : teacher
    }
}
