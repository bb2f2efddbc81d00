// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "attar",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "attar", targets: ["AttarCLI"]),
        .library(name: "Attar", targets: ["Attar"]),
        .library(name: "AttarRuntime", targets: ["AttarRuntime"]),
        .library(name: "AttarReport", targets: ["AttarReport"]),
        .library(name: "Compute", targets: ["Compute"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CXGBoost", pkgConfig: "xgboost", providers: [.apt(["libxgboost-dev"])]),
        .systemLibrary(name: "CLibSVM", providers: [.apt(["libsvm-dev"]), .brew(["libsvm"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng16", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(
            name: "CTurboJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .target(name: "CKernels"),
        .target(name: "COnnxRuntime"),
        .target(name: "CProcess"),
        .target(
            name: "Compute", dependencies: ["CKernels", .target(name: "CBLAS", condition: .when(platforms: [.linux]))]),
        .target(name: "AttarRuntime", dependencies: ["Compute", "CKernels", "CZlib"]),
        .target(
            name: "Attar",
            dependencies: [
                "AttarRuntime", "Compute", "CKernels", "CBLAS", "CXGBoost", "CLibSVM", "CZlib", "CCrypto", "CPNG",
                "CTurboJPEG",
                "CCurl", "COnnxRuntime", "CProcess",
                .product(name: "Yams", package: "Yams"), .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(name: "AttarReport", dependencies: ["Attar"]),
        .executableTarget(
            name: "AttarCLI",
            dependencies: [
                "Attar", "AttarReport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "AnswerOnly", dependencies: ["AttarRuntime"], path: "Examples/AnswerOnly"),
        .executableTarget(name: "TextbookRecipe", dependencies: ["Attar"], path: "Examples/TextbookRecipe"),
        .executableTarget(name: "Clusters", dependencies: ["Attar"], path: "Examples/Clusters"),
        .executableTarget(name: "Anomalies", dependencies: ["Attar"], path: "Examples/Anomalies"),
        .executableTarget(name: "Audit", dependencies: ["Attar"], path: "Benchmarks/Audit"),
        .target(
            name: "Fuzzing", dependencies: ["Attar", "Compute", .product(name: "GRDB", package: "GRDB.swift")],
            path: "Benchmarks/Fuzz/Fuzzing"),
        .executableTarget(name: "Fuzz", dependencies: ["Fuzzing"], path: "Benchmarks/Fuzz/Fuzz"),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        .testTarget(name: "ComputeTests", dependencies: ["Compute", "CKernels", "CAllocationCounter"]),
        .testTarget(name: "AttarRuntimeTests", dependencies: ["AttarRuntime", "Compute"]),
        .testTarget(
            name: "AttarTests",
            dependencies: ["Attar", "CAllocationCounter", .product(name: "GRDB", package: "GRDB.swift")],
            resources: [.copy("Golden"), .copy("Released")]),
        .testTarget(
            name: "AttarReportTests", dependencies: ["AttarReport", "Attar", "Compute"], resources: [.copy("Golden")]),
        .testTarget(name: "FuzzingTests", dependencies: ["Fuzzing"]),
        .testTarget(name: "EndToEnd", dependencies: ["Attar"]),
    ],
    swiftLanguageModes: [.v6]
)

// In CI a warning is an error; on a developer's machine it stays a warning, so that work in progress builds.
let strict = Context.environment["ATTAR_STRICT"] != nil

for target in package.targets where target.type != .system {
    let isSwift = !target.name.hasPrefix("C") || target.name == "Compute"
    if isSwift {
        target.swiftSettings = [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
        ]
        if strict { target.swiftSettings?.append(.treatAllWarnings(as: .error)) }
    } else if strict {
        target.cSettings = [.treatAllWarnings(as: .error)]
    }
}
