internal import CCrypto
internal import CCurl
@preconcurrency internal import CLibSVM
internal import CPNG
internal import CXGBoost
internal import CZlib
internal import Foundation
internal import GRDB

#if canImport(Accelerate)
    internal import Accelerate
#else
    internal import CBLAS
#endif

/// A library of the operating system that Attar is linked with, for `attar doctor`.
public struct SystemLibrary: Hashable, Codable, Sendable {
    /// The library's name.
    public let name: String
    /// What Attar does with it.
    public let purpose: String
    /// The version that is loaded.
    public let version: String
    /// How it is set up, where it says so: processor kernels, threads.
    public let details: String
    /// The command that installs it with its headers.
    public let install: String

    /// Every library that Attar is linked with, as found in this process.
    public static var all: [SystemLibrary] {
        [
            blas,
            SystemLibrary(
                name: "XGBoost", purpose: "boosted trees", version: xgboostVersion,
                details: "", install: installation(apt: "libxgboost-dev", brew: "xgboost")),
            SystemLibrary(
                name: "libsvm", purpose: "support vector machines",
                version: "\(libsvm_version / 100).\(libsvm_version % 100)", details: "",
                install: installation(apt: "libsvm-dev", brew: "libsvm")),
            SystemLibrary(
                name: "zlib", purpose: "gzip files", version: String(cString: zlibVersion()), details: "",
                install: installation(apt: "zlib1g-dev", brew: "zlib")),
            SystemLibrary(
                name: "libcrypto", purpose: "fingerprints of data and models",
                version: String(cString: OpenSSL_version(OPENSSL_VERSION_STRING)), details: "",
                install: installation(apt: "libssl-dev", brew: "openssl")),
            SystemLibrary(
                name: "libpng", purpose: "pictures in PNG files", version: String(cString: png_get_libpng_ver(nil)),
                details: "", install: installation(apt: "libpng-dev", brew: "libpng")),
            SystemLibrary(
                name: "libjpeg-turbo", purpose: "pictures in JPEG files", version: "2.0 or newer", details: "",
                install: installation(apt: "libturbojpeg0-dev", brew: "jpeg-turbo")),
            SystemLibrary(
                name: "libcurl", purpose: "teachers behind URLs",
                version: curl_version().map { String(String(cString: $0).dropFirst(8).prefix { $0 != " " }) }
                    ?? "unknown",
                details: "", install: installation(apt: "libcurl4-openssl-dev", brew: "curl")),
            SystemLibrary(
                name: "SQLite", purpose: "the index of kept answers", version: sqliteVersion, details: "",
                install: installation(apt: "libsqlite3-dev", brew: "sqlite")),
        ]
    }

    private static var sqliteVersion: String {
        let version = try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
        return (version ?? nil) ?? "unknown"
    }

    private static var xgboostVersion: String {
        var (major, minor, patch): (CInt, CInt, CInt) = (0, 0, 0)
        XGBoostVersion(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }

    #if canImport(Accelerate)
        private static var blas: SystemLibrary {
            SystemLibrary(
                name: "Accelerate", purpose: "matrix products",
                version: ProcessInfo.processInfo.operatingSystemVersionString, details: "", install: "part of macOS")
        }
    #else
        /// OpenBLAS says of itself, for example, "OpenBLAS 0.3.21 NO_AFFINITY SkylakeX MAX_THREADS=64".
        private static var blas: SystemLibrary {
            let words = String(cString: openblas_get_config()).split(separator: " ")
            return SystemLibrary(
                name: "OpenBLAS", purpose: "matrix products",
                version: words.dropFirst().first.map(String.init) ?? "unknown",
                details:
                    "\(String(cString: openblas_get_corename())) kernels, at most \(openblas_get_num_threads()) threads",
                install: installation(apt: "libopenblas-dev", brew: "openblas"))
        }
    #endif

    private static func installation(apt: String, brew: String) -> String {
        #if os(Linux)
            "sudo apt-get install \(apt)"
        #else
            "brew install \(brew)"
        #endif
    }
}
