internal import Foundation

/// What a chat endpoint answers, as far as it is used.
struct ChatAnswer: Decodable, Sendable {
    /// A token that was written, with the likeliest that might have stood there.
    struct Token: Decodable, Sendable {
        struct Alternative: Decodable, Sendable {
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

    struct Logprobs: Decodable, Sendable { var content: [Token]? }
    struct Message: Decodable, Sendable {
        var content: Content?
        /// Why the model does not answer, where it says so apart.
        var refusal: String?
    }
    struct Choice: Decodable, Sendable {
        var message: Message?
        var logprobs: Logprobs?
        var finish: String?

        private enum CodingKeys: String, CodingKey {
            case message, logprobs
            case finish = "finish_reason"
        }
    }
    struct Usage: Decodable, Sendable {
        var read: Int?
        var written: Int?

        private enum CodingKeys: String, CodingKey {
            case read = "prompt_tokens"
            case written = "completion_tokens"
        }
    }

    /// A text, or parts of which some are texts.
    struct Content: Decodable, Sendable {
        private struct Part: Decodable { var text: String? }

        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let parts = try? container.decode([Part].self) {
                text = parts.compactMap(\.text).joined()
            } else {
                text = try container.decode(String.self)
            }
        }
    }

    /// An error in the place of an answer: an object with a message and perhaps a status, or a text.
    struct Fault: Decodable, Sendable {
        let message: String
        let status: Int?

        private enum CodingKeys: CodingKey { case message, code, status }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                (message, status) = (text, nil)
                return
            }
            let container = try decoder.container(keyedBy: CodingKeys.self)
            message = (try? container.decode(String.self, forKey: .message)) ?? "an error without a message"
            let codes = [CodingKeys.code, .status].compactMap { key in
                (try? container.decode(Int.self, forKey: key))
                    ?? (try? container.decode(String.self, forKey: key)).flatMap { Int($0) }
            }
            status = codes.first { (400...599).contains($0) }
        }
    }

    var choices: [Choice]?
    var usage: Usage?
    var error: Fault?

    /// What was written.
    var text: String { choices?.first?.message?.content?.text ?? "" }
    /// Whether the answer was cut off at the most tokens that it may have.
    var isCutOff: Bool { choices?.first?.finish == "length" }
    /// The error that stands in the place of an answer.
    var fault: Fault? { text.isEmpty ? error : nil }
    /// The tokens, where the server tells how likely each was.
    var tokens: [Token]? {
        guard let tokens = choices?.first?.logprobs?.content,
            tokens.contains(where: { $0.likeliest?.isEmpty == false })
        else { return nil }
        return tokens
    }

    /// An answer's body; nil where it is no chat endpoint's.
    init?(_ body: [UInt8]) {
        guard let answer = try? JSONDecoder().decode(ChatAnswer.self, from: Data(body)),
            answer.choices != nil || answer.error != nil
        else { return nil }
        self = answer
    }

    /// Why there is no class to be had from it, as a part of a sentence: "it …".
    ///
    /// - Parameter classes: the classes, as a list.
    func trouble(outside classes: String) -> (problem: String, remedy: String) {
        let clear = "Ask more clearly with --question"
        if let refusal = choices?.first?.message?.refusal, !refusal.isEmpty {
            return ("the model refuses: '\(refusal.prefix(120))'", clear)
        }
        if choices?.first?.finish == "content_filter" {
            return ("a content filter stops the answer", "Change the row or --question")
        }
        if isCutOff {
            let reasoning = ChatReasoning.answer(in: text).isUnfinished || text.isEmpty
            return (
                "the answer is cut off\(reasoning ? " before the model has answered" : ": '\(text.prefix(80))'")",
                "Give more --answer-tokens, such as 1024 where the model reasons before it answers"
            )
        }
        if text.isEmpty { return ("the model answers nothing", clear) }
        let answer = String(decoding: text.utf8.dropFirst(ChatReasoning.answer(in: text).start), as: UTF8.self)
        return (
            "the model answers '\(answer.prefix(80))', which is none of the classes \(classes)",
            "\(clear), or give another --teacher-model"
        )
    }
}
