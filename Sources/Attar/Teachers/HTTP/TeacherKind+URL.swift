extension TeacherKind {
    /// A server that answers over HTTP. What it is called has no query, which could hold a secret.
    public static let url = TeacherKind(
        name: "url", form: "a URL", prefixes: ["http://", "https://"], keepsPrefix: true, traits: [.foreign, .metered],
        options: TeacherOption.server, shown: { String($0.prefix { $0 != "?" && $0 != "#" }) },
        opened: { address, settings, rows, _ in try HTTPTeacher.opened(address, settings: settings, for: rows) })
}
