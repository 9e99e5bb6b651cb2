import Foundation
import Testing

/// Data whose verdicts are known beforehand, evaluated by the program itself, and policies for them.
///
/// Of 1,000 women 300 are selected, of 1,000 men 500: the difference is 0.2, its 95 % interval 0.158 … 0.241.
enum GateWorkshop {
  static let rows: String = {
    var lines = ["y,p,old,sex,region"]
    for (sex, selected) in [("F", 300), ("M", 500)] {
      for row in 0..<1000 {
        let spread = row % 50 * 6
        let score = row < selected ? 900 - spread : 100 + spread
        let label = row * 7 % 10 < (row < selected ? 6 : 2) ? 1 : 0
        let old = row.isMultiple(of: 11) ? 1000 - score : score
        let region = row.isMultiple(of: 2) ? "south" : "north"
        lines.append("\(label),0.\(score),0.\(old),\(sex),\(region)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  static let roles = ["--label", "y", "--score", "p", "--slice", "sex", "--slice", "region"]

  /// Evaluations by name: `p` by the score p, `old` by the former one, `paired` by p with the former beside it.
  private static let evaluations: [String: String] = {
    let arguments = [
      "p": roles, "paired": roles + ["--baseline-score", "old"],
      "old": ["--label", "y", "--score", "old"] + roles.dropFirst(4),
    ]
    return arguments.compactMapValues { flags in
      guard let folder = try? Folder(), (try? folder.write("d.csv", rows)) != nil else { return nil }
      _ = try? Child.run(
        ["evaluate", "d.csv", "--out", "o", "--no-charts", "--no-report"] + flags, in: folder)
      return try? folder.read("o/evaluation.json")
    }
  }()

  static func evaluation(_ name: String = "p") throws -> String { try #require(evaluations[name]) }

  static let policies = [
    "pass": "id: 'wide', gap: 'demographic_parity', slices: 'sex', max: 0.4",
    "fail": "id: 'narrow', gap: 'demographic_parity', slices: 'sex', max: 0.05",
    "warn": "id: 'narrow', gap: 'demographic_parity', slices: 'sex', max: 0.05, severity: 'warning'",
    "edge": "id: 'edge', gap: 'demographic_parity', slices: 'sex', max: 0.2",
    "edgepass": "id: 'edge', gap: 'demographic_parity', slices: 'sex', max: 0.2, inconclusive: 'pass'",
    "edgefail": "id: 'edge', gap: 'demographic_parity', slices: 'sex', max: 0.2, inconclusive: 'fail'",
    "edgekeep":
      "id: 'edge', gap: 'demographic_parity', slices: 'sex', max: 0.2, inconclusive: 'inconclusive'",
    "edgewarn": "id: 'edge', gap: 'demographic_parity', slices: 'sex', max: 0.2, severity: 'warning'",
    "change": "id: 'auc', metric: 'roc_auc', slices: 'sex', change: { max: 0.01 }",
  ]

  /// One check a line, from the second line on.
  static func policy(_ names: [String], before: String = "") -> String {
    let checks = names.map { "  { \(policies[$0] ?? $0) },\n" }.joined()
    return "{ \(before) checks: [\n\(checks)] }\n"
  }

  static func waiver(
    check: String = "narrow", slice: String = "sex", accepted: String = "0.3", created: String = "2026-02-01",
    expires: String = "2026-04-01"
  ) -> String {
    """
    { waivers: [
      { check: '\(check)', slice: '\(slice)', accepted: \(accepted), owner: 'ada', reason: 'retraining',
        created: '\(created)', expires: '\(expires)' },
    ] }

    """
  }

  /// A folder with the data, an evaluation of them, all policies by name, and one that is both: `mixed`.
  static func folder(_ evaluation: String = "p") throws -> Folder {
    let folder = try Folder()
    try folder.write("d.csv", rows)
    try folder.write("e.json", try self.evaluation(evaluation))
    for name in policies.keys { try folder.write("\(name).json5", policy([name])) }
    try folder.write("mixed.json5", policy(["pass", "edge", "fail"]))
    try folder.write("passedge.json5", policy(["pass", "edge"]))
    try folder.write("w.json5", waiver())
    return folder
  }

  static func gate(
    _ line: String, in folder: Folder, environment: [String: String] = [:]
  ) throws -> Child.Result {
    try Child.run(words("gate \(line)"), in: folder, environment: environment)
  }

  static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
}
