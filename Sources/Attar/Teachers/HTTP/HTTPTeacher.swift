internal import Foundation

/// Teachers behind a URL: what the address ends in says what protocol the server speaks.
public enum HTTPTeacher {
    /// The teacher at an address.
    ///
    /// `…/v2/models/NAME`, with `/versions/V` or without, is a model of the Open Inference Protocol (KServe v2); `…/v1` or
    /// `…/chat/completions` a language model that labels rows, as OpenAI's servers answer and many others do; `…/embeddings`, or `…/v1` where embeddings are asked
    /// for, a text model that answers with a point for each text.
    /// - Parameters:
    ///   - address: the address, without a secret in it.
    ///   - settings: how it is asked.
    ///   - rows: the rows that are to be answered, with their target if there is one.
    /// - Throws: `AttarError`: `invalidSetting` for an address that is neither, or holds a secret; `unusableTeacher` where the server cannot be
    ///   asked; `limitReached` where the limits allow not even the first question.
    public static func opened(_ address: String, settings: TeacherSettings, for rows: Dataset) throws -> any Teacher {
        try opened(
            address, settings: settings, for: rows, environment: ProcessInfo.processInfo.environment,
            retry: RetryPolicy())
    }

    /// The same with variables and waits of the caller's.
    package static func opened(
        _ text: String, settings: TeacherSettings, for rows: Dataset, environment: [String: String],
        retry: RetryPolicy, mostBytes: Int? = nil
    ) throws -> any Teacher {
        try settings.validate()
        var address = try ServerAddress(text)
        var path = address.path
        if path.hasSuffix("/v1") { path += settings.wantsEmbedding ? "/embeddings" : "/chat/completions" }
        let embeds = path.hasSuffix("/embeddings")
        let makesChat = path.hasSuffix("/chat/completions")
        if path.contains("/v2/models/"), path.hasSuffix("/infer") { path.removeLast("/infer".count) }
        guard makesChat || embeds || path.contains("/v2/models/") else {
            throw AttarError(
                .invalidSetting, "'\(address.text)' does not say what the server is",
                remedy:
                    "End it in /v2/models/NAME for the Open Inference Protocol, in /v1 for a chat endpoint as OpenAI's, or in /v1/embeddings for one of embeddings"
            )
        }
        address = try address.with(path: path)
        let server = try Server(
            address, settings: settings, environment: environment, retry: retry, limit: mostBytes ?? Server.mostBytes)
        do {
            if embeds { return try EmbeddingsTeacher(server, settings: settings, for: rows) }
            return makesChat
                ? try ChatTeacher(server, settings: settings, for: rows)
                : try InferenceTeacher(server, settings: settings, for: rows)
        } catch let limit as Meter.LimitReached {
            throw server.limitReached(limit, answered: 0, of: rows.count)
        }
    }
}
