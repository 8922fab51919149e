// swift-tools-version: 6.2
import PackageDescription

/// Debian's package that carries a C library's headers, named in the error when pkg-config finds none.
func system(_ name: String, pkgConfig: String, debian: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: [.treatAllWarnings(as: .error)])
}

func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = true) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], resources: fixtures ? [.copy("Fixtures")] : [],
    swiftSettings: [.treatAllWarnings(as: .error)])
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "therapi",
  products: [.executable(name: "therapi", targets: ["therapi"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    system("CHDF5", pkgConfig: "hdf5", debian: "libhdf5-dev"),
    system("CISAL", pkgConfig: "libisal", debian: "libisal-dev"),
    system("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),
    system("CZip", pkgConfig: "libzip", debian: "libzip-dev"),
    system("CCrypto", pkgConfig: "libcrypto", debian: "libssl-dev"),
    system("COpenBLAS", pkgConfig: "openblas", debian: "libopenblas-dev"),

    module("Problems"),
    module("Files", ["CCrypto"]),
    module("Runs"),
    module("Configurations", ["Problems", yams]),
    module("HDF5", ["Problems", "CHDF5"]),
    module("Formats", ["Problems", "Files", "HDF5", "CISAL", "CZlib", "CZip"]),
    module("Genes", ["Problems"]),
    module("Expression", ["Problems"]),
    module("Responses", ["Problems"]),
    module("Statistics", ["Problems", "Matrices"]),
    module("Cohorts", ["Problems", "Files", "HDF5"]),
    module("Sources", ["Problems", "Formats", "Genes"]),
    module("Matrices", ["COpenBLAS"]),
    module("Networks", ["Matrices"]),
    module(
      "Alignment",
      ["Problems", "Files", "Configurations", "Runs", "Cohorts", "Formats", "Matrices", "Networks", "Statistics", log]),
    module(
      "Ingest",
      [
        "Problems", "Files", "Runs", "Configurations", "Formats", "Genes", "Expression", "Responses", "Cohorts",
        "Sources", log,
      ]),
    module("Exchange", ["Problems", "Files", "HDF5", "Formats", "Cohorts"]),
    module("Inspection", ["Problems", "Formats", "Genes", "Cohorts", "Sources", "Statistics"]),
    .executableTarget(
      name: "therapi",
      dependencies: ["Problems", "Runs", "Ingest", "Alignment", "Exchange", "Inspection", "Genes", arguments, log],
      swiftSettings: [.treatAllWarnings(as: .error)]),

    .executableTarget(
      name: "StepBench", dependencies: ["Alignment", "Matrices", "Networks"], path: "Benchmarks/StepBench",
      swiftSettings: [.treatAllWarnings(as: .error)]),

    .target(
      name: "TestSupport", dependencies: ["Problems", "Cohorts"], path: "Tests/TestSupport",
      swiftSettings: [.treatAllWarnings(as: .error)]),
    tests("ConfigurationsTests", ["Configurations"], fixtures: false),
    tests("HDF5Tests", ["HDF5"]),
    tests("FormatsTests", ["Formats", "Files"]),
    tests("GenesTests", ["Genes"]),
    tests("ExpressionTests", ["Expression"]),
    tests("ResponsesTests", ["Responses"]),
    tests("StatisticsTests", ["Statistics", "Matrices"]),
    tests("CohortsTests", ["Cohorts", "Files"]),
    tests("SourcesTests", ["Sources"]),
    tests("IngestTests", ["Ingest", "Configurations", "Runs", "Files"]),
    tests("ExchangeTests", ["Exchange", "HDF5", "Formats", "Cohorts", "Files"], fixtures: false),
    tests("InspectionTests", ["Inspection", "Cohorts", "Genes"]),
    tests(
      "AlignmentTests",
      ["Alignment", "Configurations", "Cohorts", "Files", "Formats", "HDF5", "Ingest", "Matrices", "Networks", log]),
    tests("CommandTests", ["therapi", "Cohorts", "Files", "Runs"]),
  ],
  swiftLanguageModes: [.v6]
)
