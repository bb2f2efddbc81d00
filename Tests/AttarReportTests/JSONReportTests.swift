import Attar
import AttarReport
import Testing

/// All of a certificate as one document.
struct JSONReportTests {
    @Test(arguments: ["classes", "values"])
    func `The document holds the certificate to the last digit, its form and the data's name`(kind: String) throws {
        let saved = try kind == "classes" ? Saved.classes.get() : Saved.values.get()
        let text = try jsonReport(of: saved.certificate(), data: "a \"b\".csv")
        let document = try JSONValue(parsing: text)
        #expect(document["schema"] == .string("attar-report-1"))
        #expect(document["data"] == .string("a \"b\".csv"))
        guard case .object(let members) = document, case .object(let own) = saved.json else {
            Issue.record("a document is an object")
            return
        }
        #expect(Set(members.keys) == Set(own.keys).union(["schema", "data", "baseline"]))
        for (key, value) in own { #expect(members[key] == value, "\(key)") }
        #expect(try document.decoded(as: Certificate.self) == saved.certificate())
    }

    @Test func `Keys are in order, one a line, so that two reports can be compared line by line`() throws {
        let text = try jsonReport(of: Saved.values.get().certificate(), data: "rows.csv")
        #expect(text.hasPrefix("{\n  \"baseline\" : null,") && text.hasSuffix("}\n"))
        let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map { $0.split(separator: "\"")[1] }
        #expect(keys.count > 10 && keys == keys.sorted())
        #expect(!text.contains("\\/"))
    }

    @Test func `An evaluation is a document of its own`() throws {
        let saved = try Saved.evaluation.get()
        let document = try JSONValue(parsing: jsonReport(of: saved.evaluation(), data: "new.csv"))
        #expect(document["schema"] == .string("attar-report-1") && document["data"] == .string("new.csv"))
        guard case .object(let own) = saved.json else {
            Issue.record("an evaluation is an object")
            return
        }
        for (key, value) in own { #expect(document[key] == value, "\(key)") }
        #expect(document["choice"] == nil)
    }

    @Test func `Parts that are not there have no key`() throws {
        let saved = try Saved.classes.get().removing("evidence.calibration").removing("provenance")
        let document = try JSONValue(parsing: jsonReport(of: saved.certificate(), data: "rows.csv"))
        #expect(document["provenance"] == nil)
        #expect(document["evidence"]?["calibration"] == nil && document["evidence"]?["slices"] != nil)
    }
}
