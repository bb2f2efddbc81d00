/// What a student has to keep to be shipped. Part of a recipe, under `thresholds`.
public struct Thresholds: Hashable, Sendable {
    /// The most that the student's accuracy, or R², may lie below the teacher's at 95 % confidence.
    public var deficit = 0.05
    /// The most rows, as a share, that the teacher answers rightly and the student wrongly.
    public var negativeFlips = 0.03
    /// The highest expected calibration error.
    public var calibrationError = 0.05
    /// The most by which the share of a class's rows that is found may lie measurably below the teacher's.
    public var recallDeficit = 0.2
    /// The most slices on which the student falls behind.
    public var sliceRegressions = 0
    /// The least of the clean agreement with the teacher that is left, mean over all corruptions.
    public var agreementUnderShift = 0.5
    /// The share of wrong answers that a guard may let through.
    public var guardedRisk = 0.05

    /// The thresholds that hold where a recipe names none.
    public init() {}
}

extension Thresholds: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case deficit, negativeFlips, calibrationError, recallDeficit, sliceRegressions, agreementUnderShift, guardedRisk
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.stringValue), in: "thresholds")
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        deficit = try values.decodeIfPresent(Double.self, forKey: .deficit) ?? deficit
        negativeFlips = try values.decodeIfPresent(Double.self, forKey: .negativeFlips) ?? negativeFlips
        calibrationError = try values.decodeIfPresent(Double.self, forKey: .calibrationError) ?? calibrationError
        recallDeficit = try values.decodeIfPresent(Double.self, forKey: .recallDeficit) ?? recallDeficit
        sliceRegressions = try values.decodeIfPresent(Int.self, forKey: .sliceRegressions) ?? sliceRegressions
        agreementUnderShift =
            try values.decodeIfPresent(Double.self, forKey: .agreementUnderShift) ?? agreementUnderShift
        guardedRisk = try values.decodeIfPresent(Double.self, forKey: .guardedRisk) ?? guardedRisk
    }

    /// Refuses thresholds that are no shares.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func validate() throws {
        let shares = [
            ("deficit", deficit), ("negativeFlips", negativeFlips), ("calibrationError", calibrationError),
            ("recallDeficit", recallDeficit), ("agreementUnderShift", agreementUnderShift),
            ("guardedRisk", guardedRisk),
        ]
        if let (name, value) = shares.first(where: { !(0...1).contains($0.1) }) {
            throw AttarError(.invalidSetting, "thresholds.\(name) is \(value), but must be from 0 to 1")
        }
        if sliceRegressions < 0 {
            throw AttarError(
                .invalidSetting, "thresholds.sliceRegressions is \(sliceRegressions), but must be 0 or more")
        }
    }
}
