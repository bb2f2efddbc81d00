/// A page as its tags and texts, read by rules that are stricter than a browser's.
struct Markup {
    /// Elements without an end.
    private static let empty: Set<Substring> = ["!doctype", "meta", "br"]

    /// What is wrong with it: tags that do not close in their order, and a bare & or <.
    private(set) var faults: [String] = []
    /// The texts of the second headings, in their order.
    private(set) var headings: [String] = []
    /// The attributes of each element by its name: `svg viewBox="…" role="img"`.
    private(set) var tags: [Substring] = []

    init(_ page: String) {
        var open: [Substring] = []
        var rest = page[...]
        while let begin = rest.firstIndex(of: "<") {
            let text = rest[..<begin]
            check(text, in: open.last)
            if open.last == "h2" { headings.append(String(text)) }
            guard let end = rest[begin...].firstIndex(of: ">") else {
                faults.append("a tag without an end: \(rest[begin...].prefix(40))")
                return
            }
            let tag = rest[rest.index(after: begin)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                if open.last == tag.dropFirst() {
                    open.removeLast()
                } else {
                    faults.append("</\(tag.dropFirst())> closes \(open.last ?? "nothing")")
                    return
                }
            } else {
                tags.append(tag)
                if tag.filter({ $0 == "\"" }).count % 2 == 1 || tag.contains("<") { faults.append("<\(tag)>") }
                let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
                if !tag.hasSuffix("/"), !Self.empty.contains(Substring(name.lowercased())) { open.append(name) }
            }
        }
        if !open.isEmpty { faults.append("never closed: \(open.joined(separator: ", "))") }
    }

    /// An & begins the name of a character.
    private mutating func check(_ text: Substring, in element: Substring?) {
        guard element != "style" else { return }
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where !["amp;", "lt;", "gt;", "quot;"].contains(where: { part.hasPrefix($0) }) {
            faults.append("&\(part.prefix(10))")
        }
    }
}
