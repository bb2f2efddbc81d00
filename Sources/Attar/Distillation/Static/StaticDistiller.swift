internal import Compute

/// Makes a static embedding of a text model: asks it about every token of its vocabulary, keeps the directions in which the answers vary
/// most, and weighs each token by how rare it is.
///
/// 1. Each token is asked about on its own, with the special tokens of a text around it.
/// 2. Principal components of all answers; the first `width` coordinates are kept.
/// 3. Each vector times a / (a + f), f the token's frequency: counted in the corpus, or without one from Zipf's law, 1 / (rank + 2) made to sum
///    to 1, the rank being the token's id. Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", ICLR 2017.
/// 4. With a corpus, the vectors are then trained so that the mean of a sentence's tokens points where the teacher's embedding of the
///    sentence does, turned to the same directions.
public struct StaticDistiller: Sendable {
    /// The settings of the student.
    public var student: StaticEstimator
    /// All randomness follows from it.
    public var seed: UInt64 = 1
    /// Threads for cutting texts into tokens.
    public var threads: Int?

    /// Sentences of a corpus that are held out to measure on, a tenth at most.
    private static let mostHeldOut = 500
    /// Sentences are cut to this many tokens for the teacher, unless it is told otherwise.
    private static let sentenceLength = 256

    /// A distiller of a student of the given settings.
    public init(_ student: StaticEstimator = StaticEstimator()) { self.student = student }

    /// Distils a teacher.
    ///
    /// - Parameters:
    ///   - path: the teacher's ONNX file.
    ///   - settings: how it is asked; `tokenizer` is needed.
    ///   - corpus: sentences to count tokens in and to train on; nil for none.
    ///   - test: sentences to measure on; nil takes a tenth of the corpus, and where there is none measures nothing.
    ///   - progress: told how far the run is; may stop it.
    /// - Throws: `AttarError`: `invalidSetting`, `unreadableFile`, `malformedData`, `unusableTeacher`, `stopped`.
    public func distilled(
        teacher path: String, settings: TeacherSettings, corpus: Dataset? = nil, test: Dataset? = nil,
        progress: @escaping ProgressHandler = { _ in .more }
    ) async throws -> StaticDistillation {
        try student.validate()
        try settings.validate()
        guard let file = settings.tokenizer else {
            throw AttarError(
                .invalidSetting, "a static embedding needs the teacher's tokenizer, and none is named",
                remedy: "Give its tokenizer.json with --tokenizer")
        }
        let (corpusTexts, testTexts) = (try corpus.map(Self.texts), try test.map(Self.texts))
        return try await onOwnThread { isCancelled in
            try distilled(
                TokenTeacher(path: path, settings: settings), path, Tokenizer(path: file), settings,
                corpus: corpusTexts?.texts, test: testTexts?.texts,
                column: corpusTexts?.name ?? testTexts?.name ?? "text",
                data: (corpus ?? test)?.fingerprint
            ) { event in
                if isCancelled() { throw CancellationError() }
                try report(event, to: progress)
            }
        }
    }

    /// The one column of texts of some rows.
    private static func texts(of rows: Dataset) throws -> (name: String, texts: [String]) {
        let columns = rows.columns.filter { $0.kind == .text || $0.kind == .categorical }
        let named = columns.first { ["text", "sentence"].contains($0.name) } ?? (columns.count == 1 ? columns[0] : nil)
        guard let column = named ?? columns.first(where: { $0.kind == .text }), let texts = column.texts else {
            throw AttarError(
                .schemaMismatch, "\(rows.source) has no column of texts",
                remedy: "Give sentences in a column named 'text'")
        }
        return (column.name, texts)
    }

