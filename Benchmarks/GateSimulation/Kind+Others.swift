import Glibc
import Metrics
import Results
import Statistics

extension Kind {
  static var others: [Kind] { scopes + weights + changes + gapChanges + policies }

  // MARK: Scopes

  private static var scopes: [Kind] {
    func selection(_ name: String, _ truth: Truth, _ policy: String, _ p: [Double], _ n: Int = 100) -> Kind {
      Kind("\(name): \(p) of \(n)", truth, "metric: 'selection_rate', " + policy) {
        (selected(p, p.map { _ in n }, &$0).evaluation, nil)
      }
    }
    let five = [Double](repeating: 0.3, count: 5)
    return [
      selection("worst of groups", .bound, "groups: 'worst', min: 0.3", five),
      selection("worst of groups", .beyond, "groups: 'worst', min: 0.3", [0.299, 0.9, 0.9]),
      selection("best of groups", .bound, "groups: 'best', min: 0.3", five),
      selection("best of groups", .within, "groups: 'best', min: 0.3", [0.3, 0.05, 0.05]),
      selection("each of groups", .within, "min: 0.3", five),
      selection("one may break it, one is on it", .bound, "max_groups: 1, min: 0.3", [0.3, 0.01, 0.9]),
      selection(
        "one may break it, two are on it", .beyond, "max_groups: 1, min: 0.3", [0.2999, 0.2999, 0.9]),
      selection(
        "two may break it, three are on it", .beyond, "max_groups: 2, min: 0.3",
        [0.2999, 0.2999, 0.2999, 0.9]),
      selection("one may break it, all are on it", .within, "max_groups: 1, min: 0.3", five),
    ]
  }

  // MARK: Weights

  /// Rows whose weights are drawn, larger by `tilt` for those selected; counts of one group.
  private static func weighted(
    _ n: Int, _ p: Double, spread: Double, tilt: Double, _ random: inout KeyedRandom
  ) -> Drawn.Slice {
    var counts = OutcomeCounts(rows: [0, 0, 0, 0], weights: [0, 0, 0, 0], squaredWeights: [0, 0, 0, 0])
    // The share of selected rows at which their share of the weight is p.
    let share = p / (p + (1 - p) * tilt)
    for _ in 0..<n {
      let isSelected = random.uniform() < share
      let weight = exp(spread * random.normal()) * (isSelected ? tilt : 1)
      let cell = isSelected ? 1 : 3
      counts.rows[cell] += 1
      counts.weights[cell] += weight
      counts.squaredWeights[cell] += weight * weight
    }
    return Drawn.Slice(counts)
  }

  private static var weights: [Kind] {
    var kinds: [Kind] = []
    for (n, p, spread, tilt) in [
      (100, 0.3, 0.5, 1.0), (400, 0.3, 1, 1), (100, 0.1, 0.5, 1), (400, 0.3, 0, 10), (400, 0.3, 0, 0.1),
      (1000, 0.2, 0, 5), (400, 0.5, 0.5, 4),
    ] {
      let name = "\(n) rows of \(p), log-normal weights \(spread), selected × \(tilt)"
      for side in ["min", "max"] {
        kinds.append(
          Kind("weighted rate \(side), \(name)", "metric: 'selection_rate', \(side): \(p)") { random in
            let group = weighted(n, p, spread: spread, tilt: tilt, &random)
            return (Drawn(metrics: [.selectionRate], groups: [group], isWeighted: true).evaluation, nil)
          })
      }
      kinds.append(
        Kind(
          "weighted ratio, \(name)",
          "gap: 'demographic_parity', kind: 'ratio', comparison: 'to_reference', min: 0.8"
        ) { random in
          let groups = [p, 0.8 * p].map { weighted(n, $0, spread: spread, tilt: tilt, &random) }
          return (Drawn(metrics: [.selectionRate], groups: groups, isWeighted: true).evaluation, nil)
        })
    }
    return kinds
  }

