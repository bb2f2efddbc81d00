import AttarRuntime
import Testing

struct PrintableTextTests {
    @Test func `Control characters and marks of direction are shown, not obeyed`() {
        #expect("a\u{1B}[2J\u{9B}b\u{7F}\u{202E}c\r".printable() == #"a\u{1B}[2J\u{9B}b\u{7F}\u{202E}c\u{D}"#)
        #expect("a\tb\nc".printable() == #"a\tb\nc"#)
        #expect("a\tb\nc\u{7}".printable(keepsLines: true) == "a\tb\nc\\u{7}")
        let words = "é e\u{301} 知識 👩‍👩‍👧 שלום"
        #expect(words.printable() == words)
    }

    @Test func `Of a long text the middle is left out, of a sentence of an error, too`() {
        let (start, end) = (String(repeating: "a", count: 1500), String(repeating: "b", count: 500))
        let long = start + String(repeating: "m", count: 100_000) + end
        #expect(long.shortened(to: 2000) == "\(start) … \(end)")
        #expect("short".shortened(to: 5) == "short")
        let error = AttarError(.malformedData, long, remedy: long)
        #expect(error.problem == "\(start) … \(end)" && error.remedy == error.problem)
    }

    @Test func `Sizes that overflow, and negative ones, have no product`() {
        #expect([2, 3, 4].checkedProduct == 24)
        #expect([Int]().checkedProduct == 1)
        #expect([0, .max, .max].checkedProduct == 0)
        #expect([.max, 2].checkedProduct == nil)
        #expect([4_294_967_296, 4_294_967_296].checkedProduct == nil)
        #expect([3, -1].checkedProduct == nil)
    }
}
