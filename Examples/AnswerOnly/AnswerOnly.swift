import AttarRuntime
import Foundation

/// Answers one row with a student: `AnswerOnly student.attar age=41 plan=gold`. It needs nothing that learns.
@main struct AnswerOnly {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        guard let path = words.first else {
            end("Give an .attar file, and a value for each of its columns: age=41", 64)
        }
        do {
            print(try Artifact.read(path).predict(row(of: words.dropFirst())))
        } catch {
            end("\(error)", 1)
        }
    }

    /// Columns and values, parted by an equals sign. What can be a number is one, and nothing is a missing value.
    private static func row(of words: ArraySlice<String>) -> [String: RowValue] {
        var row: [String: RowValue] = [:]
        for word in words {
            let pair = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let value = pair.count == 2 ? pair[1] : ""
            row[pair[0]] = value.isEmpty ? .missing : Double(value).map { .number($0) } ?? .text(value)
        }
        return row
    }

    private static func end(_ sentence: String, _ code: Int32) -> Never {
        FileHandle.standardError.write(Data("\(sentence)\n".utf8))
        exit(code)
    }
}
