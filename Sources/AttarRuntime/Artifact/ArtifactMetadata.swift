internal import Foundation

/// What an artifact records besides the model: how it came to be, and the evidence on it.
public struct ArtifactMetadata: Hashable, Codable, Sendable {
    /// The column that the model answers.
    public var target: String?
    /// The recipe of the run.
    public var recipe: JSONValue?
    /// The seed that all randomness of the run followed from.
    public var seed: UInt64?
    /// The hash of the training data.
    public var dataFingerprint: Fingerprint?
    /// The hash of the teacher.
    public var teacherFingerprint: Fingerprint?
    /// The rows that the model learned from, as far as the file says.
    public var learnedRows: LearnedRows?
    /// The certificate, verdict included.
    public var certificate: JSONValue?
    /// When the model was made, in UTC, as in `2026-11-24T03:34:49Z`.
    public var created: String

    /// Metadata of an artifact that is made now. The environment's `SOURCE_DATE_EPOCH`, seconds since 1970, takes the clock's
    /// place where it is set, so that equal runs can write equal bytes.
    public init(
        target: String? = nil, recipe: JSONValue? = nil, seed: UInt64? = nil, dataFingerprint: Fingerprint? = nil,
        teacherFingerprint: Fingerprint? = nil, learnedRows: LearnedRows? = nil, certificate: JSONValue? = nil,
        created: String? = nil
    ) {
        self.target = target
        self.recipe = recipe
        self.seed = seed
        self.dataFingerprint = dataFingerprint
        self.teacherFingerprint = teacherFingerprint
        self.learnedRows = learnedRows
        self.certificate = certificate
        self.created = created ?? Self.now
    }

    private static var now: String {
        let fixed = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(TimeInterval.init)
        return (fixed.map(Date.init(timeIntervalSince1970:)) ?? Date()).formatted(.iso8601)
    }
}