  // MARK: Changes

  /// All rows are positive, so that accuracy is the share selected: right with both models, the candidate,
  /// the baseline, none.
  private static func pairs(_ n: Int, _ shares: [Double], _ random: inout KeyedRandom) -> Drawn.Slice {
    var joint = [0, 0, 0, 0]
    for _ in 0..<n {
      let u = random.uniform()
      joint[
        u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : u < shares[0] + shares[1] + shares[2] ? 2 : 3] +=
        1
    }
    var slice = Drawn.Slice.labelled(joint[0] + joint[1], of: n, 0, of: 0)
    slice.joint = [joint[0], joint[1], 0, 0, joint[2], joint[3], 0, 0]
    let cells = JointCells(rows: slice.joint)
    for metric in [BinaryMetric.accuracy, .selectionRate] {
      slice.paired[metric] = (
        Double(joint[0] + joint[2]) / Double(n), cells.standardError(metric) ?? .nan
      )
    }
    return slice
  }

  private static func paired(_ groups: [Drawn.Slice]) -> Evaluation {
    var whole = groups[0]
    for group in groups.dropFirst() {
      whole.joint = zip(whole.joint, group.joint).map(+)
      whole.counts = OutcomeCounts(
        rows: zip(whole.counts.rows, group.counts.rows).map(+), weights: [], squaredWeights: [])
    }
    whole.counts = OutcomeCounts(
      rows: whole.counts.rows, weights: whole.counts.rows.map(Double.init),
      squaredWeights: whole.counts.rows.map(Double.init))
    return Drawn(metrics: [.accuracy, .selectionRate], groups: groups, overall: whole).evaluation
  }

  private static var changes: [Kind] {
    var kinds: [Kind] = []
    for (n, m) in [(40, 40), (40, 1000), (300, 300)] {
      func two(_ p: Double, _ q: Double, _ random: inout KeyedRandom) -> (Evaluation, baseline: Evaluation?) {
        func one(_ n: Int, _ p: Double) -> Evaluation {
          Drawn(
            metrics: [.accuracy, .falseNegativeRate],
            groups: [.labelled(binomial(n, p, &random), of: n, 0, of: 0)]
          )
          .evaluation
        }
        return (one(n, p), one(m, q))
      }
      kinds.append(
        Kind("change, \(n) against \(m) rows", "metric: 'accuracy', change: { max: 0.05 }") {
          two(0.85, 0.9, &$0)
        })
      kinds.append(
        Kind(
          "relative change, higher is better, \(n) against \(m) rows",
          "metric: 'accuracy', change: { max: 0.1, relative: true }"
        ) {
          two(0.81, 0.9, &$0)
        })
      kinds.append(
        Kind(
          "relative change, lower is better, \(n) against \(m) rows",
          "metric: 'fnr', change: { max: 0.5, relative: true }"
        ) {
          two(0.85, 0.9, &$0)
        })
      kinds.append(
        Kind(
          "ratchet, no change, \(n) against \(m) rows", .within,
          "ratchet: true, checks: [{ id: 'x', metric: 'accuracy', slices: 'g', min: 0.1 }]"
        ) {
          two(0.9, 0.9, &$0)
        })
    }
    for n in [40, 300] {
      for (shares, name) in [([0.8, 0.05, 0.1, 0.05], "few flips"), ([0.5, 0.2, 0.25, 0.05], "many flips")] {
        let (now, then) = (shares[0] + shares[1], shares[0] + shares[2])
        kinds.append(
          Kind("paired change, \(n) rows, \(name)", "metric: 'accuracy', change: { max: \(then - now) }") {
            (paired([pairs(n, shares, &$0)]), nil)
          })
        kinds.append(
          Kind(
            "paired relative change, \(n) rows, \(name)",
            "metric: 'accuracy', change: { max: \((then - now) / then), relative: true }"
          ) {
            (paired([pairs(n, shares, &$0)]), nil)
          })
      }
      kinds.append(
        Kind(
          "paired relative change, \(n) rows, by half",
          "metric: 'accuracy', change: { max: 0.5, relative: true }"
        ) {
          (paired([pairs(n, [0.45, 0, 0.45, 0.1], &$0)]), nil)
        })
    }
    return kinds + scoreChanges
  }

