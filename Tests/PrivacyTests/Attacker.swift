import Metrics
import Results

/// Works out withheld counts from what an evaluation shows: linear equations between the counts of slices, solved
/// exactly modulo a prime, and bounds. Shares no code with the suppression.
struct Attacker {
  /// One unknown a slice and outcome (TP, FP, FN, TN; with a baseline each by its decision).
  let width: Int
  let evaluation: Evaluation
  private var equations: [Equation] = []
  /// Of inequalities: Σ coefficient · count ≥ 0.
  private var inequalities: [[Int: Double]] = []

  struct Equation {
    var terms: [Int: Int]
    var total: Int
  }

  /// Families of which only some groups are evaluated, which the attacker knows.
  private let incomplete: Set<String>

  init(_ evaluation: Evaluation, incomplete: Set<String> = []) {
    self.evaluation = evaluation
    self.incomplete = incomplete
    width = evaluation.slices.baselineCells.isEmpty ? 4 : 8
    for slice in 0..<evaluation.slices.count { learnCounts(slice) }
    learnSums()
    learnRanges()
  }

  /// The unknowns of outcomes (0 TP, 1 FP, 2 FN, 3 TN) of a slice; of the baseline's positive or negative decisions
  /// where given.
  func unknowns(_ slice: Int, _ outcomes: [Int], baseline: Bool? = nil) -> [Int] {
    outcomes.flatMap { outcome -> [Int] in
      if width == 4 { return [4 * slice + outcome] }
      let both = [8 * slice + 2 * outcome, 8 * slice + 2 * outcome + 1]
      return baseline.map { [$0 ? both[0] : both[1]] } ?? both
    }
  }

  private mutating func learn(_ unknowns: [Int], _ total: Int) {
    equations.append(Equation(terms: Dictionary(unknowns.map { ($0, 1) }, uniquingKeysWith: +), total: total))
  }

  /// Everything that stands in a slice's own numbers. Counts of unknown status are asked of the stored form: a
  /// withheld one is not there.
  private mutating func learnCounts(_ slice: Int) {
    let slices = evaluation.slices
    if !evaluation.withholds(.rows, slice) { learn(unknowns(slice, [0, 1, 2, 3]), slices.rows[slice]) }
    if !evaluation.withholds(.outcomes, slice) {
      for (outcome, column) in [
        slices.truePositives, slices.falsePositives, slices.falseNegatives, slices.trueNegatives,
      ].enumerated() { learn(unknowns(slice, [outcome]), column[slice]) }
    }
    for (entry, column) in zip(evaluation.metrics, evaluation.estimates) {
      let estimate = column[slice]
      guard estimate.status != .suppressed, let metric = BinaryMetric(id: entry.id) else { continue }
      learn(metric, estimate, slice)
    }
    if width == 8, !evaluation.withholds(.changes, slice) {
      for cell in 0..<8 { learn([8 * slice + cell], slices.baselineCells[8 * slice + cell]) }
    }
    learnBaseline(slice)
    learnCurves(slice)
  }

  private mutating func learn(_ metric: BinaryMetric, _ estimate: Estimate, _ slice: Int) {
    if let outcomes = metric.countedOutcomes, let value = estimate.value {
      learn(unknowns(slice, outcomes.map(\.rawValue)), Int(value))
    } else if let rate = metric.rate {
      let trials = Outcome.allCases.filter(rate.isTrial).map(\.rawValue)
      learn(unknowns(slice, trials), estimate.denominator)
      guard let value = estimate.value else { return }
      let successes = Outcome.allCases.filter { rate.isTrial($0) && rate.isSuccess($0) }.map(\.rawValue)
      learn(unknowns(slice, successes), Int((value * Double(estimate.denominator)).rounded()))
    } else if Suppression.layer(of: metric.id) != .rows {
      // Areas, losses and composites: taken to give away the counts behind them.
      let positives = evaluation.estimate("prevalence", slice: slice)
      if let value = positives?.value, let rows = positives?.denominator {
        learn(unknowns(slice, [0, 2]), Int((value * Double(rows)).rounded()))
      }
    }
  }

