import Foundation
import Results
import Slicing
import Statistics
import Tables
import TestSupport
import Testing

@testable import Metrics

/// Candidate against baseline, by the definitions over masked rows: numerical derivatives with respect to
/// each row's weight, DeLong's components pair by pair, differences row by row.
struct PairedOracle {
  struct Row {
    var label: Bool
    var decisions: (candidate: Bool, baseline: Bool)
    var scores: (candidate: Double, baseline: Double)
    var weight: Double
  }

  var rows: [Row]

  var candidate: Oracle {
    Oracle(
      rows: rows.map {
        .init(
          label: $0.label, decision: $0.decisions.candidate, score: $0.scores.candidate, weight: $0.weight)
      })
  }

  var baseline: Oracle {
    Oracle(
      rows: rows.map {
        .init(label: $0.label, decision: $0.decisions.baseline, score: $0.scores.baseline, weight: $0.weight)
      })
  }

  func change(_ metric: BinaryMetric) -> Double? {
    guard let mine = candidate.value(metric), let theirs = baseline.value(metric) else { return nil }
    return mine - theirs
  }

  /// √Σ w²·(∂change/∂w)², each derivative a central difference.
  func deltaError(_ metric: BinaryMetric, squares: [Double]) -> Double? {
    guard change(metric) != nil else { return nil }
    let total = rows.reduce(0) { $0 + $1.weight }
    var variance = 0.0
    for row in rows.indices where squares[row] > 0 {
      let step = 1e-4 * min(total, rows[row].weight)
      var (up, down) = (self, self)
      up.rows[row].weight += step
      down.rows[row].weight -= step
      guard let above = up.change(metric), let below = down.change(metric) else { return nil }
      let slope = (above - below) / (2 * step)
      variance += squares[row] * slope * slope
    }
    return variance.squareRoot()
  }

  /// The oracle with half a row of mean weight and squared weight in each joint cell.
  func smoothedError(_ metric: BinaryMetric) -> Double? {
    guard change(metric) != nil else { return nil }
    let count = Double(rows.count)
    let mean = rows.reduce(0) { $0 + $1.weight } / count
    let squareMean = rows.reduce(0) { $0 + $1.weight * $1.weight } / count
    var smoothed = self
    var squares = rows.map { $0.weight * $0.weight }
    for cell in 0..<8 {
      smoothed.rows.append(
        Row(
          label: cell & 1 == 1, decisions: (cell & 2 == 2, cell & 4 == 4), scores: (0, 0), weight: mean / 2))
      squares.append(squareMean / 2)
    }
    return smoothed.deltaError(metric, squares: squares)
  }

  func areaVariance() -> Double? {
    guard let a = candidate.area, let b = baseline.area else { return nil }
    let (mine, theirs) = (candidate.components(candidate), baseline.components(baseline))
    func part(_ label: Bool, _ x: [Double], _ y: [Double]) -> Double? {
      let weights = rows.filter { $0.label == label }.map(\.weight)
      guard weights.count > 1 else { return nil }
      let total = weights.reduce(0, +)
      let sum = weights.indices.reduce(0.0) {
        let residual = x[$1] - y[$1] - (a - b)
        return $0 + weights[$1] * weights[$1] * residual * residual
      }
      return sum / (total * total) * Double(weights.count) / Double(weights.count - 1)
    }
    guard let positive = part(true, mine.positive, theirs.positive),
      let negative = part(false, mine.negative, theirs.negative)
    else { return nil }
    return positive + negative
  }

  func meanVariance(_ term: (Bool, Double) -> Double) -> Double? {
    let total = rows.reduce(0) { $0 + $1.weight }
    guard rows.count > 1, total > 0 else { return nil }
    let changes = rows.map { term($0.label, $0.scores.candidate) - term($0.label, $0.scores.baseline) }
    let mean = zip(rows, changes).reduce(0) { $0 + $1.0.weight * $1.1 } / total
    let sum = zip(rows, changes).reduce(0) { $0 + pow($1.0.weight * ($1.1 - mean), 2) }
    return sum / (total * total) * Double(rows.count) / Double(rows.count - 1)
  }

  func scoreError(_ metric: BinaryMetric) -> Double? {
    let variance: Double? =
      switch metric {
      case .rocAUC: areaVariance()
      case .averagePrecision:
        deltaError(metric, squares: rows.map { $0.weight * $0.weight }).map { $0 * $0 }
      case .meanScore, .calibrationInTheLarge: meanVariance { $1 }
      case .brierScore: meanVariance { pow(($0 ? 1 : 0) - $1, 2) }
      default:
        meanVariance { label, score in
          let p = min(max(score, 0x1p-52), 1 - 0x1p-52)
          return -log(label ? p : 1 - p)
        }
      }
    return variance?.squareRoot()
  }
}

