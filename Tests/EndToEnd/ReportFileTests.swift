import Foundation
import Testing

/// The evidence as JSON and as a model card.
struct ReportFileTests {
    /// Rows whose classes and columns are as nasty as a data file lets them be.
    private static let nasty: String = {
        let lines = (0..<160).map { row in
            let (x, y) = (row * 37 % 100, row * 61 % 100)
            let name = x + y > 100 ? #""<b>up & ""away"": 'x'""# : "down|#"
            return "\(x),\(y),\(row % 3 == 0 ? "<i>a" : "b&c"),\(name)"
        }
        return "x,\"y \"\"<script>\",kind,which\n" + lines.joined(separator: "\n") + "\n"
    }()

    /// What such a file may be called.
    private static let file = #"da"ta: #1's.csv"#

    private static func distilled(_ attar: Attar, _ reports: String...) async throws -> Attar.Run {
        try await attar.run(
            [
                "distill", file, "--target", "which", "--teacher", "forest[trees=20]", "--student",
                "mlp[4,epochs=20]", "--seeds", "1", "--strategy", "teacher", "--evidence", "full", "--quiet", "--json",
            ] + reports.flatMap { ["--report", $0] })
    }

    @Test func `A folder gets the page, the document and the card, and nothing of the data can break them`()
        async throws
    {
        try await Attar.inFolder([Self.file: Self.nasty]) { attar in
            let run = try await Self.distilled(attar, "evidence/", "again.json")
            #expect(run.status == 0, "\(run.words)")
            #expect(try run.json()["report"] as? String == "evidence/")
            let page = try attar.text("evidence/report.html")
            for tag in ["<b>", "<i>", "<script"] { #expect(!page.contains(tag), "\(tag)") }
            #expect(page.contains("&lt;b&gt;up &amp; &quot;away&quot;"))
            #expect(try attar.text("evidence/report.json") == attar.text("again.json"))

            let card = try attar.text("evidence/README.md")
            try Python.run(
                """
                import json
                from huggingface_hub import ModelCard
                data = ModelCard(open("evidence/README.md").read()).data
                results = [[result.metric_type, result.metric_value] for result in data.eval_results]
                with open("card.json", "w") as file:
                    json.dump([data.library_name, data.pipeline_tag, results, data.model_name], file)
                """, in: attar.folder)
            let shown = try attar.text("card.json")
            #expect(shown.contains(#"["attar", "tabular-classification", [["accuracy", "#), "\(shown)")
            #expect(shown.contains(#"mlp[4,epochs=20]"#))
            #expect(card.contains("## Limits") && card.contains(#"attar verify student.attar 'da"ta: #1'\''s.csv'"#))
        }
    }

    @Test func `Every key of a document is described`() async throws {
        try await Attar.inFolder([Self.file: Self.nasty]) { attar in
            #expect(try await Self.distilled(attar, "r.json").status == 0)
            let document = try JSONSerialization.jsonObject(with: Data(attar.text("r.json").utf8))
            let docs = URL(fileURLWithPath: attar.dataset("../docs"))
            let text = try ["report-json.md", "file-formats.md", "certificate.md"].map {
                try String(contentsOf: docs.appendingPathComponent($0), encoding: .utf8)
            }.joined()
            var keys: Set<String> = []
            func collect(_ value: Any) {
                if let members = value as? [String: Any] {
                    for (key, member) in members {
                        keys.insert(key)
                        // Names of libraries, and what doctor says of the machine.
                        if key != "versions", key != "machine" { collect(member) }
                    }
                }
                for member in value as? [Any] ?? [] { collect(member) }
            }
            collect(document)
            #expect(keys.count > 80)
            for key in keys.sorted() { #expect(text.contains("`\(key)`"), "\(key)") }
        }
    }

    @Test func `A report of another kind is refused before anything is trained`() async throws {
        try await Attar.inFolder([Self.file: Self.nasty]) { attar in
            let run = try await Self.distilled(attar, "report.pdf")
            #expect(run.status == 64)
            #expect(
                run.words.contains("'report.pdf' is no place for a report. Give a path that ends in .html, .json, .md"))
        }
    }

    @Test func `An evaluation has a page and a document, too`() async throws {
        try await Attar.inFolder([Self.file: Self.nasty]) { attar in
            #expect(try await Self.distilled(attar, "r.json").status == 0)
            let run = try await attar(
                "evaluate", Self.file, "--model", "student.attar", "--teacher", "student.attar", "--report", "e.html",
                "--report", "e.json", "--json")
            #expect(run.status == 0, "\(run.words)")
            #expect(try attar.text("e.html").contains("<h2>Slices</h2>"))
            #expect(try attar.text("e.json").contains("\"schema\" : \"attar-report-1\""))
            #expect(run.words.contains("Decision: "))
        }
    }
}