  /// Values of the baseline, and standard errors of changes, which give the number of changed decisions.
  private mutating func learnBaseline(_ slice: Int) {
    guard let paired = evaluation.paired, width == 8 else { return }
    for column in paired.columns where !column.baseline[slice].isNaN {
      guard let metric = BinaryMetric(id: column.metric), let rate = metric.rate,
        let own = evaluation.estimate(column.metric, slice: slice), own.denominator > 0
      else { continue }
      // The baseline's outcome of a row: its label with the baseline's decision.
      func baselineCells(_ outcome: Outcome) -> [Int] {
        switch outcome {
        case .truePositive: unknowns(slice, [0, 2], baseline: true)
        case .falsePositive: unknowns(slice, [1, 3], baseline: true)
        case .falseNegative: unknowns(slice, [0, 2], baseline: false)
        case .trueNegative: unknowns(slice, [1, 3], baseline: false)
        }
      }
      let trials = Outcome.allCases.filter(rate.isTrial)
      guard
        trials.count == 4 || trials == [.truePositive, .falseNegative]
          || trials == [.falsePositive, .trueNegative]
      else { continue }
      learn(
        trials.filter(rate.isSuccess).flatMap(baselineCells),
        Int((column.baseline[slice] * Double(own.denominator)).rounded()))
    }
  }

  /// A curve gives all positives and negatives and, at the threshold in force, the decisions.
  private mutating func learnCurves(_ slice: Int) {
    guard let curves = evaluation.curves, curves.offsets[slice] < curves.offsets[slice + 1],
      let threshold = evaluation.roles.threshold, let place = curves.thresholds.firstIndex(of: threshold)
    else { return }
    let entries = curves.offsets[slice]..<curves.offsets[slice + 1]
    learn(unknowns(slice, [0, 2]), Int(entries.reduce(0) { $0 + curves.positives[$1] }))
    learn(unknowns(slice, [1, 3]), Int(entries.reduce(0) { $0 + curves.negatives[$1] }))
    let above = curves.above(slice: slice)
    learn(unknowns(slice, [0]), Int(above.positives[place]))
    learn(unknowns(slice, [1]), Int(above.negatives[place]))
  }

  /// Slices of a family add up to every slice of a coarser one.
  private mutating func learnSums() {
    let terms = evaluation.slices.predicate.map { $0 == "overall" ? [] : Set($0.components(" & ")) }
    for (fine, family) in evaluation.families.enumerated() where !incomplete.contains(family.name) {
      for (coarse, other) in evaluation.families.enumerated()
      where coarse != fine && Set(other.features).isStrictSubset(of: family.features) {
        for total in other.slices {
          let parts = family.slices.filter { terms[total].isSubset(of: terms[$0]) }
          for cell in 0..<width {
            var equation = Equation(terms: [width * total + cell: -1], total: 0)
            for part in parts { equation.terms[width * part + cell] = 1 }
            equations.append(equation)
          }
        }
      }
    }
  }

  /// No group lies outside the range that a gap between groups names.
  private mutating func learnRanges() {
    for gap in evaluation.gaps where gap.comparison == .betweenGroups && gap.kind == .difference {
      guard let group = gap.group, let reference = gap.reference,
        let rate = BinaryMetric(id: gap.component)?.rate,
        let a = evaluation.estimate(gap.component, slice: group)?.value,
        let b = evaluation.estimate(gap.component, slice: reference)?.value
      else { continue }
      for slice in evaluation.families[gap.family].slices
      where evaluation.withholds(metric: gap.component, slice) {
        var low: [Int: Double] = [:]
        var high: [Int: Double] = [:]
        for outcome in Outcome.allCases where rate.isTrial(outcome) {
          let success = rate.isSuccess(outcome) ? 1.0 : 0
          for unknown in unknowns(slice, [outcome.rawValue]) {
            low[unknown] = success - min(a, b) + 1e-9
            high[unknown] = max(a, b) - success + 1e-9
          }
        }
        inequalities += [low, high]
      }
    }
  }

  // MARK: Solving

  private static let prime = 2_147_483_629

