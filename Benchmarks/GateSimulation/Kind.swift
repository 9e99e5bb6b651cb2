import Gate
import Results
import Statistics

/// One kind of check with a truth that its draws come from.
struct Kind {
  enum Truth: String {
    /// The number lies on its bound: neither verdict may come up in more than α of runs.
    case bound
    /// It lies within: only a fail is wrong.
    case within
    /// It lies beyond: only a pass is wrong.
    case beyond
  }

  typealias Draw = (inout KeyedRandom) -> (Evaluation, baseline: Evaluation?)

  var name: String
  var truth: Truth
  var policy: String
  var draw: Draw

  init(_ name: String, _ truth: Truth, _ policy: String, draw: @escaping Draw) {
    (self.name, self.truth, self.draw) = (name, truth, draw)
    self.policy =
      policy.hasPrefix("checks") || policy.hasPrefix("correction") || policy.hasPrefix("ratchet")
      ? "{ \(policy) }"
      : "{ checks: [{ id: 'x', \(policy.contains("slices") ? "" : "slices: 'g', ")\(policy) }] }"
  }

  init(_ name: String, _ policy: String, draw: @escaping Draw) { self.init(name, .bound, policy, draw: draw) }

  /// Shares of runs that fail and pass.
  func run(_ runs: Int) -> (fail: Double, pass: Double)? {
    let source = Judgement.Source(name: "simulation", sha256: "")
    guard let policy = try? Policy(text: Array(policy.utf8), name: "simulation", source: source) else {
      return nil
    }
    var fails = 0
    var passes = 0
    for run in 0..<runs {
      var random = KeyedRandom(seed: UInt64(run), key: name)
      let (evaluation, baseline) = draw(&random)
      var judge = Judge(policy: policy)
      if let baseline { judge.baseline = Judge.BaselineRun(evaluation: baseline, source: source) }
      switch try? judge.judge(evaluation).verdict {
      case .fail: fails += 1
      case .pass, .waived: passes += 1
      case .inconclusive: break
      case nil: return nil
      }
    }
    return (Double(fails) / Double(runs), Double(passes) / Double(runs))
  }

  /// Prints one line a kind; the largest wrong share.
  static func report(_ kinds: [Kind], runs: Int) -> Double {
    let limit = 0.05 + 3 * (0.05 * 0.95 / Double(runs)).squareRoot()
    print("\nEvery kind of check at its bound, α = 0.05, \(runs) runs a line, limit \(limit)\n")
    print("truth    fail    pass    kind")
    var worst = 0.0
    for kind in kinds {
      guard let found = kind.run(runs) else {
        print("the policy of “\(kind.name)” cannot be judged")
        worst = 1
        continue
      }
      let wrong =
        kind.truth == .within ? found.fail : kind.truth == .beyond ? found.pass : max(found.fail, found.pass)
      worst = max(worst, wrong)
      func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
      }
      print(
        padded(kind.truth.rawValue, 9) + padded("\(found.fail)", 8) + padded("\(found.pass)", 8) + kind.name
          + (wrong > limit ? "   ← above the limit" : ""))
    }
    return worst
  }
}