struct PairedTests {
  struct Fixture {
    var rows: [PairedOracle.Row] = []
    var group: [String?] = []

    /// Ties in every other table, weights of zero among others; group `one` has one class only and `tiny`
    /// a row or two.
    init(seed: UInt64, count: Int, isWeighted: Bool) {
      var random = SplitMix(seed: seed)
      for row in 0..<count {
        let truth = Double.random(in: 0...1, using: &random)
        func noisy(_ spread: Double) -> Double {
          let score = min(1, max(0, truth + Double.random(in: -spread...spread, using: &random)))
          return seed % 2 == 0 ? (score * 8).rounded() / 8 : score
        }
        let scores = (noisy(0.2), noisy(0.4))
        let name = row < 2 ? "tiny" : ["a", "b", "one", nil][Int.random(in: 0..<4, using: &random)]
        let label = name == "one" || Double.random(in: 0...1, using: &random) < truth
        let weight = isWeighted ? [0, 0.25, 1, 3.7, 12][Int.random(in: 0..<5, using: &random)] : 1
        rows.append(
          .init(
            label: label, decisions: (scores.0 >= 0.5, scores.1 >= 0.6), scores: scores, weight: weight))
        group.append(name)
      }
    }

    func observations(isWeighted: Bool) -> Observations {
      Observations(
        labels: rows.map { $0.label ? 1 : 0 }, decisions: rows.map { $0.decisions.candidate ? 1 : 0 },
        scores: rows.map(\.scores.candidate), weights: isWeighted ? rows.map(\.weight) : nil,
        baselineDecisions: rows.map { $0.decisions.baseline ? 1 : 0 },
        baselineScores: rows.map(\.scores.baseline))
    }

    /// Each group's tally with its rows; the first is all rows.
    func tallies(isWeighted: Bool) throws -> [(PairedTally, PairedOracle)] {
      let known = Set(group.compactMap { $0 }).sorted()
      let columns = CategoryColumn(
        name: "group",
        codes: group.map { name in
          name.flatMap { known.firstIndex(of: $0) }.map(Int32.init) ?? CategoryColumn.missing
        },
        categories: known, missingCount: group.count { $0 == nil })
      let table = Table(
        rowCount: rows.count, columns: [.category(columns)], origin: RowOrigin(source: "test", stretches: []))
      let plan = try SlicePlan([SliceSpec(parsing: "group")], of: table)
      let tallier = Tallier(
        observations(isWeighted: isWeighted), groupings: plan.groupings, calibrationBins: 10)
      let paired = try #require(PairedTallier(tallier, groupings: plan.groupings))
      return plan.families.flatMap { family in
        let tallies = paired.tally(family, candidate: tallier.tally(family))
        return family.shown.map { group in
          let mask = rows.indices.filter {
            family.features.isEmpty || Int(plan.groupings[0].codes[$0]) == group
          }
          return (tallies[group], PairedOracle(rows: mask.map { rows[$0] }))
        }
      }
    }
  }

