/// The families and their options, written out for a terminal.
package enum FamilyGuide {
    /// What `attar help families` prints: each family, what it is, and its options with their meanings and defaults.
    package static func text(width: Int = 80) -> String {
        var lines = SettingGuide.wrapped(
            """
            Each is a teacher (--teacher, --model) and a student (--student). Options stand in brackets, as in 'forest[trees=50,depth=8]'; quote them in the shell. \
            'attar help networks' lists how networks are trained.
            """, indent: 0, width: width)
        for family in Family.known {
            lines += ["", "\(family.name.uppercased()):"]
            lines += SettingGuide.wrapped("\(family.summary).", indent: 2, width: width)
            let options = options(of: family)
            if options.isEmpty { continue }
            lines += SettingGuide.wrapped(options.joined(separator: ", ").filter { $0 != "`" }, indent: 2, width: width)
        }
        return lines.joined(separator: "\n")
    }

    /// A family's options in words; none where it has none with a name.
    package static func options(of family: Family) -> [String] {
        let estimator = try? family.estimator(Specification(family.name))
        return (estimator as? any ListsOptions)?.optionsInWords ?? []
    }
}
