import AttarRuntime
import Compute
import Testing

struct SafetensorsFileTests {
    private static let file = SafetensorsFile(
        tensors: [
            "weights": Tensor([1.5, -0, .infinity, Float.leastNonzeroMagnitude, .pi, -2], shape: [2, 3]),
            "labels": Tensor([Int32.min, 7], shape: [2]),
            "scalar": Tensor([Float(4)], shape: []),
            "nothing": Tensor([Float](), shape: [3, 0]),
            "bytes": Tensor([Int8.min, -1, .max], shape: [3, 1]),
        ], metadata: ["attar": #"{"a": "q\"uoted ✓"}"#, "other": ""])

    /// A file with the given header over a body of so many zero bytes.
    private static func bytes(header: String, body: Int = 0, length: UInt64? = nil) -> [UInt8] {
        let length = length ?? UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(8 * $0)) } + Array(header.utf8)
            + [UInt8](repeating: 0, count: body)
    }

    private static func entry(_ type: String = "F32", _ shape: String = "[2]", _ offsets: String = "[0,8]") -> String {
        #"{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }

    @Test func `What is written is read back to the bit`() throws {
        let bytes = try Self.file.encoded()
        let read = try SafetensorsFile(bytes: bytes, path: "a.attar")
        #expect(read.metadata == Self.file.metadata)
        #expect(read.tensors == Self.file.tensors)
        #expect(try read.encoded() == bytes)
    }

    @Test func `The tensors begin at a multiple of 8 bytes`() throws {
        for extra in 0..<8 {
            var file = Self.file
            file.metadata["pad"] = String(repeating: "x", count: extra)
            #expect(try file.encoded()[0].isMultiple(of: 8))
        }
    }

    @Test func `Numbers of four bytes lie before bytes, so that they are aligned`() throws {
        let file = SafetensorsFile(
            tensors: ["a": Tensor([Int8(1)], shape: [1]), "b": Tensor([Float(1)], shape: [1])])
        #expect(try file.encoded().suffix(5) == [0, 0, 128, 63, 1])
    }

    @Test func `A file of another writer is read`() throws {
        let header = #"{"w":\#(Self.entry()),"__metadata__":{"k":"v"}}   "#
        let file = try SafetensorsFile(bytes: Self.bytes(header: header, body: 8), path: "a")
        #expect(file.tensors == ["w": Tensor([Float(0), 0], shape: [2])])
        #expect(file.metadata == ["k": "v"])
    }

    /// A file that must be refused, and part of the sentence.
    struct WrongFile: CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let phrase: String

        init(_ name: String, _ bytes: [UInt8], _ phrase: String) {
            (testDescription, self.bytes, self.phrase) = (name, bytes, phrase)
        }
    }

    @Test(arguments: [
        WrongFile("a length beyond the file's end", bytes(header: "{}", length: 3), "ends after 2"),
        WrongFile("a length of nearly 2⁶⁴", bytes(header: "{}", length: .max - 3), "is not a safetensors file"),
        WrongFile("no bytes at all", [], "is empty"),
        WrongFile("seven bytes", [2, 0, 0, 0, 0, 0, 0], "is not a safetensors file"),
        WrongFile("CSV", Array("a,b,c\n1,2,3\n".utf8), "is not a safetensors file"),
        WrongFile("a list for a header", bytes(header: "[]"), "is not a safetensors file"),
        WrongFile("a header that is no JSON", bytes(header: "{a}"), "header cannot be read"),
        WrongFile(
            "nested too deeply", bytes(header: #"{"a":"# + String(repeating: "[", count: 9999)), "header cannot be read"
        ),
        WrongFile("texts that are numbers", bytes(header: #"{"__metadata__":{"k":1}}"#), "header cannot be read"),
        WrongFile("an unknown type", bytes(header: #"{"w":\#(entry("F8"))}"#, body: 8), "type 'F8'"),
        WrongFile("three offsets", bytes(header: #"{"w":\#(entry("F32", "[2]", "[0,8,8]"))}"#, body: 8), "offsets"),
        WrongFile("negative offsets", bytes(header: #"{"w":\#(entry("F32", "[2]", "[-8,0]"))}"#, body: 8), "offsets"),
        WrongFile(
            "offsets the wrong way round", bytes(header: #"{"w":\#(entry("F32", "[2]", "[8,0]"))}"#, body: 8), "offsets"
        ),
        WrongFile("a range beyond the end", bytes(header: #"{"w":\#(entry())}"#, body: 4), "should end at byte 8"),
        WrongFile(
            "a shape that does not fit", bytes(header: #"{"w":\#(entry("F32", "[3]"))}"#, body: 8), "the shape [3]"),
        WrongFile(
            "a negative length", bytes(header: #"{"w":\#(entry("F32", "[-1,-2]"))}"#, body: 8), "the shape [-1, -2]"),
        WrongFile(
            "a shape that overflows", bytes(header: #"{"w":\#(entry("F32", "[4611686018427387904,2,2]", "[0,0]"))}"#),
            "the shape"),
        WrongFile("bytes as words", bytes(header: #"{"w":\#(entry("I8"))}"#, body: 8), "the shape [2]"),
        WrongFile("bytes of no tensor", bytes(header: #"{"w":\#(entry())}"#, body: 12), "4 bytes at its end"),
        WrongFile(
            "a gap", bytes(header: #"{"w":\#(entry("F32", "[1]", "[4,8]"))}"#, body: 8), "starts at byte 4 instead of 0"
        ),
        WrongFile(
            "an overlap", bytes(header: #"{"v":\#(entry()),"w":\#(entry("I32", "[2]", "[4,12]"))}"#, body: 12),
            "starts at byte 4 instead of 8"),
    ])
    func `A wrong file is refused`(_ wrong: WrongFile) {
        let error = #expect(throws: AttarError.self) { try SafetensorsFile(bytes: wrong.bytes, path: "x.attar") }
        #expect(error?.code == .malformedArtifact)
        #expect(error?.description.contains("'x.attar'") == true)
        #expect(error?.description.contains(wrong.phrase) == true)
    }

    @Test func `Every truncation is refused`() throws {
        let bytes = try Self.file.encoded()
        for length in 0..<bytes.count {
            #expect(throws: AttarError.self) { try SafetensorsFile(bytes: Array(bytes[..<length]), path: "x") }
        }
    }

    @Test func `Ten thousand random changes each load or are refused`() throws {
        let bytes = try Self.file.encoded()
        let header = Int(bytes[0]) + 256 * Int(bytes[1]) + 8
        var generator = SeededGenerator(seed: 20, stream: "fuzz")
        var loaded = 0
        for _ in 0..<10_000 {
            var changed = bytes
            for _ in 0...generator.index(below: 3) {
                let position = generator.index(below: header)
                // Digits and brackets where they matter get past the JSON parser more often than any byte would.
                changed[position] =
                    generator.index(below: 2) == 0
                    ? Array("0123456789-[]{},:e\"".utf8)[generator.index(below: 19)]
                    : UInt8(generator.index(below: 256))
            }
            do {
                _ = try SafetensorsFile(bytes: changed, path: "x")
                loaded += 1
            } catch is AttarError {}
        }
        #expect(loaded > 0 && loaded < 10_000, "\(loaded) loaded")
    }
}
