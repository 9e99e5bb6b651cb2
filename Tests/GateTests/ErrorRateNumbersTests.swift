import Metrics
import Results
import TestSupport
import Testing

@testable import Gate

/// How often verdicts are wrong, by small simulations with fixed seeds; `Benchmarks/gate` has many more.
@Suite struct ErrorRateNumbersTests {
  static let runs = 300
  /// α and three Monte-Carlo errors.
  static let limit = 0.05 + 3 * (0.05 * 0.95 / Double(runs)).squareRoot()

  private func rates(
    _ check: String, _ draw: (inout SplitMix) -> (Evaluation, Evaluation?)
  ) throws -> (fail: Double, pass: Double) {
    let policy = try PolicyTests.policy("{ checks: [{ id: 'x', slices: 'g', \(check) }] }")
    var random = SplitMix(seed: 11)
    var (fails, passes) = (0, 0)
    for _ in 0..<Self.runs {
      let (evaluation, baseline) = draw(&random)
      var judge = Judge(policy: policy)
      if let baseline {
        judge.baseline = .init(evaluation: baseline, source: .init(name: "baseline", sha256: ""))
      }
      switch try judge.judge(evaluation).verdict {
      case .fail: fails += 1
      case .pass: passes += 1
      default: break
      }
    }
    return (Double(fails) / Double(Self.runs), Double(passes) / Double(Self.runs))
  }

  /// On the bound neither verdict may come up often.
  @Test(arguments: [
    ("metric: 'selection_rate', min: 0.3", [0.3], 40),
    ("metric: 'selection_rate', min: 0.1, max: 0.3", [0.3], 60),
    ("gap: 'demographic_parity', comparison: 'to_reference', max: 0.1", [0.3, 0.2], 60),
    ("gap: 'demographic_parity', comparison: 'to_complement', kind: 'ratio', tau: 0.8", [0.3, 0.24], 60),
    ("gap: 'demographic_parity', comparison: 'to_largest', kind: 'ratio', min: 0.8", [0.3, 0.24], 60),
    ("gap: 'demographic_parity', max: 0.1", [0.3, 0.3, 0.3, 0.3, 0.2], 80),
    ("gap: 'demographic_parity', kind: 'ratio', comparison: 'to_best', min: 0.8", [0.3, 0.3, 0.3, 0.24], 80),
    ("gap: 'fpr', kind: 'ratio', comparison: 'to_best', max: 1.25", [0.24, 0.24, 0.24, 0.3], 80),
    ("metric: 'selection_rate', groups: 'worst', min: 0.3", [0.3, 0.3, 0.3], 60),
    ("metric: 'selection_rate', groups: 'best', min: 0.3", [0.3, 0.3, 0.3], 60),
    ("metric: 'selection_rate', max_groups: 2, min: 0.3", [0.3, 0.3, 0.3, 0.9], 150),
  ])
  func onTheBound(check: String, p: [Double], n: Int) throws {
    let found = try rates(check) { (NumbersFixture.drawn(p, of: n, &$0), nil) }
    #expect(found.fail <= Self.limit && found.pass <= Self.limit, "\(found)")
  }

  /// A reference that the data choose is paid for also where a test of "no gap" decides.
  @Test func parityIsNotFoundSignificant() throws {
    let check =
      "gap: 'demographic_parity', comparison: 'to_best', kind: 'ratio', evidence: 'significance', min: 0.97"
    let found = try rates(check) {
      (NumbersFixture.drawn([Double](repeating: 0.3, count: 10), of: 80, &$0), nil)
    }
    #expect(found.fail <= Self.limit, "\(found.fail)")
  }

  /// A precise and a small run, whose gaps are the widest of many: noise alone makes the latter wide.
  @Test(arguments: [
    ("change: { max: 0.1 }", 2000, 60), ("kind: 'ratio', change: { max: 0.3333333333333333 }", 2000, 60),
    ("comparison: 'to_best', change: { max: 0.1 }", 2000, 60),
    ("comparison: 'to_reference', change: { max: 0.1 }", 60, 60),
  ])
  func growthOnTheBound(check: String, now: Int, then: Int) throws {
    let found = try rates("gap: 'demographic_parity', \(check)") {
      (
        NumbersFixture.drawn([0.3, 0.3, 0.3, 0.3, 0.2], of: now, &$0),
        NumbersFixture.drawn([0.3, 0.3, 0.3, 0.3, 0.3], of: then, &$0)
      )
    }
    #expect(found.fail <= Self.limit && found.pass <= Self.limit, "\(found)")
  }

