// swift-tools-version: 6.2
import PackageDescription

// A package of its own, as a user of the library has one: it sees what is public and nothing else.
let package = Package(
    name: "OwnTask",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "attar", path: "../..")],
    targets: [
        .executableTarget(name: "OwnTask", dependencies: [.product(name: "Attar", package: "attar")])
    ],
    swiftLanguageModes: [.v6]
)
