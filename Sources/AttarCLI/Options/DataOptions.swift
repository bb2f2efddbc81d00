internal import ArgumentParser
internal import Attar

extension ArgumentHelp {
    /// Which files a command reads its rows from.
    static func data(_ rows: String) -> ArgumentHelp {
        """
        \(rows): a .csv, .csv.gz, .jsonl, .npy, .npz or IDX file, or a folder with a subfolder of PNG and JPEG pictures for each \
        class; - is CSV on standard input.
        """
    }
}

/// Rows to test on that come from a file of their own.
struct TestOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Rows to test on, instead of some of DATA.", valueName: "data"))
    var test: String?
}

/// Where a run keeps how far it is.
struct CheckpointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder in which networks keep how far they are; the same command goes on there after a kill.",
            valueName: "folder"))
    var checkpoint: String?

    @Option(help: ArgumentHelp("The time between two savings (default: 10s).", valueName: "time"))
    var checkpointEvery: String?

    /// The folder, if one is named.
    ///
    /// - Parameter data: the fingerprints of everything that is read.
    func folder(for recipe: Recipe, on data: [Fingerprint]) throws -> CheckpointFolder? {
        guard let checkpoint else { return nil }
        let seconds = try checkpointEvery.map { try Quantity<TimeUnit>($0).amount } ?? 10
        return try CheckpointFolder(checkpoint, every: .seconds(seconds), for: recipe, on: data)
    }
}
