/// The variables of the environment that hold keys, told by their names. A program that Attar starts does not see them, as it runs somebody else's
/// code and seldom needs them; one that does has them named with `--key-variable`.
package enum SecretVariables {
    /// Endings of names, such as those of OPENAI_API_KEY, HF_TOKEN, AWS_ACCESS_KEY_ID and GOOGLE_APPLICATION_CREDENTIALS.
    private static let endings = [
        "KEY", "APIKEY", "KEY_ID", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIALS",
    ]

    /// The names of an environment's variables that hold keys, in order, but for some that are wanted.
    package static func names(in environment: [String: String], except wanted: [String] = []) -> [String] {
        environment.keys.filter { name in
            let upper = name.uppercased()
            return endings.contains { upper == $0 || upper.hasSuffix("_\($0)") } && !wanted.contains(name)
        }.sorted()
    }
}
