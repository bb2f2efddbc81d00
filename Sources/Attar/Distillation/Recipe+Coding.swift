internal import Yams

extension Recipe: Codable {
    /// The recipe that a YAML text describes; keys that are left out keep their defaults.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for an unknown key or a value of the wrong type, naming the key.
    public init(yaml: String, source: String, catalogue: Catalogue = .standard) throws {
        if yaml.allSatisfy(\.isWhitespace) {
            self.init()
            return
        }
        do {
            self = try YAMLDecoder().decode(
                Recipe.self, from: yaml, userInfo: [.catalogue: catalogue])
        } catch {
            throw Self.explained(error, source: source)
        }
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: RecipeSettings.all.map(\.name), in: "a recipe")
        let container = try decoder.container(keyedBy: SettingKey.self)
        self.init()
        for setting in RecipeSettings.all { try setting.decode(from: container, into: &values) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: SettingKey.self)
        for setting in RecipeSettings.all { try setting.encode(self, into: &container) }
    }

    /// What is wrong with a YAML recipe, from whatever its decoder throws.
    private static func explained(_ error: any Error, source: String) -> AttarError {
        let context: DecodingError.Context? =
            switch error as? DecodingError {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context): context
            case .dataCorrupted(let context): context
            default: nil
            }
        // The decoder wraps what `init(from:)` throws.
        if let own = (error as? AttarError) ?? (context?.underlyingError as? AttarError) {
            return AttarError(own.code, "\(source): \(own.problem)", remedy: own.remedy)
        }
        let key = context?.codingPath.map(\.stringValue).joined(separator: ".") ?? ""
        return AttarError(
            .invalidSetting,
            key.isEmpty
                ? "\(source) is no recipe" : "\(source): the value of '\(key)' has the wrong type",
            remedy: key.isEmpty ? "Write lines of 'key: value'" : "", underlying: error)
    }
}

extension Decoder {
    /// Refuses keys besides the known ones.
    ///
    /// - Parameter place: what is read, for the message: "a recipe".
    /// - Throws: `AttarError` (`invalidSetting`) with the nearest key.
    func refuseKeys(besides known: [String], in place: String) throws {
        for key in try container(keyedBy: SettingKey.self).allKeys where !known.contains(key.stringValue) {
            throw AttarError(
                .invalidSetting, "\(place) has no key '\(key.stringValue)'",
                remedy: didYouMean(key.stringValue, among: known))
        }
    }
}
