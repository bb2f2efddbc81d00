import Attar
import AttarReport
import Foundation
import Testing

/// The page of a certificate and of an evaluation: its sections, numbers and texts. How it looks, `ReportPageTests` asks a browser.
struct PageTests {
    private static func page(_ saved: Saved, data: String = "rows.csv") throws -> String {
        try htmlReport(of: saved.certificate(), data: data)
    }

    /// The sections of a certificate on classes, in their order, with the part of the evidence that each shows.
    static let sections: [(part: String?, heading: String)] = [
        (nil, "Side by side"), (nil, "What it costs"), ("training", "Training"), ("calibration", "Calibration"),
        ("selection", "When not to answer"), ("coverage", "Prediction sets"), ("shift", "Under shift"),
        ("outOfDistribution", "Strange rows"), ("slices", "Slices"), ("learning", "Overfitting and rows needed"),
        ("disagreement", "Where they differ"), (nil, "Over the seeds"), (nil, "What was chosen, on validation rows"),
        (nil, "Provenance"), (nil, "Notes"),
    ]

    @Test func `A certificate on classes has a section for each part of its evidence, in order`() throws {
        let page = Markup(try Self.page(Saved.classes.get()))
        #expect(page.headings == Self.sections.map(\.heading))
    }

    @Test func `A baseline that lies far from the models is left out of their picture, and named beside it`() throws {
        let saved = try Saved.classes.get()
        func page(_ share: Double) throws -> String {
            var certificate = try saved.certificate()
            certificate.baseline = ["accuracy": Estimate(value: share, low: share - 0.01, high: share + 0.01)]
            return try htmlReport(of: certificate, data: "rows.csv")
        }
        let models = try saved.certificate().student["accuracy"]
        let (far, near) = (try page(0.1), try page(try #require(models).value))
        #expect(far.contains("The baseline has accuracy 10.0") && far.contains(", which lies outside of the picture."))
        #expect(!near.contains("outside of the picture"))
        #expect(
            near.components(separatedBy: ">baseline</text>").count == far.components(separatedBy: ">baseline</text>")
                .count + 1)
    }

    @Test func `A certificate on values has intervals, and nothing about probabilities`() throws {
        let page = Markup(try Self.page(Saved.values.get()))
        #expect(
            page.headings == [
                "Side by side", "What it costs", "Intervals", "Under shift", "Strange rows", "Slices",
                "Overfitting and rows needed", "Where they differ", "Over the seeds",
                "What was chosen, on validation rows", "Provenance", "Notes",
            ])
    }

    @Test(arguments: sections.compactMap { section in section.part.map { ($0, section.heading) } })
    func `A part of the evidence that is not there is left out, and nothing else`(
        part: String, heading: String
    ) throws {
        let saved = try Saved.classes.get()
        let without = try saved.setting("evidence.\(part)", to: part == "training" ? .array([]) : .null)
        let page = Markup(try Self.page(without))
        #expect(page.headings == Self.sections.map(\.heading).filter { $0 != heading })
        #expect(page.faults.isEmpty)
    }

