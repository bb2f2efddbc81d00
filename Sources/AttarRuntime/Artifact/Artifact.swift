/// A model with its record, as it lies in an `.attar` file: preprocessing, model, calibration and evidence in one.
///
/// The file is a valid safetensors file: the model's tensors in its body, and one JSON document under the key `attar` of the
/// header's `__metadata__`.
public struct Artifact: Sendable {
    /// The model.
    public let model: any Model
    /// How it came to be, and the evidence on it.
    public var metadata: ArtifactMetadata
    /// What makes sets of classes or intervals of values of the model's answers; nil where nothing is kept.
    public var sets: PredictionSets?

    /// An artifact of the given parts.
    public init(model: any Model, metadata: ArtifactMetadata, sets: PredictionSets? = nil) {
        self.model = model
        self.metadata = metadata
        self.sets = sets
    }

    /// The newest version of the format that is read.
    public static let formatVersion = 4

    /// The version of the format that the model is written in: 4 where it answers by a rule, 3 where its probabilities are calibrated, 2 where it holds tensors of bytes or halves,
    /// which earlier versions of Attar cannot read, else 1.
    public var formatVersion: Int { Self.formatVersion(of: model, model.description) }

    private static func formatVersion(of model: any Model, _ description: ModelDescription) -> Int {
        if model.answerRule != nil { return 4 }
        return model.calibration != nil ? 3 : description.hasBytes || description.hasHalves ? 2 : 1
    }

    /// The key of the JSON document in the header's texts.
    static let documentKey = "attar"

    /// The contents of the file.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where a number in the model is not finite.
    public func encoded() throws -> [UInt8] { try file().encoded() }

    /// How many bytes the file has, which is known without writing it.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where a number in the model is not finite.
    public func encodedLength() throws -> Int { try layout().length() }

    /// How long the parts of the file are.
    package func layout() throws -> SafetensorsFile.Layout { try file().layout() }

    private func file() throws -> SafetensorsFile {
        let description = model.description
        let document = ArtifactDocument(
            format: Self.formatVersion(of: model, description), task: model.task, encoder: model.encoder,
            family: description.family, settings: description.settings,
            metadata: metadata, sets: sets?.record, calibration: model.calibration,
            rule: model.answerRule)
        return SafetensorsFile(
            tensors: description.tensors.merging(sets?.tensors ?? [:]) { own, _ in own },
            metadata: [Self.documentKey: try document.text()])
    }

    /// Writes the file; an existing one is replaced only by the finished new one.
    ///
    /// - Throws: `AttarError` (`unwritableFile`).
    public func write(to path: String) throws {
        try OutputFile.write(encoded(), to: path)
    }

    /// Reads a file. Nothing in it is executed.
    ///
    /// - Parameter parts: the families whose models can be read.
    /// - Throws: `AttarError`: `unreadableFile` where it cannot be opened, `malformedArtifact` where it is truncated, damaged,
    ///   of a newer format version or no artifact at all.
    public static func read(_ path: String, parts: ModelParts = .standard) throws -> Artifact {
        try Artifact(SafetensorsFile.read(path, as: "an .attar file"), path: path, parts: parts)
    }

    /// Parses a file's contents.
    ///
    /// - Parameters:
    ///   - path: where they come from, for messages.
    ///   - parts: the families whose models can be read.
    /// - Throws: `AttarError` (`malformedArtifact`) as `read` does.
    public init(bytes: [UInt8], path: String, parts: ModelParts = .standard) throws {
        try self.init(SafetensorsFile(bytes: bytes, path: path, as: "an .attar file"), path: path, parts: parts)
    }

    private init(_ file: SafetensorsFile, path: String, parts: ModelParts) throws {
        guard let text = file.metadata[Self.documentKey] else {
            throw AttarError(
                .malformedArtifact,
                "'\(path)' is a safetensors file, but not an .attar file: it lacks Attar's document",
                remedy: "Give a file that 'attar train' or 'attar distill' wrote")
        }
        let document = try ArtifactDocument(parsing: text, path: path)
        do {
            let (own, kept) = PredictionSets.divided(file.tensors)
            let base = try parts.model(
                ModelDescription(family: document.family, settings: document.settings, tensors: own),
                task: document.task, encoder: document.encoder)
            let calibrated = try document.scaling.map { base.calibrated(by: $0) } ?? base
            model = calibrated.decided(by: try document.answerRule)
            sets = try document.sets.map {
                try PredictionSets($0, tensors: kept, task: document.task, inputs: document.encoder.width)
            }
        } catch let error as AttarError where error.code == .invalidSetting {
            // A family that is not among the parts: the file is whole.
            throw AttarError(
                .malformedArtifact, "'\(path)' cannot be read by this program: \(error.problem)",
                remedy: "Read it with a program that knows the family; in Swift with 'parts: .standard.adding(…)'",
                underlying: error)
        } catch let error as AttarError {
            throw SafetensorsFile.damaged(path, error.problem, underlying: error)
        } catch {
            throw SafetensorsFile.damaged(path, "its model cannot be read", underlying: error)
        }
        metadata = document.metadata
    }
}
