internal import Foundation

/// The JSON document in an artifact's header: all of it that is not a tensor.
struct ArtifactDocument: Codable {
    /// The format's version.
    let format: Int
    /// What is answered.
    let task: LearningTask
    /// The feature schema and how features are made.
    let encoder: FeatureEncoder
    /// The model's family.
    let family: String
    /// The model's settings.
    let settings: JSONValue
    /// How the model came to be.
    let metadata: ArtifactMetadata
    /// What the tensors of sets or intervals mean; nil where the file has none. Earlier versions of Attar read past it.
    let sets: PredictionSets.Record?
    /// How probabilities are scaled; nil for not at all.
    let calibration: TemperatureScaling?
    /// Which class is answered; nil for the likeliest.
    let rule: AnswerRule?

    init(
        format: Int, task: LearningTask, encoder: FeatureEncoder, family: String, settings: JSONValue,
        metadata: ArtifactMetadata, sets: PredictionSets.Record? = nil, calibration: TemperatureScaling? = nil,
        rule: AnswerRule? = nil
    ) {
        self.format = format
        self.task = task
        self.encoder = encoder
        self.family = family
        self.settings = settings
        self.metadata = metadata
        self.sets = sets
        self.calibration = calibration
        self.rule = rule
    }

    /// Version first: a document of a newer version may have any other shape.
    private struct Version: Decodable {
        let format: Int
        let attar: String
    }

    private enum CodingKeys: String, CodingKey {
        case format, attar, task, encoder, family, settings, sets, calibration
        case rule = "answerRule"
    }

    /// Parses the document.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`) where it is of a newer version or lacks a part.
    init(parsing text: String, path: String) throws {
        let version = try Self.decoded(Version.self, from: text, path: path)
        guard version.format <= Artifact.formatVersion else {
            throw AttarError(
                .malformedArtifact,
                "'\(path)' has format version \(version.format), written by attar \(version.attar), but this is attar "
                    + "\(AttarVersion.current), which reads up to version \(Artifact.formatVersion)",
                remedy: "Update attar to \(version.attar) or newer")
        }
        self = try Self.decoded(Self.self, from: text, path: path)
        // What a kind of task means is for those to know who judge answers: to give them, their form and names suffice.
        guard !task.names.isEmpty, Set(task.names).count == task.names.count else {
            throw SafetensorsFile.damaged(path, "its outputs have no names, or two of the same")
        }
    }

    private static func decoded<Part: Decodable>(_ part: Part.Type, from text: String, path: String) throws -> Part {
        do {
            return try JSONDecoder().decode(part, from: Data(text.utf8))
        } catch let error as AttarError {
            throw SafetensorsFile.damaged(path, error.problem, underlying: error)
        } catch {
            throw SafetensorsFile.damaged(path, "Attar's document in it cannot be read", underlying: error)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        format = try container.decode(Int.self, forKey: .format)
        task = try container.decode(LearningTask.self, forKey: .task)
        encoder = try container.decode(FeatureEncoder.self, forKey: .encoder)
        family = try container.decode(String.self, forKey: .family)
        settings = try container.decode(JSONValue.self, forKey: .settings)
        sets = try container.decodeIfPresent(PredictionSets.Record.self, forKey: .sets)
        calibration = try container.decodeIfPresent(TemperatureScaling.self, forKey: .calibration)
        rule = try container.decodeIfPresent(AnswerRule.self, forKey: .rule)
        metadata = try ArtifactMetadata(from: decoder)
    }

    /// One flat object: the record's keys stand beside the model's.
    func encode(to encoder: any Encoder) throws {
        try metadata.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(format, forKey: .format)
        try container.encode(AttarVersion.current, forKey: .attar)
        try container.encode(task, forKey: .task)
        try container.encode(self.encoder, forKey: .encoder)
        try container.encode(family, forKey: .family)
        try container.encode(settings, forKey: .settings)
        try container.encodeIfPresent(sets, forKey: .sets)
        try container.encodeIfPresent(calibration, forKey: .calibration)
        try container.encodeIfPresent(rule, forKey: .rule)
    }

    /// The calibration where there is one that fits the task.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`).
    var scaling: TemperatureScaling? {
        get throws {
            guard let calibration else { return nil }
            guard task.form == .probabilities, calibration.temperature > 0, calibration.temperature.isFinite else {
                throw AttarError(.malformedArtifact, "its calibration does not fit its task")
            }
            return calibration
        }
    }

    /// Which class is answered, where that fits the task.
    ///
    /// - Throws: `AttarError` (`malformedArtifact`).
    var answerRule: AnswerRule? {
        get throws {
            guard let rule else { return nil }
            guard task.form == .probabilities, rule.table.count == task.width else {
                throw AttarError(.malformedArtifact, "its rule of answers does not fit its task")
            }
            return rule
        }
    }

    /// The document as text with sorted keys.
    ///
    /// - Throws: `AttarError` (`unwritableFile`) where a number in it is not finite.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            throw AttarError(
                .unwritableFile, "the model cannot be stored: a number in it is not finite", underlying: error)
        }
    }
}
