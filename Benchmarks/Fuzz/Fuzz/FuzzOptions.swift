import Fuzzing

/// What the command line says.
struct FuzzOptions {
    var minutes = 10.0
    var seed: UInt64 = 1
    /// Seconds that one input may take.
    var patience: UInt32 = 20
    var out = "out/fuzz"
    /// An input to read again.
    var file: String?
    /// In the process of one reader, the number of its first case.
    var first: Int?
    var surfaces: [Surface] = []

    struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        var names: [String] = []
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                names.append(word)
                continue
            }
            guard let value = rest.popFirst() else { throw Wrong(description: "\(word) needs a value") }
            switch word {
            case "--minutes":
                guard let number = Double(value), number > 0 else {
                    throw Wrong(description: "'\(value)' minutes are none")
                }
                minutes = number
            case "--seed":
                guard let number = UInt64(value) else {
                    throw Wrong(description: "the seed '\(value)' is no whole number")
                }
                seed = number
            case "--patience": patience = UInt32(value) ?? patience
            case "--out": out = value
            case "--file": file = value
            case "--first": first = Int(value)
            default:
                throw Wrong(
                    description: "\(word) is not known; there are --minutes, --seed, --patience, --out and --file")
            }
        }
        let all = Surface.all + [.trap]
        surfaces = names.isEmpty ? Surface.all : all.filter { surface in names.contains { surface.name.hasPrefix($0) } }
        guard !surfaces.isEmpty else {
            throw Wrong(description: "there is no such reader; there are \(all.map(\.name).joined(separator: ", "))")
        }
    }
}
