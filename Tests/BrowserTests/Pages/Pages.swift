import Foundation
import Report
import Results
import TestSupport
import Testing

/// The reports that are looked at, each made once, where it is asked for.
enum Pages {
  /// The sample: labels, weights, a baseline, a gate and a model. `FAIRSLICE_SAMPLE` may name a folder that holds its
  /// outputs already.
  static let sample = Result {
    if let folder = ProcessInfo.processInfo.environment["FAIRSLICE_SAMPLE"] {
      return URL(filePath: folder).appending(path: "report.html")
    }
    return try made("sample", sampleArguments)
  }
  /// The same without labels and without a gate: how often groups are selected.
  static let labelFree = Result {
    try made(
      "label-free",
      [
        SharedData.root.appending(path: "SampleData/adult.csv").path, "--score", "score", "--slice", "sex",
        "--slice", "race", "--slice", "sex*race", "--title", "Selection alone",
      ])
  }
  /// Names that data really holds, or an enemy puts there.
  static let nasty = Result { try made("nasty", nastyArguments(nastyData().path)) }
  /// 10,000 slices of 20 metrics.
  static let large = Result { try rendered("large", LargeEvaluation.make(regions: 99, jobs: 99)) }
  /// 50,000 slices.
  static let huge = Result { try rendered("huge", LargeEvaluation.make(regions: 249, jobs: 199)) }

  static func named(_ name: String) throws -> URL {
    switch name {
    case "sample": try sample.get()
    case "label-free": try labelFree.get()
    case "nasty": try nasty.get()
    case "small": try small.get()
    case "split": try split.get()
    case "scarce": try scarce.get()
    case "withheld": try withheld.get()
    case "runs": try runs.get()
    case "measures": try measures.get()
    case "multiclass": try multiclass.get()
    case "multilabel": try multilabel.get()
    case "regression": try regression.get()
    case "ranking": try ranking.get()
    default: try large.get()
    }
  }

  static let folder = FileManager.default.temporaryDirectory.appending(
    path: "fairslice-pages-\(UUID().uuidString)")

  /// Removes what was made.
  static func remove() { try? FileManager.default.removeItem(at: folder) }

  static func fresh(_ name: String) throws -> URL {
    let own = folder.appending(path: name)
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    return own
  }

  /// The page that the program writes.
  static func made(_ name: String, _ arguments: [String]) throws -> URL {
    let own = try fresh(name)
    let ended = try BuiltProgram.run(["evaluate"] + arguments + ["--no-charts", "--out", own.path], in: own)
    // No `#require`: its error counts as told, and the second test that it reaches would pass.
    guard [0, 1, 3].contains(ended.status) else {
      throw Loopback.Broken(description: "fairslice ended with status \(ended.status): \(ended.error)")
    }
    return own.appending(path: "report.html")
  }

  static func written(_ name: String, _ text: String) throws -> URL {
    let url = try fresh(name).appending(path: "page.html")
    try Data(text.utf8).write(to: url)
    return url
  }

  static func rendered(_ name: String, _ evaluation: Evaluation) throws -> URL {
    let url = try fresh(name).appending(path: "report.html")
    try Data(ReportWriter.html(evaluation, options: ReportOptions())).write(to: url)
    return url
  }

  static let sampleArguments = [
    "--config", SharedData.root.appending(path: "SampleData/fairslice.json5").path, "--gate",
    "--explain-rows", "1000", "--repeats", "2",
  ]

  private static let feature = "<img src=x onerror=\"window.hacked=1\">"

  private static func nastyData() throws -> URL {
    let own = try fresh("nasty")
    // By bytes: a mark that combines with a quote hides it from comparisons of characters.
    let quoted = { (text: String) in
      let quote = UInt8(ascii: "\"")
      return "\""
        + String(decoding: text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }, as: UTF8.self) + "\""
    }
    var lines = ["label,score,name,\(quoted(feature))"]
    for (index, name) in (NastyNames.all + scripts).filter({ !$0.contains("\u{0}") }).enumerated() {
      for row in 0..<24 {
        let other = row.isMultiple(of: 2) ? name : "plain"
        lines.append("\(row % 2),0.\(1 + (row * 7 + index * row) % 9),\(quoted(name)),\(quoted(other))")
      }
    }
    let policy = """
      { checks: [
        { id: "gap <b>&\\"", gap: "equal_opportunity", comparison: "to_overall", slices: "name", max: 0.3,
          note: "<script>window.hacked=1</script>" },
        { id: "floor", metric: "accuracy", slices: "all", min: 0.45, evidence: "point" },
      ] }
      """
    try Data(policy.utf8).write(to: own.appending(path: "policy.json5"))
    let data = own.appending(path: "data.csv")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: data)
    return data
  }

  static func nastyArguments(_ data: String) -> [String] {
    [
      data, "--label", "label", "--score", "score", "--slice", "name", "--slice",
      feature.replacing("=", with: "\\="), "--policy",
      URL(filePath: data).deletingLastPathComponent().appending(path: "policy.json5").path, "--title",
      "<script>window.hacked=1</script> & co",
    ]
  }

  private static let scripts = [
    "<script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>",
    "</title></svg></style></script><svg onload=window.hacked=1>", "\" onmouseover=\"window.hacked=1",
    "javascript:window.hacked=1",
  ]
}
