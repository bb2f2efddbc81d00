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
    /// The share of rows that the student may answer otherwise than its teacher, or 1 less its R² to it, at the far end of what the test rows allow, where rows have no labels.
    public var disagreement = 0.1
    /// The most slices on which the student falls behind.
    public var sliceRegressions = 0
    /// The least of the clean agreement with the teacher that is left, mean over all corruptions.
    public var agreementUnderShift = 0.5
    /// The share of wrong answers that a guard may let through.
    public var guardedRisk = 0.05

    /// The thresholds that hold where a recipe names none.
    public init() {}
}

extension Thresholds {
    /// The keys under `thresholds`, with their ranges.
    package static let options: [SettingMember<Thresholds>] = {
        let usual = Thresholds()
        let share = SettingForm.number(.from(0, to: 1))
        return [
            SettingMember("deficit", \.deficit, share, of: usual),
            SettingMember("negativeFlips", \.negativeFlips, share, of: usual),
            SettingMember("calibrationError", \.calibrationError, share, of: usual),
            SettingMember("recallDeficit", \.recallDeficit, share, of: usual),
            SettingMember("disagreement", \.disagreement, share, of: usual),
            SettingMember("sliceRegressions", \.sliceRegressions, .count(0...Int.max), of: usual),
            SettingMember("agreementUnderShift", \.agreementUnderShift, share, of: usual),
            SettingMember("guardedRisk", \.guardedRisk, share, of: usual),
        ]
    }()

    /// Refuses thresholds that are no shares.
    ///
    /// - Throws: `AttarError` (`invalidSetting`).
    func validate() throws { for option in Self.options { try option.check(self, "thresholds.") } }
}

extension Thresholds: Codable {
    private enum CodingKeys: CodingKey {
        case deficit, negativeFlips, calibrationError, recallDeficit, disagreement, sliceRegressions,
            agreementUnderShift, guardedRisk
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: Self.options.map(\.name), in: "thresholds")
        let container = try decoder.container(keyedBy: SettingKey.self)
        self.init()
        for option in Self.options { try option.decode(container, &self) }
    }
}
