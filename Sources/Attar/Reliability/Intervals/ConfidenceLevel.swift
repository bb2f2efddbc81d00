/// How sure an interval is.
package struct ConfidenceLevel: Hashable, Sendable {
    /// The probability below each end, from 0 to one half.
    let tail: Double
    /// The normal deviate that leaves it beyond.
    let deviate: Double
    /// Whether only one of the ends is used.
    let isOneSided: Bool

    /// 95 % between two ends.
    package static let twoSided = ConfidenceLevel(tail: 0.025, deviate: 1.959963984540054, isOneSided: false)
    /// 95 % on one side of one end.
    package static let oneSided = ConfidenceLevel(tail: 0.05, deviate: 1.6448536269514722, isOneSided: true)
}
