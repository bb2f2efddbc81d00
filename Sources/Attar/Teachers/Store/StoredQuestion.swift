internal import Foundation
internal import GRDB

/// What a store knows about one question: a teacher, asked about certain columns, its answers kept in one form.
package struct StoredQuestion: Sendable {
    /// The question's number in the index.
    let id: Int64
    /// The teacher's fingerprint when it was first asked.
    package let fingerprint: Fingerprint
    /// The teacher as it was named: a path, a command, an address.
    package let teacher: String
    /// The names of the columns that it was asked about, in the order of their names.
    package let columns: [String]
    /// In what form its answers are kept.
    package let form: StoredForm
    /// What it answers.
    package let task: LearningTask

    /// Enters a question, or finds it again.
    ///
    /// - Parameter store: where it is entered; nil for a question whose answers are only remembered for the run.
    init(
        of teacher: any Teacher, named name: String, columns: [String], form: StoredForm, in store: AnswerStore?
    ) throws {
        let (fingerprint, task) = (teacher.fingerprint, teacher.task)
        (self.fingerprint, self.teacher, self.columns, self.form, self.task) = (fingerprint, name, columns, form, task)
        guard let store else {
            id = 0
            return
        }
        let (columnsText, formText, taskText) = try (Self.text(columns), Self.text(form), Self.text(task))
        id = try store.transaction { database in
            if !store.isReadOnly {
                try database.execute(
                    sql:
                        "INSERT OR IGNORE INTO question (fingerprint, teacher, columns, form, task) VALUES (?, ?, ?, ?, ?)",
                    arguments: [fingerprint.hex, name, columnsText, formText, taskText])
            }
            // A store that cannot be written to has no answers to a question that it does not know.
            return try Row.fetchOne(
                database, sql: "SELECT id FROM question WHERE fingerprint = ? AND columns = ? AND form = ?",
                arguments: [fingerprint.hex, columnsText, formText])?.whole("id") ?? 0
        }
    }

    /// All questions of a store, the oldest first.
    static func all(in store: AnswerStore) throws -> [StoredQuestion] {
        try store.transaction { database in
            try Row.fetchAll(
                database, sql: "SELECT id, fingerprint, teacher, columns, form, task FROM question ORDER BY id"
            ).map { row in
                let question = StoredQuestion(
                    id: try row.whole("id"), fingerprint: Fingerprint(hex: try row.text("fingerprint")),
                    teacher: try row.text("teacher"), columns: try Self.value(row, "columns"),
                    form: try Self.value(row, "form"), task: try Self.value(row, "task"))
                let names = question.task.names
                guard question.form.topK ?? 1 > 0, !names.isEmpty, Set(names).count == names.count else {
                    throw StoreFault("the question \(question.id) cannot be: \(names.count) outputs are kept")
                }
                return question
            }
        }
    }

    private init(
        id: Int64, fingerprint: Fingerprint, teacher: String, columns: [String], form: StoredForm, task: LearningTask
    ) {
        (self.id, self.fingerprint, self.teacher) = (id, fingerprint, teacher)
        (self.columns, self.form, self.task) = (columns, form, task)
    }

    /// What a person has to know who meant another question of the store: the same teacher by name that has changed, or other columns.
    ///
    /// - Parameter answers: how many answers the store has to each question, by its number.
    func changes(among others: [StoredQuestion], answers: [Int64: Int]) -> [String] {
        guard answers[id, default: 0] == 0 else { return [] }
        return others.compactMap { other in
            let count = answers[other.id, default: 0]
            guard other.id != id, other.teacher == teacher, count > 0 else { return nil }
            let kept = "the \(count) answers that are kept from then are not used"
            if other.fingerprint != fingerprint {
                return
                    "The teacher '\(teacher)' has changed since it was asked last (fingerprint \(other.fingerprint.short), now \(fingerprint.short)): \(kept)"
            }
            if other.columns != columns {
                let (gone, new) = (
                    other.columns.filter { !columns.contains($0) }, columns.filter { !other.columns.contains($0) }
                )
                let difference = [
                    gone.isEmpty ? nil : "'\(gone.prefix(3).joined(separator: "', '"))' is missing",
                    new.isEmpty ? nil : "'\(new.prefix(3).joined(separator: "', '"))' is new",
                ].compactMap { $0 }.joined(separator: ", ")
                return "The teacher '\(teacher)' was asked about other columns last (\(difference)): \(kept)"
            }
            return "The answers of '\(teacher)' were kept in another form (--top-k or --precision): \(kept)"
        }
    }

    private static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func value<Value: Decodable>(_ row: Row, _ column: String) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(try row.text(column).utf8))
        } catch is DecodingError {
            throw StoreFault("the \(column) of a question cannot be read")
        }
    }
}
