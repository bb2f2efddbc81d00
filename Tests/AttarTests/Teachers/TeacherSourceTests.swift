import Attar
import Testing

struct TeacherSourceTests {
    @Test(arguments: [
        ("m.attar", "artifact", "m.attar"), ("models/best", "artifact", "models/best"),
        ("predictions:a b.csv", "predictions", "a b.csv"),
        ("predictions:l.npy[logits]", "predictions", "l.npy[logits]"),
        ("tree[leaves=16]", "training", "tree[leaves=16]"), ("boost[eta=0.1]", "training", "boost[eta=0.1]"),
    ])
    func `A text tells what is meant`(_ text: String, kind: String, reference: String) throws {
        let source = try TeacherSource(text)
        #expect(source.kind.name == kind)
        #expect(source.reference == reference)
    }

    @Test(arguments: [
        ("m.onnx", "onnx", "m.onnx"), ("m.ubj", "trees", "m.ubj"), ("m.txt", "trees", "m.txt"),
        ("command: python3 t.py ", "command", "python3 t.py"),
        ("command:python3 t.py m.joblib", "command", "python3 t.py m.joblib"),
        ("https://host/v1", "url", "https://host/v1"), ("https://host/m.onnx", "url", "https://host/m.onnx"),
    ])
    func `A teacher outside of Attar is told by its prefix or its ending`(
        _ text: String, kind: String, reference: String
    ) throws {
        let source = try TeacherSource(text)
        #expect(source.kind.name == kind)
        #expect(source.reference == reference)
        #expect(source.specification == nil)
    }

    @Test(arguments: ["m.pkl", "m.joblib", "m.pt", "m.keras"])
    func `A file that only its own library reads gets one sentence`(_ text: String) {
        for read in [{ _ = try TeacherSource(text) }, { _ = try TeacherSource.artifact(text) }] {
            let error = #expect(throws: AttarError.self) { try read() }
            #expect(error?.code == .invalidSetting)
            #expect(error?.remedy.contains("command:") == true)
        }
    }

    @Test(arguments: ["forrest", "predictions:", "command: ", "tree[leaves=3", ""])
    func `What is none of these is refused`(_ text: String) {
        #expect(throws: AttarError.self) { try TeacherSource(text) }
    }

    @Test func `A prefix that is nearly one is put right`() {
        let error = #expect(throws: AttarError.self) { try TeacherSource("comand:python3 teacher.py") }
        #expect(error?.problem == "there is no kind of teacher that 'comand:' names")
        #expect(error?.remedy.contains("command:") == true)
    }

    @Test(arguments: [
        ("tree", "attar train --model tree"), ("predictions:a.csv", "Give the path of an .attar file"),
        ("m.onnx", "attar label"), ("https://host/v1", "attar label"),
    ])
    func `What can only teach is no trained model`(_ text: String, remedy: String) {
        let error = #expect(throws: AttarError.self) { try TeacherSource.artifact(text) }
        #expect(error?.remedy.contains(remedy) == true)
    }
}
