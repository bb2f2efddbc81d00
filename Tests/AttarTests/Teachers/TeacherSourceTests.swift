import Attar
import Testing

struct TeacherSourceTests {
    @Test func `A text tells what is meant`() throws {
        #expect(try TeacherSource("m.attar") == .artifact(path: "m.attar"))
        #expect(try TeacherSource("models/best") == .artifact(path: "models/best"))
        #expect(try TeacherSource("predictions:a b.csv") == .predictions(path: "a b.csv", kind: nil))
        #expect(try TeacherSource("predictions:l.npy[logits]") == .predictions(path: "l.npy", kind: .logits))
        #expect(try TeacherSource("tree[leaves=16]") == .specification(Specification("tree[leaves=16]")))
        #expect(try TeacherSource("boost[eta=0.1]") == .specification(Specification("boost[eta=0.1]")))
    }

    @Test(arguments: ["m.onnx", "command:ask", "https://host/ask", "m.ubj", "m.json", "m.txt", "m.pkl"])
    func `A kind that a later version brings gets one sentence`(_ text: String) {
        let error = #expect(throws: AttarError.self) { try TeacherSource(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.remedy.contains("predictions:FILE") == true)
    }

    @Test(arguments: ["forrest", "predictions:", "tree[leaves=3", ""])
    func `What is none of these is refused`(_ text: String) {
        #expect(throws: AttarError.self) { try TeacherSource(text) }
    }

    @Test func `A model to train is no trained model`() {
        let error = #expect(throws: AttarError.self) { try TeacherSource.artifact("tree") }
        #expect(error?.remedy.contains("attar train --model tree") == true)
    }
}
