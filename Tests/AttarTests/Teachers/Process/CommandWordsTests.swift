import Attar
import Testing

struct CommandWordsTests {
    @Test(arguments: [
        ("python3 t.py", ["python3", "t.py"]), ("  a\t b  ", ["a", "b"]), (#"a 'b c' "d e""#, ["a", "b c", "d e"]),
        (#"a\ b 'c\d' "e\"f\\g\h""#, ["a b", #"c\d"#, #"e"f\g\h"#]), (#"a '' "b"'c'd"#, ["a", "", "bcd"]),
        ("sh -c 'a | b > $X'", ["sh", "-c", "a | b > $X"]),
    ])
    func `A line is cut as a shell cuts it`(_ line: String, _ words: [String]) throws {
        #expect(try CommandWords.words(of: line) == words)
    }

    @Test(arguments: ["a 'b", #"a "b"#, #"a \"#, "  ", "'' b", "a\0b"])
    func `A line that names nothing to run is refused`(_ line: String) {
        let error = #expect(throws: AttarError.self) { try CommandWords.words(of: line) }
        #expect(error?.code == .invalidSetting)
    }
}
