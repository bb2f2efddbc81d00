import Foundation
import Testing

/// Opens pages in a real browser and asks it what it sees.
enum Browser {
    /// What is wrong with a page at a width: text that leaves its picture or lies on other text, pictures without a name, a page wider than
    /// the window, anything that is loaded. Empty where nothing is.
    ///
    /// The page gets a script that looks at it once it is laid out and writes down what it finds.
    static func problems(of page: String, width: Int, in folder: URL) async throws -> [String] {
        let file = folder.appendingPathComponent("looked-at-\(width).html")
        try Data(page.replacingOccurrences(of: "</body>", with: "\(script)</body>").utf8).write(to: file)
        let shown = try await dump(file, width: width)
        let begin = try #require(
            shown.range(of: "<pre id=\"findings\">"), "the script did not run: \(shown.prefix(300))")
        let end = try #require(shown.range(of: "</pre>", range: begin.upperBound..<shown.endIndex))
        let text = shown[begin.upperBound..<end.lowerBound].replacingOccurrences(of: "&amp;", with: "&")
        return text.split(separator: "\n").map(String.init)
    }

    /// The page's elements after its script has run.
    private static func dump(_ file: URL, width: Int) async throws -> String {
        try await ProgramRun.output(
            of: executable(),
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--window-size=\(width),844",
                "--virtual-time-budget=2000", "--dump-dom", "file://\(file.path)",
            ], to: file.appendingPathExtension("dom"), takesErrors: false
        ).text
    }

    private static func executable() throws -> URL {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths = ["chromium-headless-shell", "chromium", "google-chrome"].flatMap { name in
            folders.map { "\($0)/\(name)" }
        }
        let path = paths.first { FileManager.default.isExecutableFile(atPath: $0) }
        return URL(
            fileURLWithPath: try #require(
                path, "this test looks at the report in a browser: run scripts/fixtures.sh, or install Chromium"))
    }

    private static let script = """
        <script>
        addEventListener('load', () => {
          const problems = [];
          const root = document.documentElement;
          if (root.scrollWidth > innerWidth) problems.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}`);
          for (const picture of document.querySelectorAll('svg')) {
            const title = picture.querySelector('title');
            const name = picture.getAttribute('aria-label') || (title && title.textContent) || '';
            if (!name) problems.push('a picture has no name');
            const frame = picture.getBoundingClientRect();
            if (frame.width === 0) continue;
            const texts = [...picture.querySelectorAll('text')].map(text => ({
              words: text.textContent, box: text.getBoundingClientRect(),
              size: parseFloat(getComputedStyle(text).fontSize) * frame.width / picture.viewBox.baseVal.width }));
            texts.forEach(({ words, box, size }, index) => {
              if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
                problems.push(`${name}: '${words}' leaves the picture`);
              if (size < 8.5) problems.push(`${name}: '${words}' is ${size.toFixed(1)} pixels high`);
              for (const other of texts.slice(index + 1)) {
                const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
                const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
                if (across > 2 && down > 4) problems.push(`${name}: '${words}' lies on '${other.words}'`);
              }
            });
          }
          for (const loaded of performance.getEntriesByType('resource')) problems.push(`${loaded.name} is loaded`);
          for (const element of document.querySelectorAll('[src], link, iframe, object'))
            problems.push(`${element.tagName} loads something`);
          const findings = document.createElement('pre');
          findings.id = 'findings';
          findings.textContent = problems.join('\\n');
          document.body.append(findings);
        });
        </script>
        """
}
