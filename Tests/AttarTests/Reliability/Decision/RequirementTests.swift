import Attar
import Testing

struct RequirementTests {
    private static let student: Certificate.Figures = [
        "accuracy": Estimate(value: 0.97, low: 0.96, high: 0.98),
        "expectedCalibrationError": Estimate(value: 0.02, low: 0.01, high: 0.04), "bytes": Estimate(exactly: 12_000),
    ]
    private static let teacher: Certificate.Figures = ["accuracy": Estimate(exactly: 0.98)]
    private static let plain: Certificate.Figures = ["accuracy": Estimate(exactly: 0.95)]

    private static func failures(_ text: String, verdict: Verdict? = nil) throws -> [String] {
        try Requirement(text).failures(student: student, labelsOnly: plain, teacher: teacher, verdict: verdict)
    }

    @Test(arguments: [
        "accuracy >= teacher - 0.01", "accuracy>=97%", "acc > labelsOnly + 1%, ece <= 0.03", "accuracy.low >= 0.96",
        "accuracy >= 0.97 and ece.high < 0.05", "size <= 12000; accuracy <= teacher",
    ])
    func `What holds has no failures`(_ text: String) throws {
        #expect(try Self.failures(text) == [])
    }

    @Test(arguments: [
        ("accuracy >= teacher - 0.009", "accuracy is 0.9700, where ≥ 0.9710 is asked for"),
        ("ece.high <= 3%", "expectedCalibrationError.high is 0.0400, where ≤ 0.0300 is asked for"),
        ("accuracy > 0.97", "accuracy is 0.9700, where > 0.9700"), ("brier < 1", "brier was not measured"),
        ("ece <= teacher", "expectedCalibrationError of teacher was not measured"), ("helped", "not shown to help"),
        ("ship", "the decision is 'not known'"),
    ])
    func `What does not hold is told with both numbers`(_ text: String, _ sentence: String) throws {
        let failures = try Self.failures("accuracy >= 0.9, \(text)")
        #expect(failures.count == 1 && failures[0].contains(sentence), "\(failures)")
    }

    @Test(arguments: [
        ("", "empty"), ("accuracy", "compares nothing"), ("accurcy >= 1", "Did you mean 'accuracy'?"),
        ("accuracy >= teacher 0.01", "where a number belongs"), ("accuracy >= much", "where a number belongs"),
        ("accuracy.middle >= 1", "is no metric"), ("accuracy >=", "where a number belongs"),
    ])
    func `What cannot be read is refused with the clause`(_ text: String, _ sentence: String) {
        let error = #expect(throws: AttarError.self) { try Requirement(text) }
        #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
    }

    @Test func `Metrics of another task are refused before anything is trained`() throws {
        try Requirement("r2 >= 0.9, latency < 5").validate(for: .regression)
        #expect(throws: AttarError.self) { try Requirement("r2 >= 0.9").validate(for: .classification) }
        #expect(throws: AttarError.self) { try Requirement("accuracy >= 0.9").validate(for: .regression) }
        #expect(throws: AttarError.self) {
            try Requirement("agreement >= teacher - 0.1").validate(for: .classification)
        }
    }
}
