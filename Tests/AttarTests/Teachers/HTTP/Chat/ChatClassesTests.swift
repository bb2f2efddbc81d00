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

    @Test func `What is thought before the answer is no answer`() {
        let classes = ChatClasses(["no", "yes"])
        for text in [
            "<think>No? Then no. But</think>\n\nYes.", "No, or not…</THINK>yes", "<thinking>no</thinking> **yes**",
            "<|channel|>analysis<|message|>no<|end|><|start|>assistant<|channel|>final<|message|>yes",
            "<think>a</think>no<think>b</think>yes",
        ] {
            #expect(classes.index(of: text) == 1, "\(text)")
        }
        #expect(classes.index(of: "<think>It must be yes") == nil, "the answer is still to come")
    }

    @Test func `Behind reasoning and words the tokens of the class tell how likely it is`() throws {
        let classes = ChatClasses(["no", "yes"])
        func sure(_ text: String) -> Token { Token(text, [(text, 1)]) }
        let yes = Token(" yes", [(" yes", 0.75), (" no", 0.25)])
        for tokens in [
            [sure("<think>"), sure("no"), sure("</think>"), sure("\n"), yes],
            [sure("The answer"), sure(" is"), yes, sure(".")],
            [sure("<think>no</"), sure("think>"), sure("It is"), yes],
        ] {
            let found = try #require(classes.probabilities(inAnswer: tokens, atLeast: 0.001))
            #expect(found.classes == [0.25, 0.75])
        }
        #expect(classes.probabilities(inAnswer: [sure("perhaps")], atLeast: 0.001) == nil)
        #expect(classes.probabilities(inAnswer: [sure("<think>"), sure("no")], atLeast: 0.001) == nil)
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
        for text in ["goo", "", "good or not good", "goodness", "It is good, not bad", #"{"label": "fair"}"#] {
            #expect(classes.index(of: text) == nil, "\(text)")
        }
        let moods = ChatClasses(["Negative", "Neutral", "Positive"])
        for (text, index) in [
            ("The sentiment is **Positive**.", 2), ("positive, clearly POSITIVE", 2), ("Answer: [neutral]", 1),
            ("```json\n{\"label\": \"Negative\"}\n```", 0), ("I'd say it's _negative_!", 0),
        ] {
            #expect(moods.index(of: text) == index, "\(text)")
        }
        for text in [
            "I'm sorry, but I can't label this.", "Either positive or neutral", "It is not positive.", "positively",
            "I cannot call it negative",
        ] {
            #expect(moods.index(of: text) == nil, "\(text)")
        }
        #expect(ChatClasses(["正面", "负面"]).index(of: "情感是正面的。") == 0)
        #expect(ChatClasses(["正面", "负面"]).index(of: "不正面") == nil)
        #expect(ChatClasses(["1", "2", "3"]).index(of: "I rate it 2 stars") == 1)
        #expect(ChatClasses(["1", "2", "3"]).index(of: "2 of 10") == nil, "another scale says something else")
        #expect(ChatClasses(["A", "a"]).index(of: "a") == 1, "where only case tells them apart, it counts")
    }
}
