/// The settings of recipes, written out for a terminal and for a page of documentation.
package enum SettingGuide {
    /// What `attar help recipe` prints: every key with its type, range, default and flag, by groups.
    package static func text(catalogue: Catalogue = .standard, width: Int = 80) -> String {
        var lines = wrapped(
            """
            A recipe is a YAML file for 'attar distill --recipe FILE', with lines of 'key: value'. Every key can be left out; flags win over the \
            recipe. Keys that it does not have are refused.
            """, indent: 0, width: width)
        lines += [
            "", "EXAMPLE", "  target: label", "  teacher: ensemble", "  student: mlp[16]", "  seeds: 5",
            "  maxSize: 50KB",
        ]
        for section in sections(catalogue) {
            lines += ["", "\(section.title.uppercased()):"]
            for setting in section.settings {
                lines.append("  " + setting.name + (setting.flagName.map { "  --\($0)" } ?? ""))
                lines += wrapped("\(setting.facts).", indent: 6, width: width)
                lines += wrapped(setting.help, indent: 6, width: width)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The same as tables in Markdown.
    package static func markdown(catalogue: Catalogue = .standard) -> String {
        sections(catalogue).map { section in
            let rows = section.settings.map { setting in
                let cells = [
                    "`\(setting.name)`", setting.flagName.map { "`--\($0)`" } ?? "", setting.form.words,
                    setting.usualText ?? "–", setting.help,
                ]
                return "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
            }
            return
                (["**\(section.title)**", "", "| key | flag | type | default | meaning |", "|---|---|---|---|---|"]
                + rows)
                .joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// The settings by groups; those of a teacher, which stand under `asking`, last.
    private static func sections(_ catalogue: Catalogue) -> [(title: String, settings: [any DeclaredSetting])] {
        var sections: [(title: String, settings: [any DeclaredSetting])] = []
        for group in SettingGroup.all {
            sections.append((group.title, RecipeSettings.all.filter { $0.group == group }))
        }
        sections.append(("Under asking", catalogue.teacherOptions))
        return sections
    }

    /// Lines that are no wider than they may be, but for words that are.
    static func wrapped(_ text: String, indent: Int, width: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = margin
        for word in text.split(separator: " ") {
            if line.count + word.count + 1 > width, line.count > indent {
                lines.append(line)
                line = margin
            }
            line += (line.count > indent ? " " : "") + word
        }
        return lines + [line]
    }
}
