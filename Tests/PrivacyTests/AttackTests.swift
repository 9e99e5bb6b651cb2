import Privacy
import Results
import TestSupport
import Testing

/// What an attacker with pencil and paper may not find.
struct AttackTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var seed: UInt64
    var below: Int
    var rows: Int
    var slices: [String]
    var groups: [Int]
    var hasBaseline = false

    var testDescription: String {
      "seed \(seed), below \(below), \(rows) rows, \(slices)\(hasBaseline ? ", baseline" : "")"
    }
  }

  static let cases: [Case] = {
    var random = SplitMix(seed: 2026)
    var cases: [Case] = []
    let shapes: [([String], [Int])] = [
      (["f0"], [3, 4]), (["f0", "f1"], [2, 5]), (["f0", "f1", "f0*f1"], [3, 4]),
      (["f0*f1"], [4, 4]), (["f0", "f0*f1", "f1*f2"], [3, 3, 3]),
      (["f0", "f1", "f2", "f0*f1", "f1*f2", "f0*f2", "f0*f1*f2"], [2, 3, 3]), (["f0=g1", "f1"], [3, 4]),
    ]
    for (index, shape) in shapes.enumerated() {
      for round in 0..<8 {
        cases.append(
          Case(
            seed: random.next(), below: [3, 5, 10, 20][round % 4],
            rows: [60, 300, 1500, 6000][(index + round) % 4],
            slices: shape.0, groups: shape.1, hasBaseline: round % 3 == 2))
      }
    }
    return cases
  }()

  /// Outcomes (TP, FP, FN, TN) whose rows a layer tells.
  static let sums: [(outcomes: [Int], layer: Suppression.Layer)] = [
    ([0], .outcomes), ([1], .outcomes), ([2], .outcomes), ([3], .outcomes), ([0, 1, 2, 3], .rows),
    ([0, 2], .labels), ([1, 3], .labels), ([0, 1], .decisions), ([2, 3], .decisions),
  ]

  @Test(arguments: cases) func noWithheldCountCanBeWorkedOut(_ test: Case) throws {
    let shape = RandomRun.Shape(
      rows: test.rows, groups: test.groups, slices: test.slices, hasBaseline: test.hasBaseline)
    let original = try RandomRun.make(test.seed, shape)
    let shown = try SmallCells.suppress(original, below: test.below)
    attack(original, shown, incomplete: test.slices.contains("f0=g1") ? ["f0"] : [])
  }

  /// The attacker is worth something: small counts by themselves are no protection.
  @Test func withoutComplementsTheAttackerWins() throws {
    var shown = try RandomRun.make(5, RandomRun.Shape(rows: 400, groups: [2, 2], slices: ["f0"]))
    let last = shown.slices.count - 1
    shown.suppression = Suppression(below: 10, withheld: ["outcomes": [last]])
    for metric in shown.metrics.indices
    where Suppression.layer(of: shown.metrics[metric].id) == .outcomes {
      shown.estimates[metric].status[last] = .suppressed
    }
    shown.curves = nil
    let attacker = Attacker(shown)
    for outcome in 0..<4 { #expect(attacker.solve().determines(attacker.unknowns(last, [outcome]))) }
  }

  /// The sample that comes with fairslice.
  @Test func theSampleKeepsItsSecrets() throws {
    let original = try RandomRun.sample(slices: ["sex", "race", "sex*race", "age:edges=25,45,65"])
    let shown = try SmallCells.suppress(original, below: 10)
    #expect(shown.suppression?.slices(.outcomes).isEmpty == false)
    attack(original, shown)
  }

  private func attack(_ original: Evaluation, _ shown: Evaluation, incomplete: Set<String> = []) {
    let attacker = Attacker(shown, incomplete: incomplete)
    let solution = attacker.solve()
    let bounds = attacker.bounds()
    for slice in 0..<original.slices.count where shown.withholds(.outcomes, slice) {
      let truth = [
        original.slices.truePositives[slice], original.slices.falsePositives[slice],
        original.slices.falseNegatives[slice], original.slices.trueNegatives[slice],
      ]
      for (outcomes, layer) in Self.sums where shown.withholds(layer, slice) {
        let value: Int = outcomes.map { truth[$0] }.reduce(0, +)
        let unknowns: [Int] = attacker.unknowns(slice, outcomes)
        let low: Double = unknowns.map { bounds.low[$0] }.reduce(0, +)
        let high: Double = unknowns.map { bounds.high[$0] }.reduce(0, +)
        // A zero is shown by the zero of a total.
        if value == 0, high == 0 { continue }
        let name = "\(original.slices.predicate[slice]) \(outcomes) = \(value)"
        #expect(!solution.determines(unknowns), "solved: \(name)")
        #expect(low < high, "bounded: \(name)")
        #expect(low <= Double(value) && Double(value) <= high, "the attacker is wrong: \(name)")
      }
    }
  }
}
