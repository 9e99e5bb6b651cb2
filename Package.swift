// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules: language mode 6, no warnings, explicit `any`.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// One room of the house (Documentation/Architecture.md): the target and what it may import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

let package = Package(
  name: "fairslice",
  products: [
    .library(name: "FairSlice", targets: ["FairSlice"]),
    .executable(name: "fairslice", targets: ["FairSliceCommand"]),
  ],
  targets: [
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),

    room("Statistics"),
    room("Results"),
    room("Settings", ["Results"]),
    room("Tables"),
    room("TableIngest", ["Results", "Tables", "CZlib", "CCrypto"]),
    room("Slicing", ["Results", "Tables"]),
    room("Metrics", ["Statistics", "Results", "Slicing"]),
    room("Fairness", ["Statistics", "Results", "Metrics"]),
    room("Privacy", ["Results", "Metrics", "Fairness"]),
    room("Models", ["Results", "Tables"]),
    room(
      "Explanations", ["Statistics", "Results", "Tables", "Slicing", "Metrics", "Models"]),
    room("Gate", ["Statistics", "Results", "Settings", "Slicing", "Metrics", "Fairness"]),
    room(
      "Evaluator",
      [
        "Statistics", "Results", "Settings", "Tables", "TableIngest", "Slicing", "Metrics", "Fairness",
        "Models", "Explanations",
      ]),
    room("Charts"),
    room("ChartsCairo", ["Charts", "CCairo"]),
    room("Templating"),
    .executableTarget(name: "EmbedTemplates", dependencies: ["Templating"], swiftSettings: strict),
    .plugin(
      name: "EmbedTemplatesPlugin", capability: .buildTool(), dependencies: ["EmbedTemplates"],
      path: "Sources/EmbedTemplatesPlugin"),
    .target(
      name: "ReportTemplates", exclude: ["Templates"], swiftSettings: strict,
      plugins: ["EmbedTemplatesPlugin"]),
    room(
      "Report",
      [
        "Statistics", "Results", "Metrics", "Fairness", "Charts", "ChartsCairo", "Templating",
        "ReportTemplates",
        "CCrypto",
      ]),
    room(
      "FairSlice",
      [
        "Results", "Privacy", "Models", "Settings", "TableIngest", "Slicing", "Metrics", "Fairness", "Gate",
        "Evaluator", "Report",
      ]),
    .executableTarget(
      name: "FairSliceCommand", dependencies: ["FairSlice"], swiftSettings: strict),

    .executableTarget(
      name: "LibraryExample", dependencies: ["FairSlice"], path: "Documentation/Examples/library",
      swiftSettings: strict),

    .executableTarget(
      name: "GateSimulation", dependencies: ["Statistics", "Results", "Metrics", "Gate"],
      path: "Benchmarks/GateSimulation", swiftSettings: strict),
    .executableTarget(
      name: "CoverageSimulation",
      dependencies: ["Statistics", "Results", "Tables", "Slicing", "Metrics", "Fairness"],
      path: "Benchmarks/CoverageSimulation", swiftSettings: strict),
    .executableTarget(
      name: "ScoringBenchmark", dependencies: ["Results", "Tables", "TableIngest", "Models"],
      path: "Benchmarks/ScoringBenchmark", swiftSettings: strict),
    .executableTarget(
      name: "ImportanceSimulation",
      dependencies: ["Statistics", "Results", "Tables", "Slicing", "Metrics", "Models", "Explanations"],
      path: "Benchmarks/ImportanceSimulation", swiftSettings: strict),
    .executableTarget(
      name: "ExplainBenchmark",
      dependencies: [
        "Statistics", "Results", "Tables", "TableIngest", "Slicing", "Metrics", "Models", "Explanations",
      ],
      path: "Benchmarks/ExplainBenchmark", exclude: ["peer.py"], swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Results"], path: "Tests/TestSupport", swiftSettings: strict),
    tests("Statistics", ["Statistics"]),
    tests("Results", ["Results"]),
    tests("TableIngest", ["Results", "Tables", "TableIngest"]),
    tests("Slicing", ["Results", "Tables", "Slicing"]),
    tests("Metrics", ["Statistics", "Results", "Tables", "Slicing", "Metrics"]),
    tests("Fairness", ["Statistics", "Results", "Slicing", "Metrics", "Fairness"]),
    tests("Privacy", ["Results", "Metrics", "Privacy", "Evaluator"]),
    tests("Models", ["Results", "Tables", "TableIngest", "Models"]),
    tests(
      "Explanations",
      ["Statistics", "Results", "Tables", "TableIngest", "Slicing", "Metrics", "Models", "Explanations"]),
    tests("Gate", ["Statistics", "Results", "Fairness", "Slicing", "Metrics", "Gate", "Evaluator"]),
    tests(
      "Evaluator",
      [
        "Results", "Settings", "Slicing", "Metrics", "Fairness", "Models", "Explanations", "Evaluator",
        "Report",
      ]),
    tests("Charts", ["Charts"]),
    tests("ChartsCairo", ["Charts", "ChartsCairo"]),
    tests("Templating", ["Templating", "EmbedTemplates", "ReportTemplates"]),
    tests(
      "Report", ["Results", "Metrics", "Fairness", "Charts", "Templating", "ReportTemplates", "Report"]),
    tests("Command", ["Results", "Evaluator", "FairSlice", "FairSliceCommand"]),
    tests("Library", ["FairSlice"]),
    tests("Browser", ["Results", "Metrics", "Templating", "Report"]),
    tests("Architecture", []),
  ],
  swiftLanguageModes: [.v6]
)
