internal import Compute

/// What a file of trees holds, whichever library wrote it.
struct TreeFile: Sendable {
    /// The trees, over the features that they split on.
    var trees: RoutedTrees
    /// What becomes of the margins.
    var link: TreeLink
    /// What its features are.
    var features: TreeFileFeatures
    /// What a reader of the results has to know, in sentences without their full stops; each is about "the model".
    var notes: [String] = []

    /// Reads a file that XGBoost or LightGBM saved.
    ///
    /// - Throws: `AttarError`: `unreadableFile`, or `malformedData` naming the file and what is wrong in it.
    static func read(_ path: String) throws -> (file: TreeFile, fingerprint: Fingerprint) {
        let reader = try FileReader(path)
        let bytes = try reader.read(upTo: reader.size)
        do {
            let file = try TreeFile(bytes)
            var hasher = FingerprintHasher()
            hasher.combine(bytes: bytes)
            return (file, hasher.finished())
        } catch let error as AttarError {
            throw AttarError(
                error.code, "the trees in '\(path)' cannot be read: \(error.problem)", remedy: error.remedy,
                underlying: error.underlying)
        }
    }

    /// The file that bytes hold; told from its beginning what wrote it.
    init(_ bytes: [UInt8]) throws {
        switch TreeFileFormat(bytes) {
        case .lightGBM: self = try TreeFile(lightGBM: bytes)
        case .json: self = try TreeFile(xgboost: PackedJSON(parsing: bytes, dropping: Self.unused))
        case .universalBinaryJSON: self = try TreeFile(xgboost: UBJSONReader.value(of: bytes))
        case .foreign(let problem, let remedy): throw AttarError(.malformedData, problem, remedy: remedy)
        }
    }

    /// The lists of an XGBoost tree that say how it was grown. Large, and no part of its answers; the weights of multi-output leaves are under
    /// `base_weights` in some versions, so that list is kept.
    private static let unused: Set<String> = ["loss_changes", "sum_hessian", "parents"]

    init(trees: RoutedTrees, link: TreeLink, features: TreeFileFeatures, notes: [String] = []) {
        (self.trees, self.link, self.features, self.notes) = (trees, link, features, notes)
    }
}

/// What wrote a file, told from its first bytes.
enum TreeFileFormat {
    case lightGBM
    case json
    case universalBinaryJSON
    /// A file that is not read, and what to do.
    case foreign(problem: String, remedy: String)

    init(_ bytes: [UInt8]) {
        let beginning = bytes.prefix(64)
        func begins(with text: String) -> Bool { beginning.starts(with: text.utf8) }
        let firstLetter = beginning.first { $0 > 32 }
        if begins(with: "tree\n") || begins(with: "tree\r\n") {
            self = .lightGBM
        } else if begins(with: "booster[") || firstLetter == UInt8(ascii: "[") {
            self = .foreign(
                problem: "it is a dump of trees for people to read, which leaves out what a prediction needs",
                remedy: "Save the model with booster.save_model('model.json')")
        } else if begins(with: "{"), bytes.count > 1, "$#iUIlL".utf8.contains(bytes[1]) {
            self = .universalBinaryJSON
        } else if firstLetter == UInt8(ascii: "{") {
            self = .json
        } else if begins(with: "binf") || bytes.contains(0) {
            self = .foreign(
                problem: "it is in the binary form of XGBoost before 2.0, or no model at all",
                remedy: "Load it with the XGBoost that wrote it, and save it with booster.save_model('model.json')")
        } else {
            self = .foreign(
                problem: bytes.isEmpty ? "it is empty" : "it is no model that XGBoost or LightGBM saves",
                remedy: "Give the file that save_model wrote")
        }
    }
}
