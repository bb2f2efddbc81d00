/// The options of networks, written out for a terminal and for a page of documentation.
package enum NetworkGuide {
    /// What `attar help networks` prints: the options of each network, then those of their training, with ranges and defaults.
    package static func text(width: Int = 80) -> String {
        var lines = SettingGuide.wrapped(
            """
            Options stand in brackets behind a network's name, first those without a name: mlp[64,32,dropout=0.1,epochs=40].
            """, indent: 0, width: width)
        for (family, options) in designs() {
            lines += ["", "\(family.name.uppercased()):"]
            lines += SettingGuide.wrapped("\(family.summary).", indent: 2, width: width)
            lines += SettingGuide.wrapped(options.filter { $0 != "`" }, indent: 2, width: width)
        }
        lines += ["", "HOW ALL ARE TRAINED:"]
        for row in training {
            lines.append("  \(row.name)")
            lines += SettingGuide.wrapped("\(row.range); default: \(row.usual).", indent: 6, width: width)
            lines += SettingGuide.wrapped(row.help, indent: 6, width: width)
        }
        return lines.joined(separator: "\n")
    }

    /// The options of training as a table in Markdown.
    package static func markdown() -> String {
        let rows = training.map { "| `\($0.name)` | \($0.usual) | \($0.range) | \($0.help) |" }
        return (["| option | default | values | meaning |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    /// The families that are networks, each with its own options: "`norm` (none; batch, layer), `dropout` (0)".
    package static func designs() -> [(family: Family, options: String)] {
        Family.all.compactMap { family in
            let estimator = try? family.estimator(Specification(family.name))
            return (estimator as? any NetworkFitting).map { (family, $0.optionsInWords.joined(separator: ", ")) }
        }
    }

    /// The options that all networks share.
    private static var training: [(name: String, usual: String, range: String, help: String)] {
        NetworkTraining.options.map { ($0.name, usual($0), $0.range, $0.help) }
            + [Precision.option].map { ($0.name, $0.shown(.float32), $0.range, $0.help) }
    }

    /// The default in words, with what else it is for some networks: "150; pictures 20; tokens 15".
    private static func usual(_ option: ModelOption<NetworkTraining>) -> String {
        let (all, transformer) = (option.shown(NetworkTraining()), option.shown(TransformerDesign.training))
        let (pictures, tokens) = (option.shown(.pictures), option.shown(.texts))
        var parts = [all]
        if pictures == tokens {
            if pictures != all { parts.append("pictures and tokens \(pictures)") }
        } else {
            if pictures != all { parts.append("pictures \(pictures)") }
            if tokens != all { parts.append("tokens \(tokens)") }
        }
        if transformer != tokens { parts.append("transformer \(transformer)") }
        return parts.joined(separator: "; ")
    }
}

extension ModelOption {
    /// Name, meaning, default and, where they are few, the other words that it takes: "`norm` (none; batch, layer)".
    func inWords(of usual: Root) -> String {
        let value = shown(usual)
        let others = words.count > 3 ? [] : words.filter { $0 != value }
        let aside = others.isEmpty ? value : "\(value); \(others.joined(separator: ", "))"
        return "`\(name)` \(help.isEmpty ? "" : "\(help) ")(\(aside))"
    }
}