  @Test(arguments: 0..<16)
  func everyMetricOfEverySlice(seed: Int) throws {
    let isWeighted = seed % 4 > 1
    let fixture = Fixture(
      seed: UInt64(seed), count: [3, 12, 30, 70][seed / 4], isWeighted: isWeighted)
    let metrics = PairedTally.comparable(BinaryMetric.allCases, hasScores: true)
    #expect(metrics.count == 20)
    for (tally, oracle) in try fixture.tallies(isWeighted: isWeighted) {
      for metric in metrics {
        let value = Sample.estimator.value(metric, of: tally.baseline)
        #expect(
          isClose(value ?? .nan, oracle.baseline.value(metric) ?? .nan, within: 1e-11), "\(metric.id)")
        let error = tally.standardError(metric, Sample.estimator)
        if metric.rate != nil || Composite.contains(metric) {
          let expected = oracle.rows.isEmpty ? nil : oracle.smoothedError(metric)
          #expect(isClose(error ?? .nan, expected ?? .nan, within: 1e-6), "\(metric.id)")
        } else if let expected = oracle.scoreError(metric), expected > 1e-7 {
          #expect(isClose(error ?? .nan, expected, within: 1e-6), "\(metric.id) \(oracle.rows.count)")
        } else {
          // No value, no second row, or nothing that varies.
          let hasSpread = [tally.candidate, tally.baseline].contains {
            Sample.estimator.standardError(metric, of: $0) ?? 0 > 0
          }
          #expect(error == nil || (hasSpread && error ?? 0 > 0), "\(metric.id)")
        }
      }
    }
  }

  /// Agresti & Min (2005): with one more in each cell of the table of right and wrong, the Wald error.
  @Test func accuracyHasTheClosedForm() throws {
    let cells = JointCells(rows: [36, 12, 1, 7, 0, 2, 5, 3])
    // Right with the candidate alone: TP with a negative baseline and TN with a positive one.
    let gained = 12.0 + 5 + 1
    let lost = 7.0 + 0 + 1
    let smoothed = 66.0 + 4
    let expected = ((gained + lost) - (gained - lost) * (gained - lost) / smoothed).squareRoot() / smoothed
    #expect(isClose(cells.standardError(.accuracy) ?? .nan, expected))
  }

  /// Without a discordant row there is still an error; of what both models share by definition, none.
  @Test func agreementIsNoCertainty() throws {
    let cells = JointCells(rows: [5, 0, 0, 0, 0, 0, 0, 5])
    #expect(try #require(cells.standardError(.truePositiveRate)) > 0.1)
    #expect(try #require(cells.standardError(.mcc)) > 0.1)
    #expect(cells.standardError(.prevalence) == 0)
    #expect(JointCells(rows: [Int](repeating: 0, count: 8)).standardError(.accuracy) == nil)
  }

  /// Tango's interval (1998) of rates over the same rows, from the pairs counted row by row; else the change
  /// with its error, never beyond what the metric can change by.
  @Test func intervalsOfTheChange() throws {
    let fixture = Fixture(seed: 12, count: 60, isWeighted: false)
    for isWeighted in [false, true] {
      for (tally, oracle) in try fixture.tallies(isWeighted: isWeighted) {
        let positives = oracle.rows.filter(\.label)
        func count(_ candidate: Bool, _ baseline: Bool) -> Int {
          positives.count { $0.decisions.candidate == candidate && $0.decisions.baseline == baseline }
        }
        let tango = PairedDifferenceInterval(
          both: count(true, true), firstOnly: count(true, false), secondOnly: count(false, true),
          neither: count(false, false)
        ).tango(level: 0.95)
        if !isWeighted, !positives.isEmpty {
          #expect(tally.interval(.truePositiveRate, Sample.estimator) == tango)
        }
        for metric in PairedTally.comparable(BinaryMetric.allCases, hasScores: true) {
          guard let change = oracle.change(metric),
            let error = tally.standardError(metric, Sample.estimator)
          else {
            #expect(tally.interval(metric, Sample.estimator) == nil, "\(metric.id)")
            continue
          }
          let limits = try #require(tally.interval(metric, Sample.estimator))
          #expect(limits.lower <= change + 1e-12 && change <= limits.upper + 1e-12, "\(metric.id)")
          #expect((limits.lower < limits.upper) == (error > 0), "\(metric.id)")
          if metric.kind == .rate { #expect(limits.lower >= -1 && limits.upper <= 1) }
        }
      }
    }
  }

  /// The same scores twice: no change, and an error that one row in n explains.
  @Test func theSameModelTwice() throws {
    var fixture = Fixture(seed: 3, count: 100, isWeighted: false)
    for row in fixture.rows.indices {
      fixture.rows[row].scores.baseline = fixture.rows[row].scores.candidate
      fixture.rows[row].decisions.baseline = fixture.rows[row].decisions.candidate
    }
    for isWeighted in [false, true] {
      let (tally, _) = try fixture.tallies(isWeighted: isWeighted)[0]
      for metric in PairedTally.comparable(BinaryMetric.allCases, hasScores: true) {
        #expect(
          Sample.estimator.value(metric, of: tally.baseline)
            == Sample.estimator.value(metric, of: tally.candidate), "\(metric.id)")
      }
      for metric in [BinaryMetric.rocAUC, .averagePrecision, .logLoss, .brierScore, .meanScore] {
        let own = try #require(Sample.estimator.standardError(metric, of: tally.candidate))
        let error = try #require(tally.standardError(metric, Sample.estimator))
        #expect(isClose(error, own * (2.0 / 100).squareRoot(), within: 1e-9), "\(metric.id)")
      }
    }
  }

  @Test func rowOrderDoesNotMatter() throws {
    let fixture = Fixture(seed: 6, count: 300, isWeighted: false)
    var shuffled = fixture
    var random = SplitMix(seed: 1)
    let order = fixture.rows.indices.shuffled(using: &random)
    shuffled.rows = order.map { fixture.rows[$0] }
    shuffled.group = order.map { fixture.group[$0] }
    let first = try fixture.tallies(isWeighted: false)
    let second = try shuffled.tallies(isWeighted: false)
    for (a, b) in zip(first, second) {
      #expect(a.0.score == b.0.score)
      #expect(a.0.cells == b.0.cells)
    }
  }

  @Test func unitWeightsChangeNothing() throws {
    let fixture = Fixture(seed: 7, count: 120, isWeighted: false)
    let plain = try fixture.tallies(isWeighted: false)
    let weighted = try fixture.tallies(isWeighted: true)
    for metric in PairedTally.comparable(BinaryMetric.allCases, hasScores: true) {
      for (a, b) in zip(plain, weighted) {
        let errors = (
          a.0.standardError(metric, Sample.estimator) ?? .nan,
          b.0.standardError(metric, Sample.estimator) ?? .nan
        )
        #expect(isClose(errors.0, errors.1, within: 1e-8), "\(metric.id)")
      }
    }
  }

  /// Margins of any size: areas and means only.
  @Test func rankingScores() throws {
    let candidate = [-3.5, 1e6, 0.25, -3.5, 17, -0.0, 0.0, 12.5]
    let baseline = [-7, 2e5, -0.25, 4.5, 17, 3, 0.0, 1.5]
    let labels: [UInt8] = [0, 1, 1, 1, 0, 1, 0, 1]
    let oracle = PairedOracle(
      rows: labels.indices.map {
        .init(
          label: labels[$0] == 1, decisions: (candidate[$0] > 0, baseline[$0] > 0),
          scores: (candidate[$0], baseline[$0]), weight: 1)
      })
    let observations = Observations(
      labels: labels, decisions: candidate.map { $0 > 0 ? 1 : 0 }, scores: candidate,
      scoresAreProbabilities: false, baselineDecisions: baseline.map { $0 > 0 ? 1 : 0 },
      baselineScores: baseline)
    let tally = try Self.overall(observations)
    for metric in [BinaryMetric.rocAUC, .averagePrecision, .meanScore] {
      let error = tally.standardError(metric, Sample.estimator) ?? .nan
      #expect(isClose(error, oracle.scoreError(metric) ?? .nan, within: 1e-6), "\(metric.id)")
    }
  }

  @Test func decisionsAlone() throws {
    let observations = Observations(
      labels: [0, 1, 1, 0], decisions: [0, 1, 0, 1], scores: [0.1, 0.9, 0.2, 0.8],
      baselineDecisions: [1, 1, 1, 1])
    let tally = try Self.overall(observations)
    #expect(tally.standardError(.rocAUC, Sample.estimator) == nil)
    #expect(Sample.estimator.value(.truePositiveRate, of: tally.baseline) == 1)
    #expect(tally.standardError(.truePositiveRate, Sample.estimator) != nil)
    #expect(Sample.estimator.value(.negativePredictiveValue, of: tally.baseline) == nil)
    #expect(tally.standardError(.negativePredictiveValue, Sample.estimator) == nil)
  }

  static func overall(_ observations: Observations) throws -> PairedTally {
    let table = Table(
      rowCount: observations.rowCount, columns: [], origin: RowOrigin(source: "test", stretches: []))
    let family = try SlicePlan([], of: table).families[0]
    let tallier = Tallier(observations, groupings: [], calibrationBins: 10)
    let paired = try #require(PairedTallier(tallier, groupings: []))
    return paired.tally(family, candidate: tallier.tally(family))[0]
  }

  /// Paired DeLong: brute force in rationals over all pairs.
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func pairedDeLongVectors() throws {
    var checked = 0
    for one in try VectorTests.cases("ranking") {
      guard let y = one.numbers("y"), let scores = one.fields["scores"] as? [[NSNumber]],
        let change = one.fields["diff"] as? [String: Any], scores.count == 2
      else { continue }
      checked += 1
      let observations = Observations(
        labels: y.map { UInt8($0) }, decisions: y.map { _ in 0 }, scores: scores[0].map(\.doubleValue),
        scoresAreProbabilities: false, baselineDecisions: y.map { _ in 0 },
        baselineScores: scores[1].map(\.doubleValue))
      let tally = try Self.overall(observations)
      let areas = [tally.candidate, tally.baseline].map { Sample.estimator.value(.rocAUC, of: $0) ?? .nan }
      #expect(isClose(areas[0] - areas[1], VectorTests.Case(fields: change).number("d") ?? .nan))
      let error = tally.standardError(.rocAUC, Sample.estimator) ?? .nan
      #expect(
        isClose(error * error, VectorTests.Case(fields: change).number("var") ?? .nan, within: 1e-12))
    }
    #expect(checked == 2)
  }
}
