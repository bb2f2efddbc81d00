internal import Foundation

/// What a chat endpoint answers, as far as it is used.
struct ChatAnswer: Codable, Sendable {
    /// A token that was written, with the likeliest that might have stood there.
    struct Token: Codable, Sendable {
        struct Alternative: Codable, Sendable {
            let token: String
            let logprob: Double
        }

        let token: String
        let logprob: Double
        var likeliest: [Alternative]?

        private enum CodingKeys: String, CodingKey {
            case token, logprob
            case likeliest = "top_logprobs"
        }
    }

    struct Logprobs: Codable, Sendable { var content: [Token]? }
    struct Message: Codable, Sendable { var content: String? }
    struct Choice: Codable, Sendable {
        var message: Message?
        var logprobs: Logprobs?
    }
    struct Usage: Codable, Sendable {
        var read: Int?
        var written: Int?

        private enum CodingKeys: String, CodingKey {
            case read = "prompt_tokens"
            case written = "completion_tokens"
        }
    }

    var choices: [Choice]?
    var usage: Usage?

    /// What was written.
    var text: String { choices?.first?.message?.content ?? "" }
    /// The tokens, where the server tells how likely each was.
    var tokens: [Token]? {
        guard let tokens = choices?.first?.logprobs?.content, tokens.first?.likeliest?.isEmpty == false else {
            return nil
        }
        return tokens
    }
}
