/// An estimator, and what certificates and messages call it: a student, an assistant, a peer.
public struct NamedEstimator: Sendable {
    /// Its specification, such as `mlp[16]`.
    public let name: String
    /// How the model is trained.
    public let estimator: any Estimator

    /// An estimator under a name; nil names it by its family and the settings that are not the family's own.
    public init(_ estimator: any Estimator, named name: String? = nil) {
        (self.name, self.estimator) = (name ?? estimator.specification, estimator)
    }

    /// The estimator that a specification such as `mlp[64,32]` names.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for a family or an option that there is not.
    public init(parsing text: String, catalogue: Catalogue = .standard) throws {
        let specification = try Specification(text)
        self.init(try catalogue.families.named(specification.name).estimator(specification), named: text)
    }

    /// The family that it belongs to.
    public var family: Family { type(of: estimator).family }

    /// The estimator as a network's; nil for other families.
    var network: (any NetworkFitting)? { estimator as? any NetworkFitting }
}

extension Estimator {
    /// The family's name with the settings that are not its own, as a specification writes them: `mlp[16,epochs=5]`.
    public var specification: String {
        let family = Self.family
        guard let usual = try? family.estimator(Specification(family.name)), let own = try? JSONValue(encoding: self),
            let others = try? JSONValue(encoding: usual)
        else { return family.name }
        let options = Self.options(own, others)
        return options.isEmpty ? family.name : "\(family.name)[\(options.joined(separator: ","))]"
    }

    /// The options in which settings differ: lists first, as they stand without a name.
    private static func options(_ own: JSONValue, _ usual: JSONValue) -> [String] {
        guard case .object(let members) = own else { return [] }
        var (lists, named): ([String], [String]) = ([], [])
        for (key, value) in members.sorted(by: { $0.key < $1.key }) where value != usual[key] {
            switch value {
            case .object: named += options(value, usual[key] ?? .null)
            case .array(let values): lists += values.compactMap(\.option)
            default: if let option = value.option { named.append("\(key)=\(option)") }
            }
        }
        return lists + named
    }
}

extension JSONValue {
    /// A number, a text or a yes or no as an option has it.
    fileprivate var option: String? {
        switch self {
        case .bool(let value): "\(value)"
        case .number(let value): value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
        case .string(let value): value
        case .null, .array, .object: nil
        }
    }
}
