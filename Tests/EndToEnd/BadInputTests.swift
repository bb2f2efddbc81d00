import Foundation
import Testing

/// Bad input gets one sentence, the right status, and changes no file.
struct BadInputTests {
    /// A command line that must fail.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        /// The arguments, separated by blanks.
        let arguments: String
        let status: Int32
        /// Part of the sentence.
        let phrase: String
        /// Further files: data.csv, new.csv and model.attar are there always.
        var files: [String: Data] = [:]

        init(_ name: String, _ arguments: String, _ status: Int32, _ phrase: String, _ files: [String: String] = [:]) {
            self.init(name, arguments, status, phrase, bytes: files.mapValues { Data($0.utf8) })
        }

        init(_ name: String, _ arguments: String, _ status: Int32, _ phrase: String, bytes: [String: Data]) {
            (testDescription, self.arguments, self.status, self.phrase) = (name, arguments, status, phrase)
            files = bytes
        }
    }

    private static let train = "--target fruit --model linear --out model.attar"

    /// "a,fruit" and 40 rows, compressed, cut off in the middle.
    private static let cutGzip = Data(
        [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x4B, 0xD4, 0x49, 0x2B, 0x2A, 0xCD])

    static let data: [Case] = [
        Case("a missing file", "train none.csv \(train)", 1, "none.csv"),
        Case("an unknown format", "train data.xlsx \(train)", 1, "data.xlsx", ["data.xlsx": "PK"]),
        Case("an empty file", "train bad.csv \(train)", 1, "empty", ["bad.csv": ""]),
        Case("a header only", "train bad.csv \(train)", 1, "bad.csv", ["bad.csv": "a,fruit\n"]),
        Case("a ragged file", "train bad.csv \(train)", 1, "line 3", ["bad.csv": "a,fruit\n1,x\n2\n3,y\n"]),
        Case("a binary file", "train bad.csv \(train)", 1, "bad.csv", bytes: ["bad.csv": Data([0, 1, 2, 255, 0, 10])]),
        Case("cut gzip", "train bad.csv.gz \(train)", 1, "truncated", bytes: ["bad.csv.gz": cutGzip]),
        Case("a misspelled target", "train data.csv --target friut --model linear", 1, "Did you mean 'fruit'?"),
        Case(
            "a target with a gap", "train bad.csv \(train)", 1, "bad.csv, line 3: the target 'fruit' is missing",
            ["bad.csv": "a,fruit\n1,x\n2,\n3,y\n4,x\n5,y\n6,x\n"]),
        Case(
            "one class", "train bad.csv \(train)", 1, "one class", ["bad.csv": "a,fruit\n1,x\n2,x\n3,x\n4,x\n"]),
        Case(
            "a class that training never saw", "train data.csv --test bad.csv \(train)", 1, "'melon'",
            ["bad.csv": "weight,noise,shop,fruit\n1,2,shop1,melon\n"]),
        Case(
            "a missing column", "predict bad.csv --model model.attar --out old.csv", 1, "'noise'",
            ["bad.csv": "weight,shop\n1,shop1\n2,shop2\n"]),
        Case(
            "an extra column", "predict bad.csv --model model.attar --out old.csv", 1, "--allow-extra-columns",
            ["bad.csv": "weight,noise,shop,colour\n1,2,shop1,red\n2,3,shop2,blue\n"]),
        Case(
            "text where the model knows numbers", "predict bad.csv --model model.attar --out old.csv", 1, "heavy",
            ["bad.csv": "weight,noise,shop\nheavy,2,shop1\n2,3,shop2\n"]),
    ]

    static let outputs: [Case] = [
        Case("no output folder", "train data.csv --target fruit --model linear --out no/m.attar", 1, "mkdir -p"),
        Case("a folder for output", "train data.csv --target fruit --model linear --out .", 1, "is a folder"),
        Case(
            "an output that is the input", "predict new.csv --model model.attar --out new.csv", 64,
            "both read and written"),
        Case(
            "one path for two outputs", "distill data.csv --target fruit --out s.html --report s.html", 64,
            "written twice"),
    ]

    static let usage: [Case] = [
        Case(
            "a strategy without its rows", "distill data.csv --target fruit --strategy unlabeled", 64,
            "--unlabeled DATA"),
        Case("a student out of range", "distill data.csv --target fruit --student forest[trees=0]", 64, "trees is 0"),
        Case("no target", "train data.csv --model linear", 64, "--target"),
        Case("an unknown flag", "train data.csv --model linear --colour red", 64, "--colour"),
        Case("an unknown subcommand", "destill data.csv", 64, "Did you mean 'distill'?"),
        Case("an unknown family", "train data.csv --target fruit --model forst", 64, "Did you mean 'forest'?"),
        Case("an unknown option", "train data.csv --target fruit --model tree[leafs=3]", 64, "Did you mean 'leaves'?"),
        Case("a share above 1", "train data.csv --test-fraction 2 \(train)", 64, "testFraction is 2"),
        Case("an unknown task", "train data.csv --task clasification \(train)", 64, "Did you mean 'classification'?"),
        Case("a size in no unit", "distill data.csv --target fruit --max-size 10parsecs", 64, "100KB"),
        Case("a label command without a teacher", "label data.csv", 64, "--teacher"),
        Case("statistics of no store", "label data.csv --stats --out nothing", 1, "there is no store of answers"),
        Case("a way of choosing without a number", "label data.csv --teacher t.attar --select random", 64, "--ask"),
        Case("an unknown way of choosing", "label data.csv --teacher t.attar --ask 50 --select randm", 64, "'random'"),
        Case(
            "answered rows of a teacher to train", "distill data.csv --target fruit --teacher tree --answered-only", 64,
            "attar label"),
        Case(
            "weights of an unknown kind", "distill data.csv --target fruit --calibrate maybe", 64,
            "auto, always or never"),
        Case("a pickled teacher", "distill data.csv --target fruit --teacher m.pkl", 64, "command:python3"),
        Case("an empty command for a teacher", "distill data.csv --target fruit --teacher command:", 64, "teacher.py"),
        Case(
            "a recipe with an unknown key", "distill data.csv --recipe r.yaml", 64, "Did you mean 'student'?",
            ["r.yaml": "studnet: linear\n"]),
        Case(
            "features of a tensor that there is not",
            "distill data.csv --target fruit --teacher mlp --student mlp[8] --features hint:activaton1>dense0", 64,
            "Did you mean 'activation1'?"),
        Case(
            "features of a student without hidden tensors",
            "distill data.csv --target fruit --teacher mlp --student tree --features hint", 64,
            "hidden tensors, which the student 'tree' does not have"),
        Case(
            "features without a student", "distill data.csv --target fruit --teacher mlp --features hint", 64,
            "Name one with --student"),
        Case(
            "features that are none",
            "distill data.csv --target fruit --teacher mlp --student mlp[8] --features hit", 64, "Did you mean 'hint'?"),
        Case(
            "features of labels alone",
            "distill data.csv --target fruit --teacher mlp --student mlp[8] --features hint --strategy labels", 64,
            "features need a teacher"),
        Case(
            "generations out of range",
            "distill data.csv --target fruit --teacher mlp --student mlp[8] --strategy teacher --generations 0", 64,
            "generations is 0"),
        Case(
            "an assistant that there is not",
            "distill data.csv --target fruit --student mlp[8] --strategy teacher --assistant mlb[8]", 64,
            "Did you mean 'mlp'?"),
        Case(
            "a peer that is no network",
            "distill data.csv --target fruit --student mlp[8] --strategy teacher --peer forest", 64,
            "the peer is 'forest'"),
        Case(
            "a peer with checkpoints",
            "distill data.csv --target fruit --student mlp[8] --strategy teacher --peer mlp[4] --checkpoint kept", 64,
            "checkpoints do not go with a peer"),
        Case(
            "too few weights of teachers",
            "distill data.csv --target fruit --teacher model.attar --teacher model.attar --teacher-weights 1", 64,
            "there are 2 teachers, but 1 weights"),
        Case(
            "several teachers to train", "distill data.csv --target fruit --teacher forest --teacher mlp", 64,
            "have to be trained already"),
        Case("a model that is not trained", "predict new.csv --model forest", 64, "attar train --model forest"),
        Case("answers on standard output twice", "predict new.csv --model model.attar --json", 64, "--out"),
    ]

    static let predictions: [Case] = [
        Case(
            "features of a teacher without hidden tensors",
            "distill data.csv --target fruit --teacher model.attar --student mlp[8] --features hint", 1,
            "hidden tensors, which the teacher 'model.attar' does not have"),
        Case(
            "predictions of another length", "distill data.csv --target fruit --teacher predictions:p.csv", 1,
            "has 1 rows, but 'data.csv' has 90", ["p.csv": "prediction\napple\n"]),
        Case(
            "predictions that do not sum to 1", "distill data.csv --target fruit --teacher predictions:p.csv", 1,
            "p.csv, line 2: the probabilities sum to 1.5",
            ["p.csv": "apple,pear,\"plum, ripe\"\n" + String(repeating: "1,0.5,0\n", count: 90)]),
        Case(
            "predictions for made-up rows",
            "distill data.csv --target fruit --teacher predictions:p.csv --strategy munge --student tree", 1,
            "'munge' makes up",
            ["p.csv": "prediction\n" + String(repeating: "apple\n", count: 90)]),
        Case(
            "an unknown class", "distill data.csv --target fruit --teacher predictions:p.csv", 1, "'melon'",
            ["p.csv": "probability:apple,probability:melon\n" + String(repeating: "1,0\n", count: 90)]),
    ]

    @Test(arguments: data + outputs + usage + predictions)
    func `Bad input is refused with a sentence and changes nothing`(_ bad: Case) async throws {
        let model = try await SmallData.tree.value
        try await Attar.inFolder(["data.csv": SmallData.fruit, "new.csv": SmallData.unlabelled, "old.csv": "old"]) {
            attar in
            try attar.write(model, to: "model.attar")
            for (name, bytes) in bad.files { try attar.write(bytes, to: name) }
            let names = try attar.names()
            let run = try await attar.run(bad.arguments.split(separator: " ").map(String.init))
            #expect(run.status == bad.status, "\(run.words)")
            #expect(!run.wasInterrupted)
            let sentence = run.words.split(separator: "\n").first { $0.localizedCaseInsensitiveContains("error: ") }
            #expect(sentence?.contains(bad.phrase) == true || run.words.contains(bad.phrase), "\(run.words)")
            #expect(run.output.isEmpty)
            #expect(try attar.names() == names)
            #expect(try attar.bytes("model.attar") == model)
            #expect(try attar.text("old.csv") == "old")
            #expect(try attar.text("new.csv") == SmallData.unlabelled)
        }
    }

    /// What happened to an artifact.
    struct Damage: CustomTestStringConvertible {
        let testDescription: String
        let phrase: String
        let damaged: @Sendable (Data) -> Data
    }

    static let damages = [
        Damage(testDescription: "cut off", phrase: "damaged or truncated") { $0.dropLast(40) },
        Damage(testDescription: "a wrong length", phrase: "damaged or truncated") { [$0[0], 0xFF] + $0.dropFirst(2) },
        Damage(testDescription: "CSV", phrase: "is not an .attar file") { _ in Data("a,b\n1,2\n3,4\n".utf8) },
        Damage(testDescription: "nothing", phrase: "is empty") { _ in Data() },
        Damage(testDescription: "a newer version", phrase: "Update attar") { bytes in
            guard let place = bytes.range(of: Data(#"\"format\":1"#.utf8)) else { return bytes }
            return bytes[..<(place.upperBound - 1)] + Data("9".utf8) + bytes[place.upperBound...]
        },
    ]

    @Test(arguments: damages)
    func `A damaged artifact is refused with a sentence`(_ damage: Damage) async throws {
        let bytes = damage.damaged(try await SmallData.tree.value)
        try await Attar.inFolder(["new.csv": SmallData.unlabelled]) { attar in
            try attar.write(bytes, to: "m.attar")
            for arguments in [["inspect", "m.attar"], ["predict", "new.csv", "--model", "m.attar"]] {
                let run = try await attar.run(arguments)
                #expect(run.status == 1)
                #expect(run.output.isEmpty)
                #expect(run.words.contains("'m.attar'") && run.words.contains(damage.phrase), "\(run.words)")
            }
        }
    }

    #if os(Linux)
        @Test func `A full disk is told in a sentence`() async throws {
            try await Attar.inFolder(["new.csv": SmallData.unlabelled]) { attar in
                try attar.write(try await SmallData.tree.value, to: "m.attar")
                let run = try await attar("predict", "new.csv", "--model", "m.attar", "--out", "/dev/full")
                #expect(run.status == 1)
                #expect(run.words.contains("'/dev/full' cannot be written: the disk is full"), "\(run.words)")
            }
        }
    #endif
}
