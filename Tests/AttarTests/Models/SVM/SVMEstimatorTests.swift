import Attar
import Compute
import Testing

struct SVMEstimatorTests {
    private func fitted(_ text: String, _ rows: TransferSet) throws -> any Model {
        try SVMEstimator(Specification(text)).fitted(to: rows, validation: nil, context: .labels(rows.task))
    }

    @Test(arguments: ["svm", "svm[kernel=linear]"], [2, 3])
    func `Classes are learned, and probabilities mean what they say`(text: String, classes: Int) throws {
        let rows = try SampleRows.clouds(300, classes: classes)
        let fresh = try SampleRows.clouds(300, classes: classes, seed: 5)
        let model = try fitted(text, rows)
        #expect(fresh.accuracy(of: model) > 0.95)
        let answers = model.outputs(for: fresh.features).matrix
        let sure = (0..<300).reduce(Float(0)) { $0 + (answers.row($1).max() ?? 0) } / 300
        #expect(abs(Double(sure) - fresh.accuracy(of: model)) < 0.05)
    }

    @Test func `Values are learned, of every output`() throws {
        let rows = try SampleRows.surface(300, outputs: 2)
        let model = try fitted("svm", rows)
        #expect(rows.determination(of: model) > 0.97)
        let answers = model.outputs(for: rows.features).matrix
        let error = (0..<300).reduce(Float(0)) { $0 + abs(answers[$1, 1] - rows.values[$1, 1]) } / 300
        #expect(error < 0.15)
    }

    @Test(arguments: [
        ("svm[c=0]", "svm's c is 0.0. Give a number above 0."),
        ("svm[gamma=-1]", "svm's gamma is -1.0. Give a number above 0."),
        ("svm[kernel=poly]", "svm has no kernel 'poly'. There are: rbf, linear."),
        ("svm[epsilon=-1]", "svm's epsilon is -1.0. Give 0 or more."),
    ])
    func `Settings out of range are refused when fitting`(text: String, sentence: String) throws {
        let rows = try SampleRows.clouds(12)
        let error = #expect(throws: AttarError.self) { try fitted(text, rows) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description == sentence)
    }

    @Test func `Weights take a row as often as they say`() {
        #expect(SVMRun.systematicSample([1, 1, 1]) == [0, 1, 2])
        #expect(SVMRun.systematicSample([0, 2, 1]) == [1, 1, 2])
        #expect(SVMRun.systematicSample([0.5, 0.5, 0.5, 2.5]) == [0, 2, 3, 3])
    }
}
