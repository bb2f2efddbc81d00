internal import Compute

/// What a teacher says of each token of a vocabulary, along the directions in which its answers vary most.
struct TokenVectors {
    /// The ids of the tokens of which something is known.
    let tokens: [Int]
    /// The directions.
    let axes: PrincipalComponents
    /// The answers along them, (tokens.count, width).
    let coordinates: Matrix

    /// Asks about every token that a text can become and that says something.
    ///
    /// - Parameters:
    ///   - column: the column of texts that whoever answers reads.
    ///   - width: how many directions are kept.
    /// - Throws: `AttarError` (`invalidSetting`) where the answers have fewer numbers; as asking does.
    init(_ tokenizer: Tokenizer, askedAt desk: any Desk, column: String, width: Int) throws {
        let special = Set(tokenizer.specialIDs + [tokenizer.unknownID].compactMap(\.self))
        let asked = tokenizer.vocabulary.indices.filter { id in
            let token = tokenizer.vocabulary[id]
            return !special.contains(Int32(id)) && !token.isEmpty && !token.hasPrefix("[unused")
        }
        let answers = try desk.answers(
            to: Self.rows(asked, of: tokenizer, for: desk, column: column), holdingOut: nil)
        let known = answers.knownRows
        guard !known.isEmpty else {
            throw AttarError(
                .unusableTeacher, "the \(RowFailure.unanswerable("any token of the vocabulary"))",
                remedy: "Give another teacher, or texts that it has answered as DATA")
        }
        tokens = known.map { asked[$0] }
        let own = answers.selecting(rows: known).matrix
        axes = try Self.axes(of: own, width: width)
        coordinates = axes.coordinates(of: own)
    }

    /// Looks for vectors whose means over texts come nearest to the answers to them, for who cannot be asked about a token alone: ridge regression.
    ///
    /// - Parameters:
    ///   - texts: the ids of each text's tokens.
    ///   - answers: the answers to the texts, one a text, one or more.
    ///   - width: how many directions are kept.
    /// - Throws: `AttarError` (`invalidSetting`) where the answers have fewer numbers.
    init(fittedTo texts: [[Int32]], answers: Matrix, width: Int) throws {
        axes = try Self.axes(of: answers, width: width)
        let ids = Set(texts.joined()).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
        tokens = ids.map(Int.init)
        coordinates = MeanRegression(texts: texts.map { $0.compactMap { places[$0] } }, tokens: ids.count)
            .vectors(axes.coordinates(of: answers, centring: false))
    }

    /// The directions in which answers vary most.
    private static func axes(of answers: Matrix, width: Int) throws -> PrincipalComponents {
        guard answers.columns >= width else {
            throw AttarError(
                .invalidSetting,
                "static's width is \(width), but the teacher's vectors have \(answers.columns) numbers",
                remedy: "Give a width of at most \(answers.columns)")
        }
        return PrincipalComponents(of: answers, count: width)
    }

    /// The tokens as rows: as ids with a text's special tokens around each where whoever answers reads the ids of this tokenizer, else as texts.
    private static func rows(
        _ tokens: [Int], of tokenizer: Tokenizer, for desk: any Desk, column: String
    ) -> Dataset {
        guard desk.tokenizer?.fingerprint == tokenizer.fingerprint else {
            return Dataset(
                source: "the vocabulary", columns: [Column(column, .text(tokens.map(tokenizer.text(ofToken:))))])
        }
        let frame = tokenizer.frame
        let ids = tokens.flatMap { frame.prefix.map(Float.init) + [Float($0)] + frame.suffix.map(Float.init) }
        let length = frame.prefix.count + 1 + frame.suffix.count
        return Dataset(
            source: "the vocabulary",
            columns: [Column(ONNXTokens.idsColumn, .tensor(ids, shape: [length]))])
    }
}
