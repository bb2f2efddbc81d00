/// What stands in a registry: it is found by its name.
public protocol Registered: Sendable {
    /// The name, as command lines, recipes and files write it.
    var name: String { get }
}

/// The members behind one of Attar's doors, by name, in the order in which they are listed and tried. A value: adding a member gives another.
public struct Registry<Member: Registered>: Sendable {
    /// What a member is called in messages: "task", "model family".
    public let noun: String
    /// The members, in order.
    public private(set) var members: [Member]

    /// A registry of the given members.
    ///
    /// - Precondition: names are distinct.
    public init(_ noun: String, _ members: [Member]) {
        precondition(Set(members.map(\.name)).count == members.count, "each \(noun) has a name of its own")
        (self.noun, self.members) = (noun, members)
    }

    /// The members' names, in order.
    public var names: [String] { members.map(\.name) }

    /// The member of that name; nil where there is none.
    public subscript(name: String) -> Member? { members.first { $0.name == name } }

    /// The member of that name.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) with the nearest name where there is none.
    public func named(_ name: String) throws -> Member {
        if let member = self[name] { return member }
        throw AttarError(.invalidSetting, "there is no \(noun) '\(name)'", remedy: didYouMean(name, among: names))
    }

    /// The registry with a further member: at its end, or before the one of a name, as kinds of data need that would else be taken for a more general one.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where the name is taken, or there is none to stand before.
    public func adding(_ member: Member, before other: String? = nil) throws -> Registry {
        guard self[member.name] == nil else {
            throw AttarError(
                .invalidSetting, "there is a \(noun) '\(member.name)' already", remedy: "Register it under another name"
            )
        }
        let place = try other.map { name in
            _ = try named(name)
            return members.firstIndex { $0.name == name } ?? members.endIndex
        }
        var registry = self
        registry.members.insert(member, at: place ?? members.endIndex)
        return registry
    }
}
