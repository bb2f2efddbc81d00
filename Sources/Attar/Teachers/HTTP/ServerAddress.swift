internal import Foundation

/// The address of a server, which holds no secret.
package struct ServerAddress: Hashable, Sendable {
    /// The whole address; safe to show.
    package let text: String
    /// The server's name, in lower case.
    package let host: String
    /// Whether what is sent is encrypted.
    package let isSecure: Bool

    /// Words in the name of a query's member that say that its value is a secret.
    private static let secretWords = [
        "key", "token", "secret", "passw", "auth", "sig", "code", "credential", "session",
    ]

    /// Reads an address.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where it is none, or holds a secret, which would go into recipes and reports; the secret is not
    ///   repeated.
    package init(_ text: String) throws {
        let shown = Self.masked(text)
        guard var parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme)
        else {
            throw AttarError(
                .invalidSetting, "'\(shown)' is not the address of a server",
                remedy: "Write it as https://host/v1 or http://host:8000/v2/models/NAME")
        }
        let hasSecret = (parts.queryItems ?? []).contains { item in
            Self.secretWords.contains { item.name.lowercased().contains($0) }
        }
        guard parts.user == nil, parts.password == nil, !hasSecret else {
            throw AttarError(
                .invalidSetting, "'\(shown)' holds a secret, which would be written into recipes and reports",
                remedy:
                    "Leave it out, and put the key into the environment as ATTAR_API_KEY, or name its variable with --key-variable"
            )
        }
        parts.fragment = nil
        self.host = host.lowercased()
        self.text = parts.string ?? text
        isSecure = scheme == "https"
    }

    /// Whether the server runs on this machine.
    package var isLoopback: Bool {
        host == "localhost" || host == "::1" || host == "[::1]" || host.hasSuffix(".localhost")
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    /// Its path, without a slash at its end.
    package var path: String {
        let path = URLComponents(string: text)?.percentEncodedPath ?? ""
        return String(path.reversed().drop { $0 == "/" }.reversed())
    }

    /// The same server with another path.
    package func with(path: String) throws -> ServerAddress {
        guard var parts = URLComponents(string: text) else { return self }
        parts.percentEncodedPath = path
        return try ServerAddress(parts.string ?? text)
    }

    /// Any address as it may be shown: without user, password and the values of its query.
    package static func masked(_ text: String) -> String {
        var shown = text
        if let query = shown.firstIndex(where: { $0 == "?" || $0 == "#" }) { shown = shown[..<query] + "?…" }
        if let scheme = shown.range(of: "://") {
            let rest = shown[scheme.upperBound...]
            let host = rest.prefix { $0 != "/" && $0 != "?" }
            if let at = host.lastIndex(of: "@") {
                shown = shown[..<scheme.upperBound] + "…" + rest[at...]
            }
        }
        return String(shown.prefix(300))
    }
}
