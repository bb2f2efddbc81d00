import Attar
import Foundation

extension Surface {
    /// Readers of what people write: recipes, names of models, commands, addresses.
    static let words: [Surface] = [
        Surface("recipe") {
            $1.changed($0, isText: true)
        } read: { bytes, _ in
            _ = try DistillationSettings(Recipe(yaml: String(decoding: bytes, as: UTF8.self), source: "r.yaml"))
        },
        Surface("names") {
            $1.changed($0, isText: true)
        } read: { bytes, _ in
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(50) {
                let line = String(line)
                for read in [
                    { _ = try Specification(line) }, { _ = try CommandWords.words(of: line) },
                    { _ = try ServerAddress(line) },
                    { _ = try TeacherSource(line) }, { _ = try Quantity<TimeUnit>(line) },
                    { _ = line.printable().shortened(to: 20) },
                    { _ = ServerAddress.masked(line) },
                ] {
                    do { try read() } catch is AttarError {}
                }
            }
        },
    ]
}
