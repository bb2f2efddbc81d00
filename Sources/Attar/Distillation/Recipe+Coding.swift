internal import Yams

extension Recipe: Codable {
    /// The keys of a recipe's YAML, one a member.
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case target, task, weights, teacher, teachers, learnsWeights, asking, assistants, generations, peer, student,
            aim, strategy, loss,
            temperature, labelShare, features, synthesised,
            augment, text, textTokenizer
        case views, folds, testFraction, seeds, seed, threads, evidence, sets, metric, allowEmpty, maxLatency, maxSize,
            timeBudget,
            thresholds, require
    }

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
        try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.stringValue), in: "a recipe")
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func fill<Value: Decodable>(_ member: inout Value, _ key: CodingKeys) throws {
            if let value = try values.decodeIfPresent(Value.self, forKey: key) { member = value }
        }
        func fill<Value: Decodable>(_ member: inout Value?, _ key: CodingKeys) throws {
            if let value = try values.decodeIfPresent(Value.self, forKey: key) { member = value }
        }
        self.init()
        try fill(&target, .target)
        try fill(&task, .task)
        try fill(&weights, .weights)
        try fill(&teacher, .teacher)
        try fill(&teachers, .teachers)
        try fill(&learnsWeights, .learnsWeights)
        try fill(&asking, .asking)
        try fill(&assistants, .assistants)
        try fill(&generations, .generations)
        try fill(&peer, .peer)
        try fill(&student, .student)
        try fill(&aim, .aim)
        try fill(&strategy, .strategy)
        try fill(&loss, .loss)
        try fill(&temperature, .temperature)
        try fill(&labelShare, .labelShare)
        try fill(&features, .features)
        try fill(&synthesised, .synthesised)
        try fill(&augment, .augment)
        try fill(&text, .text)
        try fill(&textTokenizer, .textTokenizer)
        try fill(&views, .views)
        try fill(&folds, .folds)
        try fill(&testFraction, .testFraction)
        try fill(&seeds, .seeds)
        try fill(&seed, .seed)
        try fill(&threads, .threads)
        try fill(&evidence, .evidence)
        try fill(&sets, .sets)
        try fill(&metric, .metric)
        try fill(&allowEmpty, .allowEmpty)
        try fill(&budget.maxLatency, .maxLatency)
        try fill(&budget.maxSize, .maxSize)
        try fill(&budget.timeBudget, .timeBudget)
        try fill(&thresholds, .thresholds)
        try fill(&require, .require)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(target, forKey: .target)
        try values.encodeIfPresent(task, forKey: .task)
        try values.encodeIfPresent(weights, forKey: .weights)
        if teachers.isEmpty {
            try values.encode(teacher, forKey: .teacher)
        } else {
            try values.encode(teachers, forKey: .teachers)
        }
        if learnsWeights { try values.encode(true, forKey: .learnsWeights) }
        if asking != TeacherSettings() { try values.encode(asking, forKey: .asking) }
        if !assistants.isEmpty { try values.encode(assistants, forKey: .assistants) }
        if generations != 1 { try values.encode(generations, forKey: .generations) }
        try values.encodeIfPresent(peer, forKey: .peer)
        try values.encodeIfPresent(student, forKey: .student)
        if aim != .quality { try values.encode(aim, forKey: .aim) }
        try values.encode(strategy, forKey: .strategy)
        try values.encodeIfPresent(loss, forKey: .loss)
        try values.encodeIfPresent(temperature, forKey: .temperature)
        try values.encodeIfPresent(labelShare, forKey: .labelShare)
        if !features.isEmpty { try values.encode(features, forKey: .features) }
        try values.encode(synthesised, forKey: .synthesised)
        try values.encodeIfPresent(augment, forKey: .augment)
        if augment != nil { try values.encode(views, forKey: .views) }
        try values.encodeIfPresent(text, forKey: .text)
        try values.encodeIfPresent(textTokenizer, forKey: .textTokenizer)
        try values.encode(folds, forKey: .folds)
        try values.encode(testFraction, forKey: .testFraction)
        try values.encode(seeds, forKey: .seeds)
        try values.encode(seed, forKey: .seed)
        try values.encodeIfPresent(threads, forKey: .threads)
        if evidence != .auto { try values.encode(evidence, forKey: .evidence) }
        try values.encodeIfPresent(sets, forKey: .sets)
        try values.encodeIfPresent(metric, forKey: .metric)
        if allowEmpty { try values.encode(allowEmpty, forKey: .allowEmpty) }
        try values.encodeIfPresent(budget.maxLatency, forKey: .maxLatency)
        try values.encodeIfPresent(budget.maxSize, forKey: .maxSize)
        try values.encodeIfPresent(budget.timeBudget, forKey: .timeBudget)
        if thresholds != Thresholds() { try values.encode(thresholds, forKey: .thresholds) }
        try values.encodeIfPresent(require, forKey: .require)
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

/// Any key, to find those that a mapping should not have.
private struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension Decoder {
    /// Refuses keys besides the known ones.
    ///
    /// - Parameter place: what is read, for the message: "a recipe".
    /// - Throws: `AttarError` (`invalidSetting`) with the nearest key.
    func refuseKeys(besides known: [String], in place: String) throws {
        for key in try container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw AttarError(
                .invalidSetting, "\(place) has no key '\(key.stringValue)'",
                remedy: didYouMean(key.stringValue, among: known))
        }
    }
}
