import Foundation
import TestSupport
import Testing

/// Pages of few rows, which are quickly made again in another way.
extension Pages {
  /// Rows of the sample's data that these pages have.
  static let smallRows = 3000
  static let smallSlices = ["--slice", "sex", "--slice", "race", "--slice", "sex*race"]

  /// Three thousand rows without weights, and what the lab can do with them.
  static let small = Result { try made("small", smallArguments()) }
  /// The same with style sheet and script in files.
  static let split = Result { try made("split", smallArguments() + ["--assets", "split"]) }
  /// The same with counts withheld that are below so many that few numbers are left on the page.
  static let scarceBelow = 400
  static let scarce = Result {
    try made("scarce", smallArguments() + ["--suppress-below", "\(scarceBelow)"])
  }
  /// All of the sample's rows, so that much is left.
  static let withheldBelow = 100
  static let withheld = Result {
    try made("withheld", smallArguments(rows: 16_281) + ["--suppress-below", "\(withheldBelow)"])
  }
  /// The page of four runs: another model, the same, fewer rows, another threshold.
  static let runs = Result { try index() }

  /// - Parameter rows: how many of the data's rows, from its beginning
  static func smallArguments(rows: Int = smallRows, score: String = "score") throws -> [String] {
    let name = "rows-\(rows)"
    let data = folder.appending(path: "\(name)/data.csv")
    if !FileManager.default.fileExists(atPath: data.path) {
      let whole = try String(
        contentsOf: SharedData.root.appending(path: "SampleData/adult.csv"), encoding: .utf8)
      let lines = whole.split(separator: "\n").prefix(rows + 1)
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: fresh(name).appending(path: "data.csv"))
    }
    return [data.path, "--label", "income", "--positive", ">50K", "--score", score]
      + smallSlices + ["--no-documents", "--no-history"]
  }

  /// The verdicts of the runs, in their order: the limit of accuracy alone decides.
  static let verdicts = ["FAIL", "PASS", "PASS", "FAIL"]
  /// Label of a run, and what it is made of.
  private static let recipes: [(label: String, rows: Int, score: String, threshold: String)] = [
    ("logistic", smallRows, "score_logistic", "0.5"), ("trees", smallRows, "score", "0.5"),
    ("fewer rows", 2000, "score", "0.5"), ("all <b>welcome</b>", smallRows, "score", "0.2"),
  ]

  private static func index() throws -> URL {
    let own = try fresh("runs")
    let policy = """
      { checks: [
        { id: "accuracy", metric: "accuracy", slices: "overall", min: 0.85, evidence: "point" },
        { id: "parity", gap: "demographic_parity", comparison: "between_groups", slices: "sex", max: 0.9 },
      ] }
      """
    try Data(policy.utf8).write(to: own.appending(path: "policy.json5"))
    for (place, recipe) in recipes.enumerated() {
      let arguments = try smallArguments(rows: recipe.rows, score: recipe.score)
        .filter { $0 != "--no-history" }
      _ = try made(
        "runs/run-\(place + 1)",
        arguments + [
          "--threshold", recipe.threshold, "--run-label", recipe.label, "--title", "Income", "--no-report",
          "--policy", own.appending(path: "policy.json5").path,
        ])
    }
    let ended = try BuiltProgram.run(["index", own.path], in: own)
    guard ended.status == 0 else {
      throw Loopback.Broken(description: "index ended with status \(ended.status): \(ended.error)")
    }
    return own.appending(path: "index.html")
  }
}
