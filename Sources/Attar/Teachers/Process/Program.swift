internal import CProcess
internal import Foundation
internal import Synchronization

/// A program that answers, as its command line names it, with the copies of it that run and have nothing to do at the moment.
package final class Program: Sendable {
    /// The command, as it was written.
    let line: String
    /// The most copies to keep.
    private let most: Int
    private let words: [String]
    /// What a copy is told first.
    private let greeting: [UInt8]
    /// The variables of the environment that it does not see.
    let withheld: [String]
    private let idle = Mutex<[ProgramCopy]>([])

    /// - Parameter variables: those with keys that the program needs; it sees no others with keys.
    init(_ line: String, greeting: [UInt8], most: Int, variables: [String] = []) throws {
        self.line = line
        withheld = SecretVariables.names(
            in: ProcessInfo.processInfo.environment, except: variables)
        self.most = most
        self.greeting = greeting
        words = try CommandWords.words(of: line)
    }

    deinit {
        let copies = idle.withLock { $0 }
        if copies.isEmpty { return }
        // Each may take a moment to end by itself, which its owner need not wait for.
        startThread { for var copy in copies { _ = copy.end(grace: 2000) } }
    }

    /// A copy that has nothing to do, or a new one.
    func copy() throws -> ProgramCopy {
        while var copy = idle.withLock({ $0.popLast() }) {
            copy.exchange(milliseconds: 0)
            if !copy.hasEnded { return copy }
            _ = copy.end(grace: 0)
        }
        return try started()
    }

    /// A new copy.
    ///
    /// - Throws: `AttarError` (`unusableTeacher`) where it cannot be started.
    func started() throws -> ProgramCopy {
        var child = attar_child()
        func bytes(_ words: [String]) -> [UInt8] { words.reduce(into: []) { $0 += Array($1.utf8) + [0] } }
        let error = attar_child_start(bytes(words), words.count, bytes(withheld), withheld.count, &child)
        guard error == 0 else {
            let remedy =
                switch error {
                case ENOENT: "Install it, or give its path; a shell's aliases, ~ and variables are not known here"
                case EACCES:
                    "Make it executable, or name the program that runs it, as in command:\"python3 teacher.py\""
                default: "Try the same command in a shell"
                }
            throw AttarError(
                .unusableTeacher,
                "the teacher '\(line)' cannot be started: '\(words[0])': \(String(cString: strerror(error)))",
                remedy: remedy)
        }
        return ProgramCopy(child, greeting: greeting)
    }

    /// What to do about a program that cannot do its work, where that may be for want of a key; empty where it has all.
    var remedyForKeys: String {
        withheld.isEmpty
            ? ""
            : "; \(withheld.prefix(3).joined(separator: ", ")) \(withheld.count == 1 ? "is" : "are") withheld from it unless named with --key-variable"
    }

    /// Ends all programs with what they have started, for a process that is about to end by a signal.
    package static func endAll() { attar_children_end() }

    /// Takes back a copy that owes no answer.
    func giveBack(_ copy: ProgramCopy) {
        let isKept = idle.withLock { idle in
            if idle.count < most { idle.append(copy) }
            return idle.last?.process == copy.process
        }
        if !isKept {
            var copy = copy
            _ = copy.end(grace: 0)
        }
    }

    /// The files that the command names.
    var files: [String] {
        words.filter { word in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: word, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }
}
