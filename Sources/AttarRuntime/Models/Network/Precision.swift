/// How a trained network keeps its numbers and computes with them. More may be added.
public struct Precision: Hashable, Codable, Sendable, RawRepresentable {
    public let rawValue: String

    /// A precision of the given name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// 32-bit floats.
    public static let float32 = Precision(rawValue: "float32")
    /// Weights and results of 8 bits, sums of 32: a quarter of the size. The network is trained in floats and quantised afterwards.
    public static let int8 = Precision(rawValue: "int8")

    /// Those that there are.
    package static let all: [Precision] = [float32, int8]

    /// Refuses a precision that there is not.
    ///
    /// - Parameter family: the family's name, for messages.
    /// - Throws: `AttarError` (`invalidSetting`) naming those that there are.
    package func validate(for family: String) throws {
        if !Self.all.contains(self) {
            throw AttarError(
                .invalidSetting, "\(family) has no precision '\(rawValue)'",
                remedy: "Give \(Self.all.map(\.rawValue).joined(separator: " or "))")
        }
    }
}
