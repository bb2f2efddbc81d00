internal import Attar
internal import Foundation

/// The files that a run will write, checked before it starts, so that nothing is lost after minutes of training.
enum OutputPaths {
    /// Refuses outputs that cannot be written, that are one file, or that would replace an input.
    ///
    /// - Throws: `AttarError`: `unwritableFile`, `invalidSetting`.
    static func check(_ outputs: [String?], inputs: [String?]) throws {
        var taken = Set(inputs.compactMap { $0.map(resolved) })
        for output in outputs.compactMap({ $0 }) {
            try OutputFile.check(output)
            guard taken.insert(resolved(output)).inserted || output.hasPrefix("/dev/") else {
                throw AttarError(
                    .invalidSetting, "'\(output)' is both read and written, or written twice",
                    remedy: "Give each output a path of its own")
            }
        }
    }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
}
