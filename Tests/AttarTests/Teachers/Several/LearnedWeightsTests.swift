import Attar
import Compute
import Testing

struct LearnedWeightsTests {
    private static let rows = SampleTable.clouds(400)

    /// A teacher that gives the label's class a share, and the rest evenly.
    private static func teacher(sure share: Float, wrongEvery count: Int) -> any Teacher {
        let labels = rows.target?.labels ?? []
        return FixedTeacher(task: .classification(["class 0", "class 1", "class 2"])) { asked in
            var matrix = Matrix(rows: asked.count, columns: 3, repeating: (1 - share) / 2)
            for (row, identifier) in asked.identifiers.enumerated() {
                let label = Int(labels[identifier])
                matrix[row, identifier % count == 0 ? (label + 1) % 3 : label] = share
            }
            return matrix
        }
    }

    @Test func `A teacher that knows more counts more`() async throws {
        let several = try WeighableTeachers(
            [Self.teacher(sure: 0.9, wrongEvery: 10), Self.teacher(sure: 0.9, wrongEvery: 2)], names: ["good", "bad"])
        let ready = try await several.readyToTeach(Self.rows)
        let note = try #require(ready.answerNotes.last)
        #expect(note.contains("'good'") && note.contains("'bad'"))
        // The good teacher is right on 90 % and alone explains the labels best: what the other adds is almost nothing.
        let answers = try await ready.predict(Self.rows)
        let good = try await Self.teacher(sure: 0.9, wrongEvery: 10).predict(Self.rows)
        let apart = zip(answers.matrix.elements, good.matrix.elements).map { abs($0 - $1) }.max() ?? 1
        #expect(apart < 0.15)
    }

    @Test func `Values get the weights of least squared error`() {
        // y = a/4 + 3b/4 exactly.
        let a = Matrix(rows: 4, columns: 1, elements: [1, 2, 3, 8])
        let b = Matrix(rows: 4, columns: 1, elements: [5, 2, -1, 0])
        let y = Matrix(rows: 4, columns: 1, elements: [4, 2, 0, 2])
        let weights = LearnedWeights(
            of: [a, b], target: Target(name: "y", outputs: ["y"], values: y), rows: nil)
        #expect(abs(weights.shares[0] - 0.25) < 1e-6 && abs(weights.shares[1] - 0.75) < 1e-6)
    }

    @Test func `A share is never negative`() {
        let good = Matrix(rows: 3, columns: 1, elements: [1, 2, 3])
        let opposite = Matrix(rows: 3, columns: 1, elements: [2, 4, 6])
        let weights = LearnedWeights(
            of: [good, opposite],
            target: Target(name: "y", outputs: ["y"], values: Matrix(rows: 3, columns: 1, elements: [0.5, 1, 1.5])),
            rows: nil)
        #expect(weights.shares == [1, 0])
    }

    @Test func `A teacher that is too sure is calibrated, one that is not stays as it is`() async throws {
        let sure = CalibratableTeacher(teacher: Self.teacher(sure: 0.999, wrongEvery: 5), sharpens: false)
        let ready = try await sure.readyToTeach(Self.rows)
        #expect(ready.answerNotes.last?.contains("were calibrated") == true)
        let outputs = try await ready.predict(Self.rows)
        // It is right on four rows of five, so that is how sure it should be.
        #expect(abs((outputs.matrix.elements.max() ?? 0) - 0.8) < 0.03)
        let modest = CalibratableTeacher(teacher: Self.teacher(sure: 0.6, wrongEvery: 50), sharpens: false)
        #expect(try await modest.readyToTeach(Self.rows).answerNotes.isEmpty)
        let sharpened = CalibratableTeacher(teacher: Self.teacher(sure: 0.6, wrongEvery: 50), sharpens: true)
        let sharper = try await sharpened.readyToTeach(Self.rows).predict(Self.rows)
        #expect((sharper.matrix.elements.max() ?? 0) > 0.9)
    }

    @Test func `Labels alone are not calibrated`() async throws {
        let hard = CalibratableTeacher(teacher: Self.teacher(sure: 1, wrongEvery: 5), sharpens: true)
        #expect(try await hard.readyToTeach(Self.rows).answerNotes.isEmpty)
    }
}
