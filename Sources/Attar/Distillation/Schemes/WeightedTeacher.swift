/// One of several teachers, and how much its answers count.
///
/// As text its path alone; in YAML also a mapping with the keys teacher and weight.
public struct WeightedTeacher: Hashable, Sendable {
    /// A path to an artifact, or `predictions:FILE`.
    public var teacher: String
    /// Its share of the mean answer in proportion to the others', above 0.
    public var weight: Double

    /// A teacher of the given weight.
    public init(_ teacher: String, weight: Double = 1) {
        (self.teacher, self.weight) = (teacher, weight)
    }
}

extension WeightedTeacher: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case teacher, weight
    }

    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.singleValueContainer(), let text = try? container.decode(String.self) {
            self.init(text)
            return
        }
        try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.stringValue), in: "an entry of teachers")
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(String.self, forKey: .teacher),
            weight: try container.decodeIfPresent(Double.self, forKey: .weight) ?? 1)
    }
}

extension [WeightedTeacher] {
    /// The teachers with weights given apart from them.
    ///
    /// - Parameter weights: one a teacher, separated by commas.
    /// - Throws: `AttarError` (`invalidSetting`) where their number is another, or one is no number.
    public func weighted(by weights: String) throws -> [WeightedTeacher] {
        let parts = weights.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == count else {
            throw AttarError(
                .invalidSetting, "there are \(count) teachers, but \(parts.count) weights: '\(weights)'",
                remedy: "Give one weight for each --teacher, in the same order, such as 0.7,0.3")
        }
        return try zip(self, parts).map { teacher, part in
            guard let weight = Double(part.filter { !$0.isWhitespace }) else {
                throw AttarError(.invalidSetting, "'\(part)' in the teachers' weights '\(weights)' is not a number")
            }
            return WeightedTeacher(teacher.teacher, weight: weight)
        }
    }

    /// For example "0.7 a.attar + 0.3 b.attar".
    var inWords: String { map { "\($0.weight) \($0.teacher)" }.joined(separator: " + ") }
}
