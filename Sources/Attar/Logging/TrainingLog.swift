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
        for curve in certificate.evidence?.training ?? [] {
            for (epoch, loss) in curve.loss.enumerated() {
                file.add(loss, tag: "training loss/\(curve.model)", step: epoch + 1)
            }
            for (epoch, loss) in curve.validationLoss.enumerated() {
                file.add(loss, tag: "validation loss/\(curve.model)", step: epoch + 1)
            }
        }
        add(certificate.student, of: "student")
        add(certificate.labelsOnly, of: "labelsOnly")
        add(certificate.teacher, of: "teacher")
    }

    /// Notes a model's figures.
    public func add(_ figures: Certificate.Figures, of model: String) {
        for (metric, estimate) in figures.sorted(by: { $0.key < $1.key }) {
            file.add(estimate.value, tag: "\(metric)/\(model)", step: 0)
        }
    }
}
