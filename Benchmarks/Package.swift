// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "attar", path: "..")],
    targets: [
        .executableTarget(
            name: "AttarBenchmarks",
            dependencies: [
                .product(name: "Attar", package: "attar"), .product(name: "AttarReport", package: "attar"),
                .product(name: "Compute", package: "attar"),
            ]),
        .executableTarget(name: "Quality", dependencies: [.product(name: "Attar", package: "attar")]),
        .executableTarget(name: "Tables", dependencies: [.product(name: "Attar", package: "attar")]),
    ],
    swiftLanguageModes: [.v6]
)
