import Attar
import Foundation

/// Runs `body` with the path of a file of the given contents, and removes the file.
func withFile<Result>(
    _ contents: some Sequence<UInt8>, named name: String = "table.csv", _ body: (String) throws -> Result
) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appendingPathComponent(name)
    try Data(contents).write(to: url)
    return try body(url.path)
}

/// The data set that a text reads as.
func table(
    _ text: String, named name: String = "table.csv", types: [String: Column.Kind] = [:]
) throws -> Dataset {
    try table(text, named: name, reading: ReadingOptions(types: types))
}

/// The data set that a text reads as, by options.
func table(_ text: String, named name: String = "table.csv", reading options: ReadingOptions) throws -> Dataset {
    try withFile(text.utf8, named: name) { try Dataset.read($0, options: options) }
}

/// The data set that a text reads as where options are others than usual.
func table(_ text: String, changing change: (inout ReadingOptions) -> Void) throws -> Dataset {
    var options = ReadingOptions()
    change(&options)
    return try table(text, reading: options)
}

/// An encoder after it was written and read.
func readAgain(_ encoder: FeatureEncoder) throws -> FeatureEncoder {
    try JSONValue(encoding: encoder).decoded(as: FeatureEncoder.self)
}

/// The error's sentence; an empty text where nothing is thrown.
func sentence(of body: () throws -> some Any) -> String {
    do {
        _ = try body()
        return ""
    } catch {
        return "\(error)"
    }
}

/// The numbers of a column, NaN where missing; none where it is not numeric.
func numbers(_ rows: Dataset, _ name: String) -> [Float] {
    guard case .numeric(let values) = rows.column(named: name)?.storage else { return [] }
    return values
}

/// The texts of a column of categories or texts, nil where missing.
func texts(_ rows: Dataset, _ name: String) -> [String?] {
    switch rows.column(named: name)?.storage {
    case .categorical(let codes, let categories): codes.map { $0 < 0 ? nil : categories[Int($0)] }
    case .text(let values): values.map { $0.isEmpty ? nil : $0 }
    default: []
    }
}
