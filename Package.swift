// swift-tools-version: 6.2
import PackageDescription

/// Debian's package that carries a C library's headers, named in the error when pkg-config finds none.
func system(_ name: String, pkgConfig: String, debian: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: [.treatAllWarnings(as: .error)])
}

/// RDKit behind the C interface of `CRDKit`, for the library that the program loads.
///
/// Debian has no pkg-config file for RDKit. Its headers include each other from their own folder, which the symlink
/// `rdkit_headers` brings within reach of a search path. SwiftPM links Swift's run time into every library, also into
/// one without Swift; the flags keep it out, since the program has one of its own.
func rdkitPlugin(_ libraries: [String]) -> Target {
  .target(
    name: "CRDKitPlugin",
    cxxSettings: [.headerSearchPath("../CRDKit"), .headerSearchPath("rdkit_headers")],
    linkerSettings: [.unsafeFlags(["-static-stdlib", "-nostartfiles"])]
      + libraries.map { .linkedLibrary("RDKit\($0)") })
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
  products: [
    .executable(name: "therapi", targets: ["therapi"]),
    // Loaded when the first molecule is read, so that no other command waits for RDKit's libraries.
    .library(name: "therapi-rdkit", type: .dynamic, targets: ["CRDKitPlugin"]),
  ],
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
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CFallocate"),
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),

    .systemLibrary(name: "CRDKit"),
    rdkitPlugin([
      "GraphMol", "SmilesParse", "DistGeomHelpers", "ForceFieldHelpers", "ForceField", "Depictor", "RDGeneral",
    ]),

    module("Problems"),
    module("Files", ["CCrypto", "CFallocate"]),
    module("Runs"),
    module("Randomness", ["CVector"]),
    module("Configurations", ["Problems", yams]),
    module("HDF5", ["Problems", "CHDF5"]),
    module("Formats", ["Problems", "Files", "HDF5", "CISAL", "CZlib", "CZip"]),
    module("Genes", ["Problems"]),
    module("Expression", ["Problems"]),
    module("Responses", ["Problems"]),
    module("Statistics", ["Problems", "Matrices", "Randomness"]),
    module("Projection", ["Matrices", "Randomness", "Statistics"]),
    module("Figures"),
    module("Cohorts", ["Problems", "Files", "HDF5"]),
    module("Sources", ["Problems", "Formats", "Genes"]),
    module("Molecules", ["Problems", "CRDKit"]),
    .target(name: "CVector"),
    module("Matrices", ["COpenBLAS", "CVector"]),
    module("Networks", ["Matrices", "Randomness"]),
    module(
      "Alignment",
      [
        "Problems", "Files", "Configurations", "Runs", "Cohorts", "Formats", "Matrices", "Networks", "Randomness",
        "Statistics", log,
      ]),
    module(
      "Ingest",
      [
        "Problems", "Files", "Runs", "Configurations", "Formats", "Genes", "Expression", "Responses", "Cohorts",
        "Sources", log,
      ]),
    module(
      "Embedding",
      [
        "Problems", "Files", "Runs", "Cohorts", "Formats", "Sources", "Genes", "Expression", "Molecules", "Matrices",
        "Networks", log,
      ]),
    module(
      "Prediction",
      [
        "Problems", "Files", "Runs", "Cohorts", "Formats", "Sources", "Genes", "Embedding", "Matrices", "Networks",
        "Randomness",
        "Statistics", log,
      ]),
    module("Exchange", ["Problems", "Files", "HDF5", "Formats", "Cohorts"]),
    module(
      "Illustration",
      [
        "Problems", "Cohorts", "Exchange", "Formats", "Matrices", "Statistics", "Outcomes", "Projection", "Figures",
      ]),
    module("Report", ["Problems"]),
    module(
      "Study",
      [
        "Problems", "Files", "Runs", "Configurations", "Exchange", "Formats", "Genes", "Cohorts", "Ingest", "Alignment",
        "Embedding", "Prediction", "Matrices", "Statistics", "Outcomes", "Figures", "Illustration", "Report", log,
      ]),
    module("Inspection", ["Problems", "Formats", "Genes", "Cohorts", "Sources", "Statistics"]),
    module("Outcomes", ["Problems", "Files", "Formats", "Cohorts", "Sources", "Matrices", "Statistics"]),
    .executableTarget(
      name: "therapi",
      dependencies: [
        "Problems", "Files", "Runs", "Ingest", "Alignment", "Embedding", "Prediction", "Molecules", "Exchange",
        "Inspection", "Genes", "Outcomes", "Statistics", "Matrices", "Figures", "Illustration", "Report", "Study",
        "CMalloc",
        arguments, log,
      ],
      swiftSettings: [.treatAllWarnings(as: .error)]),

    .executableTarget(
      name: "RankBench", dependencies: ["Embedding", "Matrices", "Networks", "Randomness"],
      path: "Benchmarks/RankBench",
      swiftSettings: [.treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "StepBench", dependencies: ["Alignment", "Matrices", "Networks", "Randomness"],
      path: "Benchmarks/StepBench",
      swiftSettings: [.treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "ScoreBench", dependencies: ["Prediction", "Embedding", "Matrices", "Networks", "Randomness"],
      path: "Benchmarks/ScoreBench", swiftSettings: [.treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "PerturbationBench", dependencies: ["Embedding", "Matrices", "Networks", "Randomness"],
      path: "Benchmarks/PerturbationBench", swiftSettings: [.treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "PredictorBench", dependencies: ["Prediction", "Matrices", "Networks", "Randomness"],
      path: "Benchmarks/PredictorBench",
      swiftSettings: [.treatAllWarnings(as: .error)]),

    .target(
      name: "TestSupport", dependencies: ["Problems", "Cohorts", "Genes", "Randomness"], path: "Tests/TestSupport",
      swiftSettings: [.treatAllWarnings(as: .error)]),
    .target(
      name: "ScoringTestSupport",
      dependencies: [
        "Prediction", "Embedding", "Cohorts", "Formats", "Genes", "Matrices", "Networks", "Randomness", "TestSupport",
        log,
      ], path: "Tests/ScoringTestSupport", swiftSettings: [.treatAllWarnings(as: .error)]),
    tests("FilesTests", ["Files"], fixtures: false),
    tests("ConfigurationsTests", ["Configurations"], fixtures: false),
    tests("HDF5Tests", ["HDF5"]),
    tests("FormatsTests", ["Formats", "Files"]),
    tests("GenesTests", ["Genes"]),
    tests("ExpressionTests", ["Expression"]),
    tests("ResponsesTests", ["Responses"]),
    tests("StatisticsTests", ["Statistics", "Matrices"]),
    tests("ProjectionTests", ["Projection", "Matrices", "Statistics"]),
    tests("FiguresTests", ["Figures"], fixtures: false),
    tests("CohortsTests", ["Cohorts", "Files"]),
    tests("SourcesTests", ["Sources"]),
    tests("IngestTests", ["Ingest", "Configurations", "Runs", "Files"]),
    tests("ExchangeTests", ["Exchange", "HDF5", "Formats", "Cohorts", "Files"], fixtures: false),
    tests("InspectionTests", ["Inspection", "Cohorts", "Genes"]),
    tests("OutcomesTests", ["Outcomes", "Statistics", "Cohorts", "Matrices"], fixtures: false),
    tests("MatricesTests", ["Matrices"], fixtures: false),
    tests("RandomnessTests", ["Randomness"], fixtures: false),
    tests("NetworksTests", ["Networks", "Matrices", "Randomness", "HDF5"]),
    tests(
      "AlignmentTests",
      [
        "Alignment", "Configurations", "Cohorts", "Files", "Formats", "HDF5", "Ingest", "Matrices", "Networks",
        "Randomness", log,
      ]),
    tests(
      "EmbeddingTests",
      [
        "Embedding", "Cohorts", "Files", "Formats", "Genes", "HDF5", "Ingest", "Matrices", "Molecules", "Networks",
        "Randomness",
        "Runs", log,
      ]),
    tests(
      "PredictionTests",
      [
        "Prediction", "Embedding", "Cohorts", "Files", "Formats", "Genes", "HDF5", "Matrices", "Networks", "Randomness",
        "Problems",
        "Runs", "ScoringTestSupport", "Statistics", log,
      ]),
    tests("MoleculesTests", ["Molecules"]),
    tests("ReportTests", ["Report"], fixtures: false),
    tests(
      "StudyTests", ["Study", "Configurations", "Report", "Outcomes", "Cohorts", "Genes", "Matrices", "Runs", log]),
    tests("CommandTests", ["therapi", "Cohorts", "Files", "Genes", "Runs", "ScoringTestSupport"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
