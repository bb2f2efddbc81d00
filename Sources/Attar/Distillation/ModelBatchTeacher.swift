internal import Compute

/// A model that answers batches while a student trains: it reads the student's features, brought into its own units.
final class ModelBatchTeacher: BatchTeacher {
    private let model: any Model
    /// For each channel what a student's feature is times and plus, to be the teacher's; empty where they are the same.
    private let factors: [Float]
    private let offsets: [Float]
    private let width: Int

    /// A teacher for students that read pictures through the given encoder.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where it is no model, has other classes, or reads other pictures.
    init(_ answers: TeacherAnswers, reading encoder: FeatureEncoder) throws {
        guard let model = answers.teacher.model, model.task == answers.task,
            model.encoder.layout == encoder.layout
        else {
            throw AttarError(
                .unusableTeacher,
                "the teacher cannot be asked about each batch: it is no model that reads these pictures for these classes in this order",
                remedy: "Use --views 8, which asks it beforehand")
        }
        self.model = model
        width = model.encoder.width
        if model.encoder == encoder {
            (factors, offsets) = ([], [])
        } else {
            let (own, students) = (model.encoder.columns[0], encoder.columns[0])
            factors = zip(students.deviations, own.deviations).map { $0 / $1 }
            offsets = own.means.indices.map { (students.means[$0] - own.means[$0]) / own.deviations[$0] }
        }
    }

    func answer(
        _ features: UnsafePointer<Float>, rows: Int, into softTargets: UnsafeMutablePointer<Float>
    ) {
        var elements = Array(UnsafeBufferPointer(start: features, count: rows * width))
        if !factors.isEmpty {
            for index in elements.indices {
                let channel = index % factors.count
                elements[index] = elements[index] * factors[channel] + offsets[channel]
            }
        }
        let answers = model.outputs(for: Matrix(rows: rows, columns: width, elements: elements)).matrix
        let targets = TeacherAnswers.softTargets(answers, for: model.task)
        softTargets.update(from: targets.elements, count: targets.elements.count)
    }
}
