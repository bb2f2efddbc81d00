internal import Attar

/// An artifact in words, and as JSON.
struct Inspection {
    private let artifact: Artifact
    private let description: ModelDescription
    private let bytes: Int

    init(_ artifact: Artifact) throws {
        self.artifact = artifact
        description = artifact.model.description
        bytes = try artifact.encoded().count
    }

    private var task: LearningTask { artifact.model.task }
    private var encoder: FeatureEncoder { artifact.model.encoder }
    private var metadata: ArtifactMetadata { artifact.metadata }
    private var numbers: Int { description.tensors.values.reduce(0) { $0 + $1.shape.reduce(1, *) } }

    /// For decision trees, what they ask and answer.
    private var rules: String? {
        (artifact.model.uncalibrated as? TreeModel)?.rules()
    }

    /// Of a network, the hidden tensors that features can name.
    private var hidden: [HiddenTensor]? { (artifact.model.uncalibrated as? any TappableModel)?.hiddenTensors }

    /// One line a fact, then the rules of a tree.
    var text: String {
        var facts: [(String, String?)] = [
            ("family", "\(description.family) (\((try? Family.named(description.family).summary) ?? ""))"),
            ("task", "\(task.kind) of \(metadata.target.map { "'\($0)'" } ?? "an unnamed target")"),
            (Catalogue.standard.tasks[task.kind.rawValue]?.words.outputs ?? "outputs", Self.list(task.names)),
            ("columns", "\(encoder.columns.count): \(Self.list(encoder.columns.map(\.name)))"),
            ("features", "\(encoder.width)"),
            (
                "hidden tensors",
                hidden.map { Self.list($0.map { "\($0.name) (\($0.shape.map(String.init).joined(separator: ", ")))" }) }
            ),
            ("size", "\(bytes) bytes, \(numbers) numbers"),
            ("precision", description.hasBytes ? "int8" : description.hasHalves ? "float16" : "float32"),
            ("made", metadata.created),
            ("seed", metadata.seed.map(String.init)),
            (
                "teacher",
                Self.string(metadata.certificate?["choice"]?["teacher"]) ?? Self.string(metadata.recipe?["teacher"])
            ),
            ("fingerprint", artifact.model.fingerprint.short),
            ("teacher's fingerprint", metadata.teacherFingerprint?.short),
            ("data's fingerprint", metadata.dataFingerprint?.short),
            ("verdict", Self.string(metadata.certificate?["verdict"]?["text"])),
        ]
        facts.removeAll { $0.1 == nil }
        let width = facts.map(\.0.count).max() ?? 0
        var lines = facts.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + (value ?? "")
        }
        if let rules { lines += ["", "rules, in the columns' own units", rules] }
        return lines.joined(separator: "\n")
    }

    /// All of it, the columns' encoding and the certificate included.
    var json: JSONValue {
        get throws {
            var members: [String: JSONValue] = [
                "family": .string(description.family),
                "settings": description.settings,
                "task": .string(task.kind.rawValue),
                "names": .array(task.names.map(JSONValue.string)),
                "encoder": try JSONValue(encoding: encoder),
                "features": .number(Double(encoder.width)),
                "bytes": .number(Double(bytes)),
                "numbers": .number(Double(numbers)),
                "fingerprint": .string(artifact.model.fingerprint.hex),
                "formatVersion": .number(Double(artifact.formatVersion)),
                "precision": .string(description.hasBytes ? "int8" : description.hasHalves ? "float16" : "float32"),
            ]
            if let hidden { members["hiddenTensors"] = try JSONValue(encoding: hidden) }
            if let rules { members["rules"] = .string(rules) }
            if case .object(let record) = try JSONValue(encoding: metadata) {
                members.merge(record) { own, _ in own }
            }
            return .object(members)
        }
    }

    private static func string(_ value: JSONValue?) -> String? {
        if case .string(let text)? = value { text } else { nil }
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", … (\(names.count))" : "")
    }
}
