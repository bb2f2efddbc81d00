import Attar
import Testing

struct ChatClassesTests {
    private typealias Token = ChatClasses.Token

    private static func probabilities(_ classes: [String], _ tokens: [(String, [(text: String, probability: Double)])])
        -> [Double]
    {
        let (masses, rest) = ChatClasses(classes).probabilities(of: tokens.map { Token($0.0, $0.1) })
        return (masses + [rest]).map { ($0 * 1000).rounded() / 1000 }
    }

    @Test func `A token speaks for the only class that begins with it`() {
        #expect(
            Self.probabilities(["no", "yes"], [("y", [("y", 0.5), (" Yes", 0.2), ("\"no", 0.1), ("maybe", 0.2)])]) == [
                0.1, 0.7, 0.2,
            ])
    }

    @Test func `Classes with one beginning are told apart by what follows`() {
        // After "class", 0.9; then 1 and 2; other beginnings are shared out.
        #expect(
            Self.probabilities(
                ["class1", "class2", "other"],
                [("class", [("class", 0.9), ("cl", 0.06), ("o", 0.04)]), ("1", [("1", 0.75), ("2", 0.25)])])
                == [0.705, 0.255, 0.04, 0])
    }

    @Test func `A class that another begins with is meant where the text ends`() {
        #expect(
            Self.probabilities(["no", "normal"], [("no", [("no", 1)]), ("<end>", [("<end>", 0.8), ("rmal", 0.2)])]) == [
                0.8, 0.2, 0,
            ])
        #expect(Self.probabilities(["no", "normal"], [("no", [("no", 0.7), ("normal", 0.3)])]) == [0.7, 0.3, 0])
        #expect(Self.probabilities(["no", "yes"], [("no.", [("no.", 0.7), ("yes\n", 0.3)])]) == [0.7, 0.3, 0])
    }

    @Test func `A text is a class where it is nothing else`() {
        let classes = ChatClasses(["not good", "good"])
        #expect(classes.index(of: " \"Good\".\n") == 1)
        #expect(classes.index(of: "not good") == 0)
        #expect(classes.index(of: #"{"label": "good"}"#) == 1)
        for text in ["It is good", "goo", "", "good or not good", #"{"class": "good"}"#] {
            #expect(classes.index(of: text) == nil, "\(text)")
        }
        #expect(ChatClasses(["A", "a"]).index(of: "a") == 1, "where only case tells them apart, it counts")
    }
}
