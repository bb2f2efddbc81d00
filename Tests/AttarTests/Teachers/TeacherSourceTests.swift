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

    @Test func `A teacher outside of Attar is told by its prefix or its ending`() throws {
        #expect(try TeacherSource("m.onnx") == .onnx(path: "m.onnx"))
        #expect(try TeacherSource("m.ubj") == .trees(path: "m.ubj"))
        #expect(try TeacherSource("m.txt") == .trees(path: "m.txt"))
        #expect(try TeacherSource("command: python3 t.py ") == .command("python3 t.py"))
        #expect(try TeacherSource("command:python3 t.py m.joblib") == .command("python3 t.py m.joblib"))
        #expect(try TeacherSource("https://host/v1") == .url("https://host/v1"))
    }

    @Test(arguments: ["m.pkl", "m.joblib", "m.pt", "m.keras"])
    func `A file that only its own library reads gets one sentence`(_ text: String) {
        let error = #expect(throws: AttarError.self) { try TeacherSource(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.remedy.contains("command:") == true)
    }

    @Test(arguments: ["forrest", "predictions:", "command: ", "tree[leaves=3", ""])
    func `What is none of these is refused`(_ text: String) {
        #expect(throws: AttarError.self) { try TeacherSource(text) }
    }

    @Test func `A model to train is no trained model`() {
        let error = #expect(throws: AttarError.self) { try TeacherSource.artifact("tree") }
        #expect(error?.remedy.contains("attar train --model tree") == true)
    }
}
