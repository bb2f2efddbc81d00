// swift-tools-version: 6.2
import PackageDescription

// A package of its own, as a user of the library has one: the example of the README, built and run as it stands there.
let package = Package(
    name: "Library",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "attar", path: "../..")],
    targets: [
        .executableTarget(name: "Library", dependencies: [.product(name: "Attar", package: "attar")])
    ],
    swiftLanguageModes: [.v6]
)
