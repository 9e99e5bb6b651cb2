import Evaluator
import Foundation
import Results
import TestSupport

/// Evaluations of random data with groups of very different sizes.
enum RandomRun {
  struct Shape {
    var rows = 400
    var groups = [3, 4]
    /// Sums over features that are evaluated besides: `f0`, `f0*f1`.
    var slices = ["f0", "f1", "f0*f1"]
    var hasBaseline = false
    var positiveShare = 0.3
    var arguments: [String] = []
    /// More members of the configuration.
    var more = ""
  }

  static func make(_ seed: UInt64, _ shape: Shape) throws -> Evaluation {
    var random = SplitMix(seed: seed)
    func unit() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
    var text = shape.groups.indices.map { "f\($0)," }.joined() + "y,p,b\n"
    for _ in 0..<shape.rows {
      // Squared, so that the last groups are small.
      let values = shape.groups.map { Int(unit() * unit() * unit() * Double($0)) }
      let isPositive = unit() < shape.positiveShare
      let score = min(1, max(0, (isPositive ? 0.6 : 0.35) + (unit() - 0.5) * 0.9))
      let other = min(1, max(0, score + (unit() - 0.5) * 0.2))
      text += values.map { "g\($0)," }.joined() + "\(isPositive ? 1 : 0),\(score),\(other)\n"
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "privacy-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let baseline = shape.hasBaseline ? #", "baseline_score": "b""# : ""
    let slices = shape.slices.map { "\"\($0)\"" }.joined(separator: ",")
    var configuration = try Configuration(
      text: Array(
        #"{"label": "y", "score": "p", "positive": "1", "threads": 1, "bootstrap_replicates": 100, "slices": [\#(slices)]\#(baseline)\#(shape.more)}"#
          .utf8), name: "test")
    configuration.data = file.path
    return try EvaluationRun.evaluate(configuration, progress: nil)
  }

  static func sample(slices: [String]) throws -> Evaluation {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var configuration = try Configuration(
      file: root.appendingPathComponent("SampleData/fairslice.json5").path)
    let list = slices.map { "\"\($0)\"" }.joined(separator: ",")
    configuration.slices = try Configuration(text: Array("{slices: [\(list)]}".utf8), name: "test").slices
    (configuration.model, configuration.gate, configuration.output) = (nil, nil, nil)
    // The attacker reckons in rows.
    configuration.weight = nil
    configuration.bootstrapReplicates = 100
    return try EvaluationRun.evaluate(configuration, progress: nil)
  }
}
