/// What settings have to do with: the headings under which help lists them.
package struct SettingGroup: Hashable, Sendable {
    /// The heading.
    package let title: String

    /// A group under the given heading.
    package init(title: String) { self.title = title }

    /// Who teaches, and how it is asked.
    package static let teacher = SettingGroup(title: "Teacher")
    /// Who learns, and what it may cost.
    package static let student = SettingGroup(title: "Student")
    /// Rows, features, losses, and how the teacher's answers become a transfer set.
    package static let learning = SettingGroup(title: "What it learns from")
    /// How the student is tested, and what is asked of it.
    package static let evidence = SettingGroup(title: "Evidence")
    /// How a run is made, and where its results go.
    package static let output = SettingGroup(title: "Run and output")

    /// All groups, in the order of help.
    package static let all = [teacher, student, learning, evidence, output]
}
