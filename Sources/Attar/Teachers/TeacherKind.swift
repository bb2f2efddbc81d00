/// A sort of teacher: which texts name it, what it can be told, and how it is opened. No other place in Attar lists or switches on the sorts of teachers.
///
/// A kind is one folder in `Teachers/` with its own `TeacherKind` constant, and one line in `TeacherKind.all`. A program that has its own adds it to a catalogue:
///
/// ```swift
/// var catalogue = Catalogue.standard
/// catalogue.teachers = try catalogue.teachers.adding(
///     TeacherKind(name: "mine", form: "mine:NAME", prefixes: ["mine:"]) { name, settings, rows, _ in try MyTeacher(name) })
/// let teacher = try TeacherSource("mine:best", catalogue: catalogue).teacher(for: rows)
/// ```
public struct TeacherKind: Registered {
    /// What Attar has to know of a kind before a teacher is opened.
    public struct Traits: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// It lives outside of Attar: it is asked about each row once, its answers are kept as long as it lives, and its probabilities are calibrated.
        public static let foreign = Traits(rawValue: 1)
        /// Its answers may cost money: they are kept in a folder even where none is named.
        public static let metered = Traits(rawValue: 2)
        /// It has answers to some rows, and can be asked about no others.
        public static let knownRowsOnly = Traits(rawValue: 4)
        /// It is a model in a file, which can answer by itself.
        public static let model = Traits(rawValue: 8)
        /// It is no teacher yet, but what one is trained from.
        public static let untrained = Traits(rawValue: 16)
        /// It is known only to be refused, with a sentence on what to do; any other kind that a text names goes before it.
        public static let refused = Traits(rawValue: 32)
    }

    /// Opens a teacher: its path, command or address; how it is asked; all rows that it is to answer, with their target where there is one; and what is told how far it is.
    public typealias Opener =
        @Sendable (
            _ reference: String, _ settings: TeacherSettings, _ rows: Dataset, _ progress: @escaping ProgressHandler
        ) throws -> any Teacher

    /// The name, for messages and lists: "onnx".
    public let name: String
    /// How a text that names one looks, for help: "command:PROGRAM". Empty for what help does not list.
    public let form: String
    /// Beginnings that tell it: "command:". They go before endings, a longer one before a shorter one.
    public let prefixes: [String]
    /// Whether the prefix belongs to the reference, as that of an address does.
    public let keepsPrefix: Bool
    /// Endings of paths that tell it: ".onnx".
    public let endings: [String]
    /// What it is among texts that no prefix or ending tells; nil for nothing.
    public let others: (@Sendable (String) -> Bool)?
    /// What has to be known of it beforehand.
    public let traits: Traits
    /// What only teachers of this kind can be told.
    public let options: [TeacherOption]
    /// What messages and stores call a teacher, from its reference. An address is shown without anything that could be a secret.
    public let shown: @Sendable (String) -> String
    /// A reference as it is meant, from what stands behind the prefix; refuses one that can be none, before anything is opened.
    public let read: @Sendable (String, Catalogue) throws -> String
    /// The categories that a teacher's model knows, by column: reading rows for it keeps these texts as they stand.
    public let categories: @Sendable (String) throws -> [String: [String]]
    /// The column of the rows in which a teacher's answers stand, which is then no feature; nil for teachers that answer otherwise.
    public let column: @Sendable (String) -> String?
    /// Opens a teacher.
    public let opened: Opener

    /// A kind of teacher.
    public init(
        name: String, form: String, prefixes: [String] = [], keepsPrefix: Bool = false, endings: [String] = [],
        others: (@Sendable (String) -> Bool)? = nil, traits: Traits = .foreign, options: [TeacherOption] = [],
        shown: @escaping @Sendable (String) -> String = { $0 },
        read: @escaping @Sendable (String, Catalogue) throws -> String = { text, _ in text },
        categories: @escaping @Sendable (String) throws -> [String: [String]] = { _ in [:] },
        column: @escaping @Sendable (String) -> String? = { _ in nil },
        opened: @escaping Opener
    ) {
        (self.name, self.form, self.prefixes, self.keepsPrefix) = (name, form, prefixes, keepsPrefix)
        (self.endings, self.others, self.traits, self.options) = (endings, others, traits, options)
        (self.shown, self.read, self.categories, self.opened) = (shown, read, categories, opened)
        self.column = column
    }
}

extension Registry<TeacherKind> {
    /// The registry with a further kind at its end.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) where its name, a prefix, an ending or the name or flag of an option is taken.
    public func adding(_ member: TeacherKind) throws -> Registry {
        guard self[member.name] == nil else {
            throw AttarError(
                .invalidSetting, "there is a \(noun) '\(member.name)' already", remedy: "Register it under another name"
            )
        }
        for other in members where !other.traits.contains(.refused) {
            let taken =
                member.prefixes.first(where: other.prefixes.contains)
                ?? member.endings.first(where: other.endings.contains)
            if let taken {
                throw AttarError(
                    .invalidSetting, "'\(taken)' names a teacher of the kind '\(other.name)' already",
                    remedy: "Give '\(member.name)' another prefix or ending")
            }
        }
        let known = TeacherOption.shared + members.flatMap(\.options)
        for option in member.options {
            let other = known.first { ($0.name == option.name || $0.flag == option.flag) && $0 != option }
            if let other {
                throw AttarError(
                    .invalidSetting, "there is an option '\(other.name)' (--\(other.flag)) of teachers already",
                    remedy: "Name that of '\(member.name)' otherwise")
            }
        }
        return Registry(noun, members + [member])
    }
}

extension Catalogue {
    /// Everything that a teacher can be told: what all of them have, then what each kind has.
    public var teacherOptions: [TeacherOption] {
        var options: [TeacherOption] = []
        for option in TeacherOption.shared + teachers.members.flatMap(\.options)
        where !options.contains(option) { options.append(option) }
        return options
    }

    /// How the texts look that name a teacher, for help: "an .onnx file, command:PROGRAM or a URL".
    ///
    /// - Parameter untrained: whether models to train are among them.
    public func teacherForms(untrained: Bool) -> String {
        let forms = teachers.members.filter { !$0.form.isEmpty && (untrained || !$0.traits.contains(.untrained)) }
            .map(\.form)
        guard let last = forms.last, forms.count > 1 else { return forms.first ?? "" }
        return "\(forms.dropLast().joined(separator: ", ")) or \(last)"
    }
}

extension CodingUserInfoKey {
    /// Where a decoder carries the catalogue whose names settings may use.
    static let catalogue = CodingUserInfoKey(rawValue: "attar.catalogue")!
}
