import Attar
import Compute
import Testing

/// The teacher's answers to changed pictures.
struct ViewAnswersTests {
    /// The bytes of each picture.
    private static func pictures(_ rows: Dataset) -> [[UInt8]] {
        guard case .bytes(let values, let shape) = rows.columns[0].storage else { return [] }
        let size = shape.reduce(1, *)
        return (0..<rows.count).map { Array(values[$0 * size..<($0 + 1) * size]) }
    }

    @Test func `A changed picture without an answer is refused, and not learned from as if it had one`() async throws {
        let rows = SampleTable.pictures(80)
        let known = Set(Self.pictures(rows))
        let teacher = ChoosyTeacher(task: try #require(rows.target).task) { rows, row in
            !known.contains(Self.pictures(rows)[row])
        } answering: { rows in
            Matrix(rows: rows.count, columns: 2, elements: (0..<rows.count).flatMap { _ in [0.6, 0.4] })
        }
        var recipe = Recipe()
        (recipe.student, recipe.strategy) = ("cnn[4,head=average,epochs=1,batch=16]", "teacher")
        (recipe.augment, recipe.views, recipe.evidence) = ("shift=1", 2, .quick)
        let stored = try teacher.stored(leavingOut: .count(1_000), columns: rows.columns.map(\.name))
        let distiller = try Distiller(recipe, teacher: .teacher(stored, named: "choosy"))
        let words = await problem { _ = try await distiller.distilled(on: rows) }
        #expect(words.contains("the teacher has no usable answer to a changed picture of pictures"), "\(words)")
    }
}
