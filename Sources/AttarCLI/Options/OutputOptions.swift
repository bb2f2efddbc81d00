internal import ArgumentParser

/// How results are shown; the same for all subcommands.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON document to standard output, and nothing else there.")
    var json = false
}

/// How results are shown by subcommands that run for a while.
struct RunOptions: ParsableArguments {
    @Flag(help: "Print one JSON document to standard output, and nothing else there.")
    var json = false

    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false
}
