internal import Foundation

/// Teachers behind a URL: what the address ends in says what protocol the server speaks.
public enum HTTPTeacher {
    /// The teacher at an address.
    ///
    /// `…/v2/models/NAME`, with `/versions/V` or without, is a model of the Open Inference Protocol (KServe v2); `…/v1` or
    /// `…/chat/completions` a language model that labels rows, as OpenAI's servers answer and many others do.
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
        let makesChat = path.hasSuffix("/v1") || path.hasSuffix("/chat/completions")
        if path.hasSuffix("/v1") { path += "/chat/completions" }
        if path.contains("/v2/models/"), path.hasSuffix("/infer") { path.removeLast("/infer".count) }
        guard makesChat || path.contains("/v2/models/") else {
            throw AttarError(
                .invalidSetting, "'\(address.text)' does not say what the server is",
                remedy:
                    "End it in /v2/models/NAME for the Open Inference Protocol, or in /v1 for a chat endpoint as OpenAI's"
            )
        }
        address = try address.with(path: path)
        let server = try Server(
            address, settings: settings, environment: environment, retry: retry, limit: mostBytes ?? Server.mostBytes)
        do {
            return makesChat
                ? try ChatTeacher(server, settings: settings, for: rows)
                : try InferenceTeacher(server, settings: settings, for: rows)
        } catch let limit as Meter.LimitReached {
            throw server.limitReached(limit, answered: 0, of: rows.count)
        }
    }
}