  private static var scoreChanges: [Kind] {
    var kinds: [Kind] = []
    for (m, n) in [(5, 100), (20, 60), (100, 100)] {
      kinds.append(
        Kind("paired change of AUC, none, \(m) and \(n)", "metric: 'roc_auc', change: { max: 0 }") { random in
          let truth = Scores.binormal(m, n, shift: 1.5, &random)
          func noisy(_ x: [Double]) -> [Double] { x.map { $0 + 0.7 * random.normal() } }
          let now = Scores(positives: noisy(truth.positives), negatives: noisy(truth.negatives))
          let then = Scores(positives: noisy(truth.positives), negatives: noisy(truth.negatives))
          let (a, b) = (now.area, then.area)
          let x = zip(a.positives, b.positives).map { $0.0 - $0.1 }
          let y = zip(a.negatives, b.negatives).map { $0.0 - $0.1 }
          var slice = now.slice()
          slice.paired[.rocAUC] = (
            b.value, (Scores.covariance(x, x) + Scores.covariance(y, y)).squareRoot()
          )
          return (Drawn(metrics: [.rocAUC], groups: [slice], overall: slice).evaluation, nil)
        })
      kinds.append(
        Kind("change of AUC, another run, \(m) and \(n)", "metric: 'roc_auc', change: { max: 0.1 }") {
          random in
          func run(_ area: Double) -> Evaluation {
            Drawn(
              metrics: [.rocAUC],
              groups: [Scores.binormal(m, n, shift: Scores.shift(area), &random).slice()]
            ).evaluation
          }
          return (run(0.8), run(0.9))
        })
    }
    for n in [20, 200] {
      kinds.append(
        Kind("change of log loss, another run, \(n)", "metric: 'log_loss', change: { max: 0 }") { random in
          func run() -> Evaluation {
            Drawn(metrics: [.logLoss], groups: [Losses.slice(Losses.draw(n, &random))]).evaluation
          }
          return (run(), run())
        })
    }
    return kinds
  }

  // MARK: Changes of gaps

  private static var gapChanges: [Kind] {
    var kinds: [Kind] = []
    func add(
      _ name: String, _ truth: Truth, _ policy: String, _ now: [Double], _ n: Int, _ then: [Double], _ m: Int
    ) {
      kinds.append(
        Kind("\(name): \(now) of \(n), then \(then) of \(m)", truth, "gap: 'demographic_parity', " + policy) {
          (
            selected(now, now.map { _ in n }, &$0).evaluation,
            selected(then, then.map { _ in m }, &$0).evaluation
          )
        })
    }
    for (n, m) in [(100, 100), (100, 5000), (5000, 100), (400, 400)] {
      let reference = "comparison: 'to_reference', "
      add(
        "gap to a reference has not grown", .bound, reference + "change: { max: 0 }", [0.3, 0.3], n,
        [0.3, 0.3], m)
      add(
        "gap to a reference has grown", .bound, reference + "change: { max: 0.1 }", [0.4, 0.3], n,
        [0.4, 0.4], m)
      add(
        "gap to a reference, improved", .bound, reference + "change: { max: -0.1 }", [0.4, 0.4], n,
        [0.4, 0.3], m)
      add(
        "ratio to a reference has grown", .bound, reference + "kind: 'ratio', change: { max: 0.3 }",
        [0.6, 0.36], n,
        [0.6, 0.54], m)
      for g in [2, 5, 10] {
        let even = [Double](repeating: 0.3, count: g)
        let low = [Double](repeating: 0.3, count: g - 1) + [0.2]
        add("range has not grown", .within, "change: { max: 0 }", even, n, even, m)
        add("range has grown", .bound, "change: { max: 0.1 }", low, n, even, m)
        add(
          "ratio of the range has grown", .bound, "kind: 'ratio', change: { max: \(1 - 2.0 / 3) }", low, n,
          even, m)
        add(
          "gap to the best has not grown", .within, "comparison: 'to_best', change: { max: 0 }", even, n,
          even, m)
        add(
          "gap to the best has grown", .bound, "comparison: 'to_best', change: { max: 0.1 }", low, n, even, m)
        add(
          "gap to the best, all others grew", .beyond, "comparison: 'to_best', change: { max: 0.0999 }",
          [Double](repeating: 0.3, count: g - 1) + [0.4], n, even, m)
      }
    }
    return kinds
  }