  @Test(arguments: [
    "", "comparison: 'to_best', ", "comparison: 'to_reference', ", "comparison: 'to_largest', ",
  ])
  func whatHasNotGrownDoesNotFail(comparison: String) throws {
    for groups in [2, 6] {
      let even = [Double](repeating: 0.3, count: groups)
      let found = try rates("gap: 'demographic_parity', \(comparison)change: { max: 0 }") {
        (NumbersFixture.drawn(even, of: 60, &$0), NumbersFixture.drawn(even, of: 2000, &$0))
      }
      #expect(found.fail <= Self.limit, "\(groups) groups: \(found.fail)")
    }
  }

  /// Selected rows weigh ten times as much: Kish's size is several times what such rows can tell.
  @Test(arguments: ["min", "max"])
  func weightsThatGoWithTheOutcome(side: String) throws {
    let p = 0.3
    let share = p / (p + (1 - p) * 10)
    let found = try rates("metric: 'selection_rate', \(side): \(p)") { random in
      let k = NumbersFixture.draw(400, share, &random)
      let evaluation = NumbersFixture.evaluation(
        [[0, k, 0, 400 - k]], weights: [[0, 10 * Double(k), 0, Double(400 - k)]],
        squares: [[0, 100 * Double(k), 0, Double(400 - k)]])
      return (evaluation, nil)
    }
    #expect(found.fail <= Self.limit && found.pass <= Self.limit, "\(found)")
  }

  /// Scores at random and 1 in 2 positives above all negatives, an area of 3/4, with DeLong's variance.
  private func area(_ positives: Int, _ random: inout SplitMix) -> (value: Double?, error: Double?) {
    var draws: [Double] = []
    for _ in 0..<60 + 2 * positives { draws.append(Double(random.next() >> 11) * 0x1p-53) }
    let negatives = Array(draws[..<60])
    var first = [Double](repeating: 0, count: positives)
    var second = [Double](repeating: 0, count: 60)
    for i in 0..<positives {
      let score = draws[60 + 2 * i] < 0.5 ? 2 : draws[61 + 2 * i]
      for j in 0..<60 where score > negatives[j] {
        first[i] += 1.0 / 60
        second[j] += 1 / Double(positives)
      }
    }
    let mean = first.reduce(0, +) / Double(positives)
    func spread(_ values: [Double]) -> Double {
      let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
      return squares / Double(values.count * (values.count - 1))
    }
    let variance = spread(first) + spread(second)
    return (mean, variance > 0 ? variance.squareRoot() : nil)
  }

  /// A class of few rows: DeLong's variance alone passes 15 to 20 % of runs here.
  @Test(arguments: [5, 10])
  func areasWithFewPositives(positives: Int) throws {
    let found = try rates("metric: 'roc_auc', min: 0.75") { random in
      let one = area(positives, &random)
      let evaluation = NumbersFixture.evaluation([[positives, 60, 0, 0]])
      return (GateFixture.adding(.rocAUC, [one, one], to: evaluation), nil)
    }
    #expect(found.fail <= Self.limit && found.pass <= Self.limit, "\(found)")
  }

  /// The truth lies on the bound of five checks at once.
  @Test(arguments: ["holm", "max_t"])
  func fiveChecksTogether(correction: String) throws {
    let policy = try PolicyTests.policy(
      """
      { correction: '\(correction)', checks: [
        { id: 'a', gap: 'demographic_parity', slices: 'g', max: 0 },
        { id: 'b', gap: 'equalized_odds', comparison: 'to_best', slices: 'g', max: 0.0001 },
        { id: 'c', metric: 'tpr', slices: 'g', min: 0.8 },
        { id: 'd', gap: 'precision', comparison: 'to_overall', kind: 'ratio', tau: 0.999, slices: 'g' },
        { id: 'e', metric: 'accuracy', slices: ['g', 'overall'], groups: 'worst', min: 0.8 } ] }
      """)
    var random = SplitMix(seed: 5)
    let runs = correction == "holm" ? 150 : 20
    var fails = 0
    for _ in 0..<runs {
      let groups = (0..<4).map { _ in
        let (tp, fp) = (NumbersFixture.draw(40, 0.8, &random), NumbersFixture.draw(60, 0.2, &random))
        return [tp, fp, 40 - tp, 60 - fp]
      }
      if try Judge(policy: policy).judge(NumbersFixture.evaluation(groups)).verdict == .fail { fails += 1 }
    }
    let limit = 0.05 + 3 * (0.05 * 0.95 / Double(runs)).squareRoot()
    #expect(Double(fails) / Double(runs) <= limit, "\(fails) of \(runs)")
  }
}
