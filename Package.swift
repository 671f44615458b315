// swift-tools-version: 6.2

import PackageDescription

// The targets and their borders: ARCHITECTURE.md, "Targets and borders". An import that is not listed here fails
// `make build`, which passes --explicit-target-dependency-import-check error.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "leeward",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "leeward", targets: ["leeward"]),
        // For the package in Benchmarks/ alone; what is public in these targets is for the other targets, not an interface.
        .library(
            name: "LeewardModules",
            targets: ["Web", "Casework", "Policy", "Audit", "Sealing", "Store", "Matching", "Care", "Directory"]
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        // For SealingTests alone, as the second implementation that ours is compared with.
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        module("DataFiles", [.product(name: "Yams", package: "Yams")]),
        module("Directory", ["DataFiles"]),
        module("HSDS", ["Directory", "DataFiles"]),
        module("Care", ["Directory"]),
        module("Matching", ["Care", "Directory"]),
        module("Policy", ["Care", "Directory", "DataFiles"]),
        module("Sealing", ["COpenSSL"]),
        module("Audit", ["Sealing"]),
        module("Store", ["CSQLite", .product(name: "GRDB", package: "GRDB.swift")]),
        module("Casework", ["Store", "Policy", "Audit", "Sealing", "Matching", "Care", "Directory"]),
        module(
            "Web",
            [
                "Casework", "Matching", "Care", "Directory",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .executableTarget(
            name: "leeward",
            dependencies: [
                "Web", "Casework", "Policy", "Audit", "Sealing", "Store", "Matching", "Care", "HSDS", "Directory",
                "DataFiles",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        tests("DataFilesTests", ["DataFiles"]),
        tests("DirectoryTests", ["Directory", "DataFiles", "TestSupport"]),
        tests("HSDSTests", ["HSDS", "Directory", "DataFiles", "TestSupport"]),
        tests("CareTests", ["Care", "Directory"]),
        tests("PolicyTests", ["Policy", "Care", "Directory", "DataFiles", "TestSupport"]),
        tests("MatchingTests", ["Matching", "Care", "Directory", "TestSupport"]),
        tests(
            "SealingTests",
            [
                "Sealing", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]
        ),
        tests("AuditTests", ["Audit", "Sealing", "TestSupport"]),
        tests("StoreTests", ["Store", "TestSupport"]),
        tests(
            "CaseworkTests",
            ["Casework", "Store", "Policy", "Audit", "Sealing", "Matching", "Care", "Directory", "TestSupport"]
        ),
        tests(
            "WebTests",
            [
                "Web", "Casework", "Store", "Policy", "Audit", "Sealing", "Matching", "Care", "Directory",
                "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        tests(
            "JourneyTests",
            [
                "leeward", "Web", "Casework", "Store", "Audit", "Sealing", "Care", "Directory", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        tests("DataTests", ["Directory", "DataFiles", "Policy", "Care", "TestSupport"]),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
