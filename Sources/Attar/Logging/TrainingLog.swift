internal import Synchronization

/// Writes the losses of a run to a file that TensorBoard shows, while it runs, and its figures at the end.
public final class TrainingLog: Sendable {
    private let file: EventFile
    /// For each phase how many losses were written.
    private let steps = Mutex<[String: Int]>([:])

    /// A log in a folder, which is made where it is missing.
    ///
    /// - Throws: `AttarError` (`unwritableFile`).
    public init(folder: String) throws { file = try EventFile(in: folder) }

    /// A receiver of progress that notes losses, and hands everything on.
    ///
    /// Losses of fits that run side by side come under one tag, "loss/" and what is being done, a few a second.
    public func receiving(_ next: @escaping ProgressHandler) -> ProgressHandler {
        { [self] progress in
            if let loss = progress.loss, loss.isFinite {
                let step = steps.withLock { steps in
                    steps[progress.phase, default: 0] += 1
                    return steps[progress.phase, default: 0]
                }
                file.add(loss, tag: "loss/\(progress.phase)", step: step)
            }
            return next(progress)
        }
    }

    /// Notes figures, and the losses of the shipped fits epoch by epoch.
    public func add(_ certificate: Certificate) {
        for curve in certificate.evidence?.training ?? [] { add(curve) }
        add(certificate.student, of: "student")
        add(certificate.labelsOnly, of: "labelsOnly")
        add(certificate.teacher, of: "teacher")
    }

    /// Notes the losses of a model's fit epoch by epoch, where it was trained in epochs, and its figures.
    public func add(_ model: any Model, _ figures: Certificate.Figures) {
        if let curve = TrainingCurve("model", of: model, seed: 0) { add(curve) }
        add(figures, of: "model")
    }

    private func add(_ curve: TrainingCurve) {
        for (epoch, loss) in curve.loss.enumerated() {
            file.add(loss, tag: "training loss/\(curve.model)", step: epoch + 1)
        }
        for (epoch, loss) in curve.validationLoss.enumerated() {
            file.add(loss, tag: "validation loss/\(curve.model)", step: epoch + 1)
        }
    }

    /// Notes a model's figures.
    private func add(_ figures: Certificate.Figures, of model: String) {
        for (metric, estimate) in figures.sorted(by: { $0.key < $1.key }) {
            file.add(estimate.value, tag: "\(metric)/\(model)", step: 0)
        }
    }
}
