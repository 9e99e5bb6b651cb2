import Fairness
import Glibc
import Metrics
import Results
import Statistics

/// How often the test that all groups are alike rejects groups that are, at 0.05: shares by metric, averaged over settings.
struct SizeDraw {
  /// Rejections by metric.
  struct Found {
    private(set) var draws: [String: (rejected: Int, all: Int)] = [:]

    mutating func enter(_ metric: String, _ p: Double?) {
      guard let p else { return }
      let old = draws[metric] ?? (0, 0)
      draws[metric] = (old.rejected + (p <= 0.05 ? 1 : 0), old.all + 1)
    }

    /// The share, in thousandths.
    func text(_ metric: String) -> String {
      guard let found = draws[metric], found.all > 0 else { return "none" }
      return "\((Double(found.rejected) / Double(found.all) * 1000).rounded() / 1000)"
    }
  }

  static let composites: [BinaryMetric] = [.f1, .mcc, .balancedAccuracy]
  static let ofUnits = ["selection_rate", "mean_score", "f1"]

  let size: Int
  let groups: Int
  let runs: Int

  private func p(
    _ metric: Metric, _ sides: [Side], _ bootstrap: CellBootstrap, _ test: RangeComparer.RowTest? = nil
  ) -> Double? {
    let finder = GapFinder(
      level: RateDraw.level, definitions: [GapDefinition(of: metric)], comparisons: [.betweenGroups],
      bootstrap: bootstrap, rowTest: test
    ) { _, _ in nil }
    let family = GapFinder.Family(index: 1, groups: sides, overall: sides[0], reference: nil)
    return finder.gaps(of: family).first?.pValue
  }

  // MARK: Functions of the confusion matrix

  /// Groups of one size, and every other one four times as large.
  func outcomes() -> Found {
    var found = Found()
    for (base, hit, alarm) in [(0.5, 0.8, 0.2), (0.2, 0.6, 0.1), (0.2, 0.9, 0.05)] {
      for factor in [1, 4] {
        let cells = [base * hit, (1 - base) * alarm, base * (1 - hit), (1 - base) * (1 - alarm)]
        let sampler = MultinomialSampler(probabilities: cells)
        let random = KeyedRandom(seed: 4, key: "\(size) \(groups) \(base) \(hit) \(factor)")
        for run in 0..<runs {
          var stream = random.stream(UInt64(run))
          let bootstrap = CellBootstrap(replicates: 400, seed: UInt64(run), isWeighted: false)
          let sides = (0..<groups).map { group in
            var draw = [Int](repeating: 0, count: 4)
            sampler.draw(trials: group % 2 == 1 ? factor * size : size, into: &draw, using: &stream)
            return Side(
              name: "g\(group)", slice: nil,
              tally: SliceTally(
                counts: OutcomeCounts(
                  truePositives: draw[0], falsePositives: draw[1], falseNegatives: draw[2],
                  trueNegatives: draw[3])), metrics: Self.composites,
              estimator: SliceEstimator(level: RateDraw.level, bootstrap: bootstrap), key: "g\(group)")
          }
          for metric in Self.composites { found.enter(metric.id, p(Metric(metric), sides, bootstrap)) }
        }
      }
    }
    return found
  }

  // MARK: Rows of one unit

  /// Units of one to nine rows, all in one group, their rows correlated 0, 0.3 and 0.8.
  func units() -> Found {
    var found = Found()
    for correlation in [0.0, 0.3, 0.8] {
      let random = KeyedRandom(seed: 6, key: "\(size) \(groups) \(correlation)")
      for run in 0..<runs {
        let drawn = UnitRowsDraw(size, groups, correlation, random.stream(UInt64(run)))
        let estimator = RowEstimator(level: RateDraw.level, units: drawn.units, bootstrap: nil)
        let test = UnitPermutation(estimator, seed: UInt64(run))
        let bootstrap = CellBootstrap(replicates: 1, seed: UInt64(run), isWeighted: false)
        for name in Self.ofUnits {
          guard let one = try? BinaryRowMetrics.metric(named: name, drawn.observations) else { continue }
          let metric = Metric(one.definition)
          let sides = drawn.groups.enumerated().map { group, rows in
            Side(
              name: "g\(group)", slice: group, rows: rows.count,
              estimates: [metric: estimator.result(one, rows: rows).estimate],
              units: Set(rows.map { drawn.units[Int($0)] }).count)
          }
          found.enter(
            name,
            p(metric, sides, bootstrap) { _, sides in
              test.p(one, groups: sides.compactMap(\.slice).map { drawn.groups[$0] }, key: "units")
            })
        }
      }
    }
    return found
  }
}

/// Rows that belong to units, of groups that are alike.
private struct UnitRowsDraw {
  var groups: [[UInt32]] = []
  var units: [UInt32] = []
  let observations: BinaryRowObservations

  init(_ size: Int, _ count: Int, _ correlation: Double, _ stream: KeyedRandom) {
    var stream = stream
    var (labels, decisions, scores) = ([UInt8](), [UInt8](), [Double]())
    var unit: UInt32 = 0
    for _ in 0..<count {
      var rows: [UInt32] = []
      while rows.count < size {
        let own = stream.normal()
        for _ in 0..<min(size - rows.count, 1 + stream.integer(below: 9)) {
          let trait = correlation.squareRoot() * own + (1 - correlation).squareRoot() * stream.normal()
          rows.append(UInt32(labels.count))
          labels.append(stream.uniform() < 0.4 ? 1 : 0)
          decisions.append(trait + (labels.last == 1 ? 1 : 0) > 0.5 ? 1 : 0)
          scores.append(min(1, max(0, 0.5 + 0.2 * trait)))
          units.append(unit)
        }
        unit += 1
      }
      groups.append(rows)
    }
    observations = BinaryRowObservations(
      labels: labels, decisions: decisions, scores: scores, scoresAreProbabilities: true, weights: nil,
      baselineDecisions: nil, baselineScores: nil, hasLabel: true)
  }
}

extension Sheet {
  /// Shares of alike groups that are rejected.
  mutating func sizes(_ sizes: [Int], runs: Int) {
    print("Alike groups that are rejected at 0.05, \(runs) data sets a setting")
    header("Functions of the confusion matrix", ["n a group", "groups", "F1", "MCC", "balanced accuracy"])
    for size in sizes {
      for groups in [2, 3, 5, 10] {
        let found = SizeDraw(size: size, groups: groups, runs: runs).outcomes()
        row(["\(size)", "\(groups)"] + SizeDraw.composites.map { found.text($0.id) }, [])
      }
    }
    header("Rows of units", ["n a group", "groups", "selection rate", "mean score", "F1"])
    for size in sizes {
      for groups in [2, 3, 5, 10] {
        let found = SizeDraw(size: size, groups: groups, runs: runs).units()
        row(["\(size)", "\(groups)"] + SizeDraw.ofUnits.map { found.text($0) }, [])
      }
    }
  }
}