  /// Linear combinations of counts that have one value only.
  func solve() -> Solution {
    var rows: [(terms: [Int: Int], total: Int)] = []
    var pivots: [Int: Int] = [:]
    for equation in equations {
      var terms = equation.terms.mapValues { ($0 % Self.prime + Self.prime) % Self.prime }
      for (pivot, row) in pivots.sorted(by: { $0.value < $1.value }) {
        guard let factor = terms[pivot], factor != 0 else { continue }
        Self.subtract(rows[row].terms, times: factor, from: &terms)
      }
      terms = terms.filter { $0.value != 0 }
      guard let pivot = terms.keys.min() else { continue }
      let inverse = Self.power(terms[pivot] ?? 1, Self.prime - 2)
      terms = terms.mapValues { $0 * inverse % Self.prime }
      for index in rows.indices {
        guard let factor = rows[index].terms[pivot], factor != 0 else { continue }
        Self.subtract(terms, times: factor, from: &rows[index].terms)
        rows[index].terms = rows[index].terms.filter { $0.value != 0 }
      }
      pivots[pivot] = rows.count
      rows.append((terms, 0))
    }
    return Solution(rows: rows.map(\.terms), pivots: pivots)
  }

  struct Solution {
    var rows: [[Int: Int]]
    var pivots: [Int: Int]

    /// Whether the equations leave this sum of unknowns one value.
    func determines(_ unknowns: [Int]) -> Bool {
      var terms = Dictionary(unknowns.map { ($0, 1) }, uniquingKeysWith: +)
      for unknown in unknowns {
        guard let row = pivots[unknown], let factor = terms[unknown], factor != 0 else { continue }
        Attacker.subtract(rows[row], times: factor, from: &terms)
      }
      return terms.values.allSatisfy { $0 == 0 }
    }
  }

  private static func subtract(_ row: [Int: Int], times factor: Int, from terms: inout [Int: Int]) {
    for (unknown, value) in row {
      let now = ((terms[unknown] ?? 0) - factor * value % prime + prime) % prime
      terms[unknown] = now
    }
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    var (result, base, exponent) = (1, base % prime, exponent)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      exponent >>= 1
    }
    return result
  }

  /// Bounds of every unknown, from equations and inequalities in turn, until nothing changes.
  func bounds() -> (low: [Double], high: [Double]) {
    let count = width * evaluation.slices.count
    var low = [Double](repeating: 0, count: count)
    var high = [Double](repeating: .infinity, count: count)
    var limits = inequalities.map { (terms: $0, total: 0.0, isEquation: false) }
    limits += equations.map { ($0.terms.mapValues(Double.init), Double($0.total), true) }
    for _ in 0..<60 {
      var isChanged = false
      for limit in limits {
        isChanged = tighten(limit.terms, limit.total, limit.isEquation, &low, &high) || isChanged
      }
      if !isChanged { break }
    }
    return (low, high)
  }

  /// Σ c·x = total, or ≥ total.
  private func tighten(
    _ terms: [Int: Double], _ total: Double, _ isEquation: Bool, _ low: inout [Double], _ high: inout [Double]
  ) -> Bool {
    var isChanged = false
    for (unknown, coefficient) in terms where coefficient != 0 {
      var (least, most) = (0.0, 0.0)
      for (other, factor) in terms where other != unknown && factor != 0 {
        least += factor > 0 ? factor * low[other] : factor * high[other]
        most += factor > 0 ? factor * high[other] : factor * low[other]
      }
      // coefficient · x ≥ total − most, and of an equation ≤ total − least.
      let atLeast = (total - most) / coefficient
      let atMost = isEquation ? (total - least) / coefficient : coefficient > 0 ? .infinity : -.infinity
      let (a, b) = coefficient > 0 ? (atLeast, atMost) : (atMost, atLeast)
      let (newLow, newHigh) = ((a - 1e-6).rounded(.up), (b + 1e-6).rounded(.down))
      if newLow > low[unknown] { (low[unknown], isChanged) = (newLow, true) }
      if newHigh < high[unknown] { (high[unknown], isChanged) = (newHigh, true) }
    }
    return isChanged
  }
}

extension String {
  func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
