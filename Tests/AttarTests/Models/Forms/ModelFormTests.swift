import Attar
import Compute
import Testing

/// What exporters read of a model is what the model computes, for every family.
struct ModelFormTests {
    @Test(arguments: ConformanceTests.specifications, ConformanceTests.Sample.allCases)
    func `A form that is computed number by number answers as the model does`(
        text: String, sample: ConformanceTests.Sample
    ) throws {
        let rows = try sample.rows(90, for: text)
        let specification = try Specification(text)
        let model = try Family.named(specification.name).estimator(specification)
            .fitted(to: rows, validation: nil, context: .labels(rows.task))
        let answers = try #require(
            FormInterpreter(width: rows.task.width).answers(model.form, to: rows.features),
            "\(specification.name) has a form")
        let outputs = model.outputs(for: rows.features).matrix
        for row in 0..<rows.count {
            #expect(answers[row].count == outputs.columns)
            for (column, answer) in answers[row].enumerated() {
                #expect(abs(answer - Double(outputs[row, column])) <= 1e-4 * max(1, abs(answer)))
            }
        }
    }
}
