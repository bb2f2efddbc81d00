extension TeacherKind {
    /// Answers in a file, row by row: `predictions:FILE`, or `predictions:FILE[logits]` where they are logits.
    public static let predictions = TeacherKind(
        name: "predictions", form: "predictions:FILE", prefixes: ["predictions:"], traits: .knownRowsOnly,
        shown: { parts(of: $0).path },
        read: { reference, _ in
            guard !parts(of: reference).path.isEmpty else {
                throw AttarError(
                    .invalidSetting, "'predictions:\(reference)' names no file",
                    remedy: "Write it as predictions:answers.csv")
            }
            return reference
        },
        opened: { reference, settings, rows, _ in
            let (path, kind) = parts(of: reference)
            return try PredictionsFile(
                PredictionsFile.contents(path, for: rows, named: settings.task), path: path, kind: kind, for: rows,
                named: settings.task)
        })

    /// The path, and what its numbers are where that is said.
    private static func parts(of reference: String) -> (path: String, kind: Answers.Kind?) {
        let mark = "[logits]"
        return reference.hasSuffix(mark) ? (String(reference.dropLast(mark.count)), .logits) : (reference, nil)
    }
}
