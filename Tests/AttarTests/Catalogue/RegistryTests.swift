import Attar
import Testing

/// Registries are values that others can add to.
struct RegistryTests {
    private struct Member: Registered, Equatable {
        let name: String
    }

    private static let registry = Registry("colour", [Member(name: "red"), Member(name: "green")])

    private static func sentence(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `A member is found by its name, and a near miss is told the nearest`() throws {
        #expect(try Self.registry.named("green").name == "green")
        let text = Self.sentence { _ = try Self.registry.named("gren") }
        #expect(text == "there is no colour 'gren'. Did you mean 'green'?")
    }

    @Test func `Adding gives another registry, and a name is taken once`() throws {
        let more = try Self.registry.adding(Member(name: "blue"))
        #expect(more.names == ["red", "green", "blue"] && Self.registry.names == ["red", "green"])
        let text = Self.sentence { _ = try more.adding(Member(name: "blue")) }
        #expect(text == "there is a colour 'blue' already. Register it under another name.")
    }

    @Test func `A task that nobody has registered is one sentence`() throws {
        let task = LearningTask(kind: LearningTask.Kind(rawValue: "ordinal"), names: ["grade"])
        #expect(Self.sentence { _ = try Catalogue.standard.task(task.kind) }.contains("there is no task 'ordinal'"))
    }

    @Test func `Names in the standard catalogue are distinct, aliases of one task's metrics, too`() {
        for task in TaskKind.all {
            let names = task.metrics.all.flatMap { [$0.name.lowercased()] + $0.aliases }
            #expect(Set(names).count == names.count, "\(task.name)")
        }
    }
}

extension RegistryTests {
    @Test func `A task that shares a posing has a target of its own kind`() throws {
        let values = TaskKind.regression
        let grades = TaskKind(
            name: "grades", summary: "grades", posing: values.posing, teaching: values.teaching,
            judging: values.judging, table: values.table, words: values.words)
        var catalogue = Catalogue.standard
        catalogue.tasks = try catalogue.tasks.adding(grades)
        let rows = Dataset(source: "r", columns: [Column("x", .numeric([1, 2])), Column("y", .numeric([1, 2.5]))])
        let target = try #require(
            try rows.taking(target: "y", kind: grades.kind, catalogue: catalogue).target)
        #expect(target.task == LearningTask(kind: grades.kind, names: ["y"], form: .values))
        #expect(try rows.taking(target: "y", catalogue: catalogue).target?.task == .regression(["y"]))
    }
}
