import Fairness
import Metrics
import Results
import Statistics

/// Groups that share units: every unit (a query, a person) has rows in several groups, and what it is like moves all its rows.
struct SharedDraw {
  /// How the rows of one unit go together.
  enum Likeness: String, CaseIterable {
    case none = "not at all"
    case alike = "0.6"
    /// The unit's rows compete: one group's gain is another's loss.
    case rivals = "they compete"
  }

  struct Found {
    var difference = Tally()
    var ratio = Tally()
    var range = Tally()
    var overall = Tally()
    /// Of f1, whose truth is 0 where groups are alike.
    var composite = Tally()
    /// How often groups that are alike were rejected.
    var rejected = (count: 0, all: 0)

    var size: String {
      rejected.all == 0 ? "" : "\((Double(rejected.count) / Double(rejected.all) * 1000).rounded() / 1000)"
    }
  }

  /// Units.
  let size: Int
  let groups: Int
  let likeness: Likeness
  /// Of the selection rates of the first and the last group.
  let gap: Double
  let runs: Int

  private static let level = RateDraw.level
  private static let names = ["selection_rate", "f1"]

  /// The cut above which a row of a group is selected.
  private func cut(_ group: Int) -> Double {
    Normal.quantile(0.6 - gap * Double(group) / Double(max(1, groups - 1)))
  }

  private func rate(_ group: Int) -> Double { 0.4 + gap * Double(group) / Double(max(1, groups - 1)) }

  func run() -> Found {
    var found = Found()
    let random = KeyedRandom(seed: 8, key: "\(size) \(groups) \(likeness) \(gap)")
    for run in 0..<runs {
      let rows = SharedRows(size, groups, likeness, random.stream(UInt64(run)), cut: cut)
      judge(rows, UInt64(run), &found)
    }
    return found
  }

  private func judge(_ drawn: SharedRows, _ seed: UInt64, _ found: inout Found) {
    let estimator = RowEstimator(level: Self.level, units: drawn.units)
    let all = estimator.unitRows(Array(0..<UInt32(drawn.units.count)))
    for name in Self.names where gap == 0 || name == "selection_rate" {
      guard let one = try? BinaryRowMetrics.metric(named: name, drawn.observations) else { continue }
      let metric = Metric(one.definition)
      let whole = estimator.result(one, over: all)
      let results = drawn.groups.map { estimator.result(one, over: estimator.unitRows($0)) }
      let correlations = UnitCorrelations(
        [.init(family: 1, metric: metric.id, values: estimator.correlations(results))]
      ) { _ in 1..<(groups + 1) }
      let covariances = results.map { estimator.covariance($0, whole) }
      let test = UnitPermutation(estimator, seed: seed)
      let finder = GapFinder(
        level: Self.level, definitions: [GapDefinition(of: metric)],
        comparisons: [.toReference, .betweenGroups, .toOverall],
        bootstrap: CellBootstrap(replicates: 1, seed: seed, isWeighted: false),
        rowTest: { metric, sides in
          guard gap == 0, metric.isRate else { return nil }
          return test.p(one, groups: sides.compactMap(\.slice).map { drawn.groups[$0 - 1] }, key: "units")
        }, correlations: correlations
      ) { _, side in side.slice.flatMap { covariances[$0 - 1] } }
      let sides = results.enumerated().map { group, result in
        Side(
          name: "g\(group)", slice: group + 1, rows: drawn.groups[group].count,
          estimates: [metric: result.estimate], units: result.units.count)
      }
      let overall = Side(
        name: "overall", slice: 0, rows: drawn.units.count, estimates: [metric: whole.estimate])
      let gaps = finder.gaps(
        of: GapFinder.Family(index: 1, groups: sides, overall: overall, reference: 0))
      enter(gaps, metric, drawn, &found)
    }
  }

  private func enter(_ gaps: [Gap], _ metric: Metric, _ drawn: SharedRows, _ found: inout Found) {
    let (first, last) = (rate(0), rate(groups - 1))
    let isRate = metric.isRate
    for one in gaps {
      let (lower, upper) = (one.estimate.lower, one.estimate.upper)
      switch (one.comparison, one.kind) {
      case (.toReference, let kind) where one.group == groups:
        let truth = kind == .ratio ? last / first : last - first
        if !isRate {
          if kind == .difference { found.composite.enter(0, lower, upper) }
        } else if kind == .ratio {
          found.ratio.enter(truth, lower, upper)
        } else {
          found.difference.enter(truth, lower, upper)
        }
      case (.betweenGroups, .difference) where isRate:
        found.range.enter(last - first, lower, upper)
        if gap == 0, let p = one.pValue { found.rejected.count += p <= 0.05 ? 1 : 0 }
        if gap == 0 { found.rejected.all += 1 }
      case (.toOverall, .difference) where isRate && one.group == groups:
        let shares = drawn.groups.map { Double($0.count) / Double(drawn.units.count) }
        let whole = zip(shares.indices, shares).reduce(0) { $0 + $1.1 * rate($1.0) }
        found.overall.enter(last - whole, lower, upper)
      default: break
      }
    }
  }
}

/// Rows of units in several groups.
private struct SharedRows {
  var groups: [[UInt32]]
  var units: [UInt32] = []
  let observations: BinaryRowObservations

  init(
    _ count: Int, _ groups: Int, _ likeness: SharedDraw.Likeness, _ stream: KeyedRandom,
    cut: (Int) -> Double
  ) {
    var stream = stream
    self.groups = [[UInt32]](repeating: [], count: groups)
    var (labels, decisions) = ([UInt8](), [UInt8]())
    for unit in 0..<count {
      let own = stream.normal()
      let rows = groups + stream.integer(below: 2 * groups)
      var traits = (0..<rows).map { _ in stream.normal() }
      switch likeness {
      case .none: break
      case .alike: traits = traits.map { 0.6.squareRoot() * own + 0.4.squareRoot() * $0 }
      case .rivals:
        let mean = traits.reduce(0, +) / Double(rows)
        let scale = (Double(rows) / Double(rows - 1)).squareRoot()
        traits = traits.map { ($0 - mean) * scale }
      }
      for (place, trait) in traits.enumerated() {
        let group = place < groups ? place : stream.integer(below: groups)
        self.groups[group].append(UInt32(labels.count))
        labels.append(stream.uniform() < 0.4 ? 1 : 0)
        decisions.append(trait > cut(group) ? 1 : 0)
        units.append(UInt32(unit))
      }
    }
    observations = BinaryRowObservations(
      labels: labels, decisions: decisions, scores: nil, scoresAreProbabilities: false, weights: nil,
      baselineDecisions: nil, baselineScores: nil, hasLabel: true)
  }
}

extension Sheet {
  mutating func shared(sizes: [Int], runs: Int) {
    header(
      "Groups that share units, \(runs) draws",
      [
        "units", "groups", "rows of a unit are alike", "gap", "difference", "ratio", "group − all rows",
        "max − min", "F1, difference", "alike groups rejected at 0.05",
      ])
    for size in sizes {
      for groups in [2, 5] {
        for likeness in SharedDraw.Likeness.allCases {
          for gap in [0, 0.1] {
            let found = SharedDraw(size: size, groups: groups, likeness: likeness, gap: gap, runs: runs).run()
            row(
              ["\(size)", "\(groups)", likeness.rawValue, "\(gap)"],
              [
                (found.difference, .single), (found.ratio, .single), (found.overall, .single),
                (found.range, .range),
              ] + (gap == 0 ? [(found.composite, .single)] : []),
              [gap == 0 ? nil : "", found.size].compactMap { $0 })
          }
        }
      }
    }
  }
}