    @Test func `An evaluation has what rows alone can tell, and a decision`() throws {
        let evaluation = try Saved.evaluation.get().evaluation()
        let page = try htmlReport(of: evaluation, model: "m.attar", names: ["no", "yes"], data: "new.csv")
        #expect(
            Markup(page).headings == [
                "Side by side", "Calibration", "When not to answer", "Prediction sets", "Under shift",
                "Strange rows", "Slices", "Where they differ",
            ])
        #expect(page.contains("<h1>m.attar measured on new.csv</h1>"))
        #expect(page.contains("Decision: <strong>"))
        #expect(page.contains("When it was distilled: "))
    }

    @Test(arguments: ["classes", "values"])
    func `Every tag closes, every picture has a name, and nothing is loaded or run`(kind: String) throws {
        let saved = try kind == "classes" ? Saved.classes.get() : Saved.values.get()
        let text = try Self.page(saved)
        let page = Markup(text)
        #expect(page.faults.isEmpty, "\(page.faults)")
        let pictures = page.tags.filter { $0.hasPrefix("svg") }
        #expect(pictures.count > 3)
        for picture in pictures {
            let name = picture.split(separator: "aria-label=\"", omittingEmptySubsequences: false).dropFirst().first
            #expect(name?.first.map { $0 != "\"" } == true, "\(picture)")
        }
        for word in ["<script", " src=", "url(", "http:", "https:", "@import", "<link", "NaN", "inf"] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test func `Figures stand with their intervals, in the units of their metrics`() throws {
        let page = try Self.page(
            Saved.classes.get()
                .setting("student.accuracy", to: .figure(0.8768, 0.8123, 0.9347))
                .setting("student.logLoss", to: .figure(0.4321, 0.3217, 0.5432))
                .setting("labelsOnly.accuracy", to: .figure(0.6543, 0.6012, 0.7034))
                .setting("student.bytes", to: .figure(12_345, 12_345, 12_345)))
        // A number and its percent sign stay on one line.
        let text = page.replacing("\u{a0}", with: " ")
        #expect(text.contains("<th scope=\"row\">accuracy</th><td>87.7 % <br><small>81.2 % to 93.5 %</small></td>"))
        #expect(text.contains("<td>65.4 % <br><small>60.1 % to 70.3 %</small></td>"))
        #expect(text.contains("<th scope=\"row\">log loss</th><td>0.432 <br><small>0.322 to 0.543</small></td>"))
        #expect(text.contains("12.3 KB"))
        let values = try Self.page(Saved.values.get().setting("student.r2", to: .figure(0.8768, 0.8123, 0.9347)))
        #expect(values.contains("<th scope=\"row\">R²</th><td>0.877 <br><small>0.812 to 0.935</small></td>"))
    }

    @Test func `Tables of the evidence hold its numbers`() throws {
        let saved = try Saved.classes.get()
            .setting("evidence.slices.tested", to: .number(4321))
            .setting("evidence.disagreement.confusion.0.1", to: .number(987))
            .setting("evidence.coverage.methods.0.levels.1.coverage", to: .figure(0.8768, 0.8123, 0.9347))
            .setting("evidence.shift.corruptions.0.strengths.0.agreement.student", to: .number(0.1234))
            .setting("evidence.outOfDistribution.scores.0.auroc", to: .figure(0.6543, 0.6012, 0.7034))
        let text = try Self.page(saved).replacing("\u{a0}", with: " ")
        for part in [
            "On none of 4321 slices", ">987</td>", "<td>87.7 % <br><small>81.2 % to 93.5 %</small></td>",
            "<td>12.3 %</td>", "<td>0.654 <br><small>0.601 to 0.703</small></td>",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test(arguments: [("ship", "✓"), ("ship with a guard", ""), ("do not ship", "")])
    func `The decision and the verdict come first`(kind: String, sign: String) throws {
        let saved = try Saved.classes.get()
            .setting("verdict.decision.kind", to: .string(kind))
            .setting("verdict.text", to: .string("This is the verdict."))
        let page = try Self.page(saved)
        let decision =
            "Decision: <strong>\(kind.prefix(1).uppercased() + kind.dropFirst())</strong>\(sign.isEmpty ? "" : " \(sign)")"
        let (said, first) = (try #require(page.firstRange(of: decision)), try #require(page.firstRange(of: "<section")))
        #expect(said.lowerBound < first.lowerBound)
        let verdict = try #require(page.firstRange(of: "<p>This is the verdict.</p>"))
        #expect(verdict.lowerBound < first.lowerBound)
    }

    /// A text that would end an element, an attribute and a character's name.
    static let nasty = "<b>\"&'"
    /// Places where texts of the data or of the user come from.
    static let places = [
        "choice.student", "choice.teacher", "notes.0", "names.0", "verdict.text", "verdict.decision.reasons.0",
        "evidence.slices.slices.0.name", "evidence.disagreement.rows.0.values", "evidence.disagreement.rows.0.label",
        "evidence.shift.corruptions.0.name", "evidence.coverage.methods.0.name", "provenance.machine.system",
        "choice.trials.0.strategy", "evidence.nonInferiority.text",
    ]

    @Test(arguments: places)
    func `A text from outside stays text`(place: String) throws {
        let plain = try Self.page(Saved.classes.get())
        let page = try Self.page(Saved.classes.get().setting(place, to: .string(Self.nasty)))
        #expect(page != plain, "the text is not shown")
        #expect(!page.contains("<b>"))
        #expect(page.contains("&lt;b&gt;&quot;&amp;"))
        #expect(Markup(page).faults.isEmpty, "\(Markup(page).faults)")
    }

    @Test func `The name of the data stays text`() throws {
        let page = try Self.page(Saved.classes.get(), data: Self.nasty)
        #expect(!page.contains("<b>") && page.contains("&lt;b&gt;&quot;&amp;'"))
        let evaluation = try Saved.evaluation.get().evaluation()
        let other = try htmlReport(of: evaluation, model: Self.nasty, names: [Self.nasty, "yes"], data: Self.nasty)
        #expect(!other.contains("<b>") && other.contains("&lt;b&gt;&quot;&amp;'"))
        #expect(Markup(other).faults.isEmpty)
    }

    @Test func `A page is made without evidence, provenance and decision`() throws {
        let saved = try Saved.classes.get().removing("evidence").removing("provenance").removing("verdict.decision")
        let text = try Self.page(saved)
        #expect(
            Markup(text).headings == [
                "Side by side", "What it costs", "Over the seeds", "What was chosen, on validation rows", "Notes",
            ])
        #expect(!text.contains("Decision: <strong>"))
        #expect(Markup(text).faults.isEmpty)
    }
}