    private func distilled(
        _ teacher: TokenTeacher, _ path: String, _ tokenizer: Tokenizer, _ settings: TeacherSettings,
        corpus: [String]?, test: [String]?, column: String, data: Fingerprint?, report: (RunProgress) throws -> Void
    ) throws -> StaticDistillation {
        let frame = tokenizer.frame
        let special = Set(tokenizer.specialIDs + [tokenizer.unknownID].compactMap(\.self))
        // What no text becomes, or what says nothing, has the vector 0.
        let tokens = tokenizer.vocabulary.indices.filter { id in
            let token = tokenizer.vocabulary[id]
            return !special.contains(Int32(id)) && !token.isEmpty && !token.hasPrefix("[unused")
        }
        let answers = try teacher.vectors(of: tokens.map { frame.prefix + [Int32($0)] + frame.suffix }) { done in
            try report(
                RunProgress(phase: "asking about each token", completed: done, total: tokens.count, unit: "tokens"))
        }
        guard answers.columns >= student.width else {
            throw AttarError(
                .invalidSetting,
                "static's width is \(student.width), but the teacher's vectors have \(answers.columns) numbers",
                remedy: "Give a width of at most \(answers.columns)")
        }
        let axes = PrincipalComponents(of: answers, count: student.width)
        let coordinates = axes.coordinates(of: answers)
        var (training, held) = Self.split(corpus, test: test, seed: seed)
        let limit = settings.maxTokens ?? Self.sentenceLength
        let weights = weights(tokenizer, training, tokens)
        var table = Matrix(rows: tokenizer.vocabulary.count, columns: student.width)
        for (row, id) in tokens.enumerated() {
            for place in 0..<student.width { table[id, place] = coordinates[row, place] * weights[id] }
        }
        func model(_ table: Matrix) -> StaticModel {
            StaticModel(table, tokenizer: tokenizer, column: column, length: student.length, isHalf: student.isHalf)
        }
        func asked(about texts: [String], _ phase: String) throws -> Matrix {
            let ids = tokenizer.encodeBatch(texts, maxLength: limit, threads: threads ?? availableThreads())
            return try teacher.vectors(of: ids) { done in
                try report(RunProgress(phase: phase, completed: done, total: texts.count, unit: "sentences"))
            }
        }
        let untrained = model(table)
        var trained: StaticModel?
        if let training, student.epochs > 0 {
            let targets = try asked(about: training, "asking about the corpus")
            try StaticTraining(student, seed: seed).train(
                &table, tokenizer.encodeBatch(training, maxLength: student.length, addsSpecialTokens: false),
                axes.coordinates(of: targets, centring: false), report)
            trained = model(table)
        }
        training = nil
        let certificate = try EmbeddingCertificate(
            trained ?? untrained, untrained: trained == nil ? nil : untrained, teacher: path, sentences: held,
            answers: held.map { try asked(about: $0, "asking about the test sentences") }, seed: seed,
            corpusSize: corpus.map { $0.count - (test == nil ? held?.count ?? 0 : 0) })
        held = nil
        let recipe = StaticRecipe(teacher: path, student: student, seed: seed, asking: settings)
        return StaticDistillation(
            artifact: Artifact(
                model: trained ?? untrained,
                metadata: ArtifactMetadata(
                    recipe: try JSONValue(encoding: recipe), seed: seed, dataFingerprint: data,
                    teacherFingerprint: try teacher.fingerprint(), certificate: try JSONValue(encoding: certificate))),
            certificate: certificate)
    }

    /// The sentences to train on and those to measure on.
    private static func split(
        _ corpus: [String]?, test: [String]?, seed: UInt64
    ) -> (training: [String]?, held: [String]?) {
        if let test { return (corpus, Array(test.prefix(mostHeldOut))) }
        guard let corpus, corpus.count >= 20 else { return (corpus, nil) }
        var generator = SeededGenerator(seed: seed, stream: "held out sentences")
        let order = Array(corpus.indices).shuffled(using: &generator)
        let count = min(mostHeldOut, corpus.count / 10)
        let held = Set(order.prefix(count))
        return (corpus.indices.filter { !held.contains($0) }.map { corpus[$0] }, held.sorted().map { corpus[$0] })
    }

    /// a / (a + f) for each id.
    private func weights(_ tokenizer: Tokenizer, _ corpus: [String]?, _ asked: [Int]) -> [Float] {
        var frequencies = [Double](repeating: 0, count: tokenizer.vocabulary.count)
        if let corpus {
            for ids in tokenizer.encodeBatch(corpus, addsSpecialTokens: false) {
                for id in ids { frequencies[Int(id)] += 1 }
            }
        } else {
            for (rank, id) in asked.enumerated() { frequencies[id] = 1 / Double(rank + 2) }
        }
        let total = max(frequencies.reduce(0, +), .leastNormalMagnitude)
        return frequencies.map { Float(student.smoothing / (student.smoothing + $0 / total)) }
    }
}

/// What distilling a text model to a static embedding gives.
public struct StaticDistillation: Sendable {
    /// The student with its record, ready to be written.
    public let artifact: Artifact
    /// The evidence on it.
    public let certificate: EmbeddingCertificate
}

/// What the artifact says of how it came to be.
private struct StaticRecipe: Encodable {
    let teacher: String
    let student: StaticEstimator
    let seed: UInt64
    let asking: TeacherSettings
}
