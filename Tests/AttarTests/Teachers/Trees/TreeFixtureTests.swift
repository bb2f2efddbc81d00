import Attar
import Compute
import Foundation
import Testing

/// Real models of every kind against the answers of their own libraries; needs scripts/fixtures.sh.
struct TreeFixtureTests {
    /// Sums of 32-bit floats in another order than the library's.
    private static let tolerance = 1e-5

    @Test func `There are models of every kind that is read`() throws {
        let fixtures = try TreeFixtures.loaded.get()
        #expect(fixtures.cases.count > 60 && fixtures.refused.count > 6)
    }

    @Test(arguments: (try? TreeFixtures.loaded.get().cases) ?? [])
    func `Answers are the library's own`(_ fixture: TreeFixtures.Case) async throws {
        let rows = try TreeFixtures.rows(fixture.data, target: fixture.target)
        var settings = TeacherSettings()
        settings.outputKind = fixture.asked.map(Answers.Kind.init(rawValue:))
        let teacher = try TreeFileTeacher(path: TreeFixtures.path(fixture.file), settings: settings, for: rows)
        let answers = try await teacher.predict(rows)
        #expect(relativeError(answers.matrix, fixture.answers) < Self.tolerance)
        let isFlat = fixture.name.hasSuffix("without trees") || fixture.name.hasSuffix("constant")
        #expect(Set(answers.matrix.elements).count > 1 || isFlat)
        let own = teacher.answerNotes.count {
            !$0.contains("does not name its classes") && !$0.contains("gives labels")
        }
        #expect(own == fixture.notes, "\(teacher.answerNotes)")
        if let asked = settings.outputKind { #expect(answers.kind == asked) }
        // Rows alone get what they get in a batch, and threads change nothing.
        let some = [3, 0, rows.count - 1]
        #expect(try await teacher.predict(rows.selecting(some)).matrix == answers.matrix.selecting(rows: some))
    }

    @Test(arguments: (try? TreeFixtures.loaded.get().refused) ?? [])
    func `What is no model of trees is refused with a sentence that names it`(_ fixture: TreeFixtures.Refused) throws {
        let rows = try TreeFixtures.rows("diabetes.csv", target: "progression")
        let error = #expect(throws: AttarError.self) {
            try TreeFileTeacher(path: TreeFixtures.path(fixture.file), settings: TeacherSettings(), for: rows)
        }
        #expect(
            error?.problem.contains(fixture.file) == true && error?.problem.contains(fixture.says) == true, "\(error!)")
        #expect(error?.remedy.isEmpty == false)
    }
}