  // MARK: Many checks

  private static var policies: [Kind] {
    var kinds: [Kind] = []
    for n in [60, 300] {
      let checks = """
        { id: 'a', gap: 'demographic_parity', slices: 'g', max: 0 },
        { id: 'b', gap: 'equalized_odds', comparison: 'to_best', slices: 'g', max: 0.001 },
        { id: 'c', metric: 'tpr', slices: 'g', min: 0.8 },
        { id: 'd', gap: 'precision', comparison: 'to_overall', kind: 'ratio', tau: 0.999, slices: 'g' },
        { id: 'e', metric: 'accuracy', slices: ['g', 'overall'], groups: 'worst', min: 0.8 }
        """
      for correction in ["holm", "max_t"] where correction == "holm" || n == 300 {
        kinds.append(
          Kind(
            "five checks (\(correction)), parity, 5 groups of \(n)", .within,
            "correction: '\(correction)', checks: [\(checks)]"
          ) { random in
            let groups = (0..<5).map { _ in confusion(.f1, n, 0.4, (0.8, 0.2), &random) }
            return (
              Drawn(
                metrics: [.selectionRate, .truePositiveRate, .falsePositiveRate, .precision, .accuracy],
                groups: groups
              ).evaluation, nil
            )
          })
      }
    }
    for p in [0.3, 0.05] {
      kinds.append(
        Kind(
          "max-T over overlapping slices at \(p)", .within,
          "correction: 'max_t', checks: [{ id: 'x', metric: 'selection_rate', slices: 'all', max: \(p) }]"
        ) { random in
          overlapping(p, &random)
        })
      kinds.append(
        Kind(
          "max-T over gaps of overlapping slices at \(p)", .within,
          "correction: 'max_t', checks: [{ id: 'x', gap: 'demographic_parity', comparison: 'to_overall', slices: 'all', max: 0 }]"
        ) { random in
          overlapping(p, &random)
        })
    }
    return kinds
  }

  /// Features g and h, and their cross, of unlike sizes.
  private static func overlapping(
    _ p: Double, _ random: inout KeyedRandom
  ) -> (Evaluation, baseline: Evaluation?) {
    let sizes = [[400, 60], [30, 200], [80, 80]]
    let cells = sizes.map { $0.map { (binomial($0, p, &random), $0) } }
    func sum(_ cells: [(Int, Int)]) -> Drawn.Slice {
      .selected(cells.reduce(0) { $0 + $1.0 }, of: cells.reduce(0) { $0 + $1.1 })
    }
    var drawn = Drawn(metrics: [.selectionRate], groups: cells.map(sum))
    drawn.others = [
      (["h"], ["h=0", "h=1"], (0..<2).map { h in sum(cells.map { $0[h] }) }),
      (
        ["g", "h"], (0..<3).flatMap { g in (0..<2).map { "g=\(g) & h=\($0)" } },
        cells.flatMap { row in row.map { Drawn.Slice.selected($0.0, of: $0.1) } }
      ),
    ]
    return (drawn.evaluation, nil)
  }
}
