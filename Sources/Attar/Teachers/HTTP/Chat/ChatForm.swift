/// What a chat endpoint is asked for beside the question. Servers differ in what they know, so what one refuses is left out from then on.
struct ChatForm: Hashable, Sendable {
    /// How the answer is tied to the classes.
    enum Tie: Hashable, Sendable {
        /// How likely each token was, which gives probabilities.
        case logprobs
        /// A JSON schema that allows the classes only.
        case schema
        /// The instruction alone.
        case instruction
    }

    var tie = Tie.logprobs
    var topLogprobs = 20
    var namesCompletionTokens = false
    var hasTemperature = true
    /// The most tokens of an answer; nil for as many as the classes take.
    var answerTokens: Int?

    /// The form after a refusal: without what the server says that it does not know; nil where that is not told.
    func after(refusal text: String) -> ChatForm? {
        var form = self
        let words = text.lowercased()
        if tie == .logprobs, words.contains("top_logprobs"), topLogprobs > 5 {
            form.topLogprobs = 5
        } else if tie == .logprobs, words.contains("logprob") {
            form.tie = .schema
        } else if tie == .schema, ["response_format", "json_schema", "schema"].contains(where: words.contains) {
            form.tie = .instruction
        } else if !namesCompletionTokens, words.contains("max_tokens") || words.contains("max_completion_tokens") {
            form.namesCompletionTokens = true
        } else if hasTemperature, words.contains("temperature") {
            form.hasTemperature = false
        } else {
            return nil
        }
        return form
    }

    /// The form without what tells how likely tokens were; nil where it has nothing of the kind.
    var withoutLogprobs: ChatForm? {
        guard tie == .logprobs else { return nil }
        var form = self
        form.tie = .schema
        return form
    }

    /// The body of a request.
    func body(model: String, instruction: String, question: String, classes: [String]) -> [UInt8] {
        var body = Array("{\"model\":".utf8) + JSONRows.text(model)
        body += Array(",\"messages\":[{\"role\":\"system\",\"content\":".utf8) + JSONRows.text(instruction)
        body += Array("},{\"role\":\"user\",\"content\":".utf8) + JSONRows.text(question) + Array("}]".utf8)
        if hasTemperature { body += Array(",\"temperature\":0".utf8) }
        // A token is at least a byte; an object around the class takes a dozen more.
        let longest = (classes.map(\.utf8.count).max() ?? 0) + 4
        let tokens = answerTokens ?? (tie == .schema ? longest + 16 : longest)
        body += Array(",\"\(namesCompletionTokens ? "max_completion_tokens" : "max_tokens")\":\(tokens)".utf8)
        switch tie {
        case .logprobs: body += Array(",\"logprobs\":true,\"top_logprobs\":\(topLogprobs)".utf8)
        case .schema:
            let names = classes.map { JSONRows.text($0) }.joined(separator: [UInt8(ascii: ",")])
            body += Array(
                ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"label\",\"strict\":true,\"schema\":{\"type\":\"object\",\"properties\":{\"label\":{\"type\":\"string\",\"enum\":["
                    .utf8)
            body += names + Array("]}},\"required\":[\"label\"],\"additionalProperties\":false}}}".utf8)
        case .instruction: break
        }
        return body + Array("}".utf8)
    }
}
