import Attar
import AttarReport
import Testing

/// A certificate as a model card. That Hugging Face reads it, `ReportFileTests` asks its own library.
struct ModelCardTests {
    private static func card(
        _ saved: Saved, artifact: String = "student.attar", data: String = "rows.csv"
    ) throws -> String {
        try modelCard(of: saved.certificate(), artifact: artifact, data: data)
    }

    /// The lines between the first two lines of dashes.
    private static func frontMatter(_ card: String) throws -> [Substring] {
        let lines = card.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "---")
        let end = try #require(lines.dropFirst().firstIndex(of: "---"))
        return Array(lines[1..<end])
    }

    @Test func `The front matter names task, student, data and figures`() throws {
        let lines = try Self.frontMatter(
            Self.card(Saved.classes.get().setting("student.accuracy", to: .figure(0.8768, 0.8123, 0.9347))))
        for line in ["library_name: attar", "pipeline_tag: tabular-classification", "tags:", "  - distillation"] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
        #expect(lines.contains("          name: \"rows.csv\""))
        let metric = try #require(lines.firstIndex(of: "          - type: accuracy"))
        #expect(lines[metric + 1...metric + 2] == ["            name: \"accuracy\"", "            value: 0.8768"])
        let types = lines.filter { $0.hasPrefix("          - type: ") }.map { $0.split(separator: " ").last ?? "" }
        #expect(types == ["accuracy", "f1", "roc_auc", "brier_score", "expected_calibration_error", "agreement"])
    }

    @Test func `A regression's front matter has a regression's metrics`() throws {
        let lines = try Self.frontMatter(Self.card(Saved.values.get()))
        #expect(lines.contains("pipeline_tag: tabular-regression"))
        let types = lines.filter { $0.hasPrefix("          - type: ") }.map { $0.split(separator: " ").last ?? "" }
        #expect(types == ["r_squared", "mse", "mae", "r2_to_teacher"])
    }

    @Test func `Decision, verdict, figures, limits, commands and provenance follow`() throws {
        let saved = try Saved.classes.get()
            .setting("verdict.text", to: .string("This is the verdict."))
            .setting("notes.0", to: .string("Mind this."))
            .setting("student.accuracy", to: .figure(0.8768, 0.8123, 0.9347))
        let card = try Self.card(saved)
        let headings = card.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { $0.dropFirst(3) }
        #expect(headings == ["Decision: ship", "Figures", "Limits", "How to use it", "Provenance"])
        #expect(card.contains("\n\nThis is the verdict.\n\n"))
        #expect(card.contains("\n- Mind this.\n"))
        #expect(card.contains("| accuracy | 87.7 % (81.2 % to 93.5 %) | "))
        #expect(card.contains("attar predict new.csv --model student.attar --out predictions.csv"))
        #expect(card.contains("attar verify student.attar rows.csv"))
        guard case .string(let hash) = saved.json.at("provenance.data") else {
            Issue.record("the data has no hash")
            return
        }
        #expect(card.contains("- data `\(hash)`") && card.contains("with Attar 0.1.0"))
    }

    @Test func `Paths are words of a shell, whatever is in them`() throws {
        let card = try Self.card(Saved.classes.get(), artifact: "my model.attar", data: "it's; rm -r.csv")
        #expect(card.contains("attar verify 'my model.attar' 'it'\\''s; rm -r.csv'"))
    }

    @Test func `Texts from outside break neither YAML nor Markdown`() throws {
        let nasty = "a\"b\\c: #\n| *d* <e> `f`"
        let saved = try Saved.classes.get().setting("choice.student", to: .string(nasty))
            .setting("notes.0", to: .string(nasty))
        let card = try Self.card(saved, data: nasty)
        let lines = try Self.frontMatter(card)
        #expect(lines.contains(#"  - name: "a\"b\\c: # | *d* <e> `f`""#))
        #expect(lines.contains(#"          name: "a\"b\\c: # | *d* <e> `f`""#))
        let shown = ##"a"b\\c: \# \| \*d\* \<e\> \`f\`"##
        #expect(card.contains("# \(shown) distilled from "))
        #expect(card.contains("\n- \(shown)\n"))
    }

    @Test func `Regressions of slices and loss under shift are among the limits`() throws {
        let saved = try Saved.classes.get().setting("evidence.slices.slices.0.isRegression", to: .bool(true))
            .setting("evidence.slices.slices.0.name", to: .string("colour = red"))
            .setting("evidence.shift.qualityKept", to: .number(0.4321))
        let card = try Self.card(saved)
        #expect(card.contains("- It falls behind on these slices: colour = red."))
        #expect(card.contains("- On corrupted rows it keeps 43.2 % of its accuracy."))
        #expect(try Self.card(Saved.classes.get()).contains("- It falls behind on none of 126 slices"))
    }
}
