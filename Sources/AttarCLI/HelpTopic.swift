internal import Attar

/// What `attar help` explains besides subcommands.
enum HelpTopic {
    /// The page that the arguments ask for, such as `help recipe`; nil where they ask for none.
    static func page(for arguments: [String]) -> String? {
        switch arguments {
        case ["help", "recipe"]: SettingGuide.text()
        case ["help", "recipe", "--markdown"]: SettingGuide.markdown()
        case ["help", "families"]: FamilyGuide.text()
        case ["help", "networks"]: NetworkGuide.text()
        case ["help", "networks", "--markdown"]: NetworkGuide.markdown()
        default: nil
        }
    }
}
