/// The key to a server: it comes from the environment, goes into one header, and is never shown or written.
package struct ServerKey: Sendable {
    /// What is sent: "Bearer …".
    let header: String
    private let secret: String

    /// The variable that is looked at where none is named.
    package static let variable = "ATTAR_API_KEY"
    /// The variable with the key to OpenAI's own servers, which goes nowhere else.
    package static let openAIVariable = "OPENAI_API_KEY"

    /// The key for a server; nil where there is none.
    ///
    /// - Parameters:
    ///   - name: the variable that the user named, if any; it has to be there.
    ///   - environment: the variables.
    /// - Throws: `AttarError` (`invalidSetting`) where the named variable is not set, the key is none, or it would travel unencrypted.
    package init?(for address: ServerAddress, named name: String?, in environment: [String: String]) throws {
        let isOpenAI = address.host == "api.openai.com" || address.host.hasSuffix(".openai.com")
        let names = name.map { [$0] } ?? [Self.variable] + (isOpenAI ? [Self.openAIVariable] : [])
        guard let found = names.first(where: { environment[$0]?.isEmpty == false }), let secret = environment[found]
        else {
            guard let name else { return nil }
            throw AttarError(
                .invalidSetting, "The environment variable '\(name)', which is to hold the key, is not set",
                remedy: "Set it, or name another with --key-variable")
        }
        guard secret.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw AttarError(
                .invalidSetting, "The key in '\(found)' holds blanks or other characters that no key has",
                remedy: "Set it anew, without quotes or line breaks")
        }
        guard address.isSecure || address.isLoopback else {
            throw AttarError(
                .invalidSetting,
                "The key in '\(found)' would travel unencrypted to '\(address.text)'",
                remedy: "Use https://, or unset the variable if the server needs no key")
        }
        self.secret = secret
        header = "Authorization: Bearer \(secret)"
    }

    /// A text without the key, should a server repeat it.
    func hidden(in text: String) -> String {
        text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
    }
}
