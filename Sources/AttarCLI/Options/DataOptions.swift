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

/// The column to learn and how it is read; the same wherever labelled rows are read.
struct TargetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The column to learn.", valueName: "column"))
    var target: String?

    @Option(
        help: ArgumentHelp(
            "\(Catalogue.standard.tasks.names.joined(separator: ", ")); by default told from the target.",
            valueName: "kind"))
    var task: String?

    @Option(help: ArgumentHelp("The column of row weights.", valueName: "column"))
    var weights: String?

    @Option(
        help: ArgumentHelp(
            "The column of what rows belong to, such as a patient: no group is both learned from and tested on.",
            valueName: "column"))
    var group: String?

    @Option(help: ArgumentHelp("The column of the rows' times: the latest rows are tested on.", valueName: "column"))
    var time: String?

    /// The kind of task that was asked for.
    func kind() throws -> LearningTask.Kind? {
        guard let task else { return nil }
        return try Catalogue.standard.tasks.named(task).kind
    }
}

/// How rows are divided into those to learn from and those to test on, and how the former are seen.
struct TestOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Rows to test on, instead of some of DATA.", valueName: "data"))
    var test: String?

    @Option(help: ArgumentHelp("The share of rows to test on, 0.3 by default.", valueName: "share"))
    var testFraction: Double?

    @Option(help: ArgumentHelp("The number that all randomness follows from, 1 by default.", valueName: "number"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Worker threads; one a processor by default.", valueName: "count"))
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            "Changes to the pictures that networks learn from, such as shift=2,flip.", valueName: "changes"))
    var augment: String?

    @Option(
        help: ArgumentHelp(
            "How texts become features: ngrams, words, tokens or folded; by default what suits the model.",
            valueName: "way"))
    var text: String?

    @Option(
        help: ArgumentHelp("The tokenizer.json with which texts become the model's tokens.", valueName: "file"))
    var textTokenizer: String?
}

/// Where a run keeps how far it is.
struct CheckpointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder in which networks keep how far they are; the same command goes on there after a kill.",
            valueName: "folder"))
    var checkpoint: String?

    @Option(help: ArgumentHelp("The time between two savings, 10s by default.", valueName: "time"))
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
