/// One entry of a recipe's `features`: which hidden tensors are compared, and how much that counts.
///
/// As text: `hint`, `hint:conv1>conv0` with the teacher's tensor before the student's, `similarity,weight=500`.
public struct FeatureTerm: Hashable, Sendable {
    /// How the tensors are compared.
    public var loss: FeatureLoss
    /// The name of the teacher's tensor; nil takes the last hidden one that the loss can compare.
    public var teacher: String?
    /// The name of the student's tensor; nil takes the last hidden one that the loss can compare.
    public var student: String?
    /// The factor before the loss, above 0; nil takes the published one.
    public var weight: Double?

    /// An entry of the given parts.
    public init(_ loss: FeatureLoss, teacher: String? = nil, student: String? = nil, weight: Double? = nil) {
        (self.loss, self.teacher, self.student, self.weight) = (loss, teacher, student, weight)
    }

    /// Parses the text form.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where it is none.
    public init(_ text: String) throws {
        let compact = text.filter { !$0.isWhitespace }
        let malformed = AttarError(
            .invalidSetting, "'\(text)' is no entry of features",
            remedy: "Write it as hint, hint:TEACHER_TENSOR>STUDENT_TENSOR or similarity,weight=500")
        var options = compact.split(separator: ",", omittingEmptySubsequences: false)
        let head = options.removeFirst().split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        loss = FeatureLoss(rawValue: String(head[0]))
        if head.count == 2 {
            let names = head[1].split(separator: ">", omittingEmptySubsequences: false)
            guard names.count == 2, names.contains(where: { !$0.isEmpty }) else { throw malformed }
            teacher = names[0].isEmpty ? nil : String(names[0])
            student = names[1].isEmpty ? nil : String(names[1])
        }
        for option in options {
            guard option.hasPrefix("weight="), weight == nil, let value = Double(option.dropFirst("weight=".count))
            else { throw malformed }
            weight = value
        }
        try validate()
    }

    /// The factor before the loss.
    var factor: Double { weight ?? loss.publishedWeight }

    /// Refuses a loss that there is not, and a weight out of range.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    public func validate() throws {
        guard loss.comparison != nil else {
            throw AttarError(
                .invalidSetting, "there is no feature loss '\(loss.rawValue)'",
                remedy: didYouMean(loss.rawValue, among: FeatureLoss.names))
        }
        guard factor > 0, factor.isFinite else {
            throw AttarError(
                .invalidSetting, "the weight of the feature loss '\(loss.rawValue)' is \(factor), but must be above 0")
        }
    }
}

extension FeatureTerm: CustomStringConvertible {
    /// The text form.
    public var description: String {
        let tensors = teacher == nil && student == nil ? "" : ":\(teacher ?? "")>\(student ?? "")"
        return loss.rawValue + tensors + (weight.map { ",weight=\($0)" } ?? "")
    }
}

extension FeatureTerm: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case loss, teacher, student, weight
    }

    /// Reads the text form, or a mapping with the keys loss, teacher, student and weight.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.singleValueContainer(), let text = try? container.decode(String.self) {
            try self.init(text)
            return
        }
        try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.stringValue), in: "an entry of features")
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            FeatureLoss(rawValue: try container.decode(String.self, forKey: .loss)),
            teacher: try container.decodeIfPresent(String.self, forKey: .teacher),
            student: try container.decodeIfPresent(String.self, forKey: .student),
            weight: try container.decodeIfPresent(Double.self, forKey: .weight))
        try validate()
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
