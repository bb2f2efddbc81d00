import Foundation
import Testing

/// The page with the evidence, opened in a real browser.
struct ReportPageTests {
    /// Pages of the bundled data sets, each distilled once: classes and values.
    private static let pages = [
        "classes": page("breast-cancer", target: "diagnosis", student: "mlp[8,epochs=30]"),
        "values": page("concrete", target: "compressive_strength", student: "mlp[16,epochs=60]"),
    ]

    private static func page(_ data: String, target: String, student: String) -> Task<String, any Error> {
        Task {
            var page = ""
            try await Attar.inFolder { attar in
                let run = try await attar(
                    "distill", attar.dataset("\(data).csv"), "--target", target, "--teacher", "forest[trees=30]",
                    "--student", student, "--strategy", "noise", "--seeds", "2", "--evidence", "full", "--quiet",
                    "--report",
                    "page.html")
                try #require(run.status == 0, "\(run.words)")
                page = try attar.text("page.html")
            }
            return page
        }
    }

    @Test(arguments: ["classes", "values"], [360, 390, 768, 1280])
    func `Nothing on the page is cut off, covered, too small or fetched`(_ kind: String, width: Int) async throws {
        let page = try #require(try await Self.pages[kind]?.value)
        try await Attar.inFolder { attar in
            let problems = try await Browser.problems(of: page, width: width, in: attar.folder)
            #expect(problems.isEmpty, "\(problems.prefix(20).joined(separator: "\n"))")
        }
    }

    @Test func `The browser's look finds what is wrong with a page`() async throws {
        let page = """
            <html><body><div style="width: 900px">wide</div><svg viewBox="0 0 100 20" width="100">
            <text x="90" y="12" font-size="12">leaves</text><text x="10" y="12" font-size="12">one</text>
            <text x="12" y="12" font-size="12">two</text></svg></body></html>
            """
        try await Attar.inFolder { attar in
            let problems = try await Browser.problems(of: page, width: 390, in: attar.folder).joined(separator: "\n")
            for part in ["wide in a window of 390", "no name", "'leaves' leaves the picture", "'one' lies on 'two'"] {
                #expect(problems.contains(part), "\(problems)")
            }
        }
    }

    @Test func `The page holds verdict and evidence in less than a megabyte`() async throws {
        let page = try #require(try await Self.pages["classes"]?.value)
        #expect(page.utf8.count < 1_000_000)
        #expect(!page.contains("<script"))
        for word in ["Decision", "Calibration", "Slices", "malignant"] { #expect(page.contains(word), "no '\(word)'") }
    }
}
