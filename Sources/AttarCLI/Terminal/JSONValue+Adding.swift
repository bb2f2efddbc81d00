internal import Attar

extension JSONValue {
    /// The object with one more member; without it where there is none.
    func adding(_ key: String, _ value: JSONValue?) -> JSONValue {
        guard case .object(var members) = self, let value else { return self }
        members[key] = value
        return .object(members)
    }

    /// The object with further members of text; null where there is none.
    func adding(_ texts: [String: String?]) -> JSONValue {
        guard case .object(var members) = self else { return self }
        for (key, text) in texts { members[key] = text.map(JSONValue.string) ?? .null }
        return .object(members)
    }
}
