internal import ArgumentParser
internal import Attar
internal import AttarReport
internal import Foundation

/// Where the evidence goes, and in what form.
struct ReportOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            """
            Where the evidence goes: a page (.html), all of it as JSON (.json), a model card (.md), or a folder for all three; can be \
            repeated.
            """, valueName: "path"))
    var report: [String] = []

    /// One form of a report.
    enum Form: String, CaseIterable {
        case page = "html"
        case document = "json"
        case card = "md"

        /// The file's name in a folder of reports.
        var name: String {
            switch self {
            case .page: "report.html"
            case .document: "report.json"
            case .card: "README.md"
            }
        }
    }

    /// The files to write, with their forms.
    ///
    /// - Throws: `AttarError` (`invalidSetting`) for another ending.
    func files(forms: [Form] = Form.allCases) throws -> [(path: String, form: Form)] {
        try report.flatMap { path -> [(path: String, form: Form)] in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            if path.hasSuffix("/") || (exists && isFolder.boolValue) {
                return forms.map { ((path.hasSuffix("/") ? path : path + "/") + $0.name, $0) }
            }
            guard let form = forms.first(where: { path.lowercased().hasSuffix(".\($0.rawValue)") }) else {
                throw AttarError(
                    .invalidSetting, "'\(path)' is no place for a report",
                    remedy:
                        "Give a path that ends in \(forms.map { ".\($0.rawValue)" }.joined(separator: ", ")), or a folder, with / at its end"
                )
            }
            return [(path, form)]
        }
    }

    /// Makes the folders that are named.
    ///
    /// - Throws: `AttarError` (`unwritableFile`).
    func makeFolders() throws {
        for path in report where path.hasSuffix("/") {
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw AttarError(
                    .unwritableFile, "the folder '\(path)' cannot be made", remedy: "Give another", underlying: error)
            }
        }
    }
}
