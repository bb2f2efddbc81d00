internal import ArgumentParser
internal import Attar

/// Where the losses of a run can be watched.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of event files, in which TensorBoard shows losses while they fall, and the figures.",
            valueName: "folder"))
    var logDir: String?

    /// The log, if one is wanted.
    ///
    /// - Throws: `AttarError` (`unwritableFile`).
    func log() throws -> TrainingLog? { try logDir.map { try TrainingLog(folder: $0) } }
}
