import AttarRuntime
import Foundation
import Testing

struct OutputFileTests {
    /// An empty folder, removed at the end.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attar-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test func `A file appears only when it is finished`() throws {
        try inFolder { folder in
            let file = try OutputFile("\(folder)/a.csv")
            try file.append(Array("one ".utf8))
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/a.csv"))
            try file.append(Array("two".utf8))
            try file.finish()
            #expect(try String(contentsOfFile: "\(folder)/a.csv", encoding: .utf8) == "one two")
            #expect(try names(in: folder) == ["a.csv"])
        }
    }

    @Test func `An output that is given up leaves what was there`() throws {
        try inFolder { folder in
            try OutputFile.write("old", to: "\(folder)/a")
            do {
                let file = try OutputFile("\(folder)/a")
                try file.append(Array("new".utf8))
            }
            try OutputFile.check("\(folder)/a")
            try OutputFile.check("\(folder)/b")
            #expect(try String(contentsOfFile: "\(folder)/a", encoding: .utf8) == "old")
            #expect(try names(in: folder) == ["a"])
        }
    }

    @Test func `A replaced file keeps its permissions and its link`() throws {
        try inFolder { folder in
            try OutputFile.write("old", to: "\(folder)/a")
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(folder)/a")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/link", withDestinationPath: "\(folder)/a")
            try OutputFile.write("new", to: "\(folder)/link")
            #expect(try String(contentsOfFile: "\(folder)/a", encoding: .utf8) == "new")
            let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/a")[.posixPermissions] as? Int
            #expect(mode == 0o640)
            #expect(try names(in: folder) == ["a", "link"])
        }
    }

    @Test func `A device is written to, not replaced`() throws {
        try OutputFile.write("gone", to: "/dev/null")
        let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        #expect(type == .typeCharacterSpecial)
    }

    @Test func `A missing folder, a folder and a full disk are refused with a sentence`() throws {
        try inFolder { folder in
            let missing = #expect(throws: AttarError.self) { try OutputFile.check("\(folder)/no/a.csv") }
            #expect(
                missing?.description
                    == "the folder '\(folder)/no' for '\(folder)/no/a.csv' does not exist. Create it: mkdir -p \(folder)/no."
            )
            let itself = #expect(throws: AttarError.self) { try OutputFile.check(folder) }
            #expect(itself?.problem == "'\(folder)' is a folder")
            let left = try names(in: folder)
            #expect(left.isEmpty)
        }
        #if os(Linux)
            let full = #expect(throws: AttarError.self) { try OutputFile.write("text", to: "/dev/full") }
            #expect(full?.problem == "'/dev/full' cannot be written: the disk is full")
        #endif
    }
}
