import Metrics
import Results
import Statistics

extension Kind {
  static var gaps: [Kind] {
    var kinds: [Kind] = []
    let dp = "gap: 'demographic_parity', "
    func rates(_ name: String, _ truth: Truth, _ policy: String, _ p: [Double], _ n: [Int]) {
      kinds.append(
        Kind("\(name): \(p) of \(n)", truth, dp + policy) { (selected(p, n, &$0).evaluation, nil) })
    }
    func rates(_ name: String, _ policy: String, _ p: [Double], _ n: [Int]) {
      rates(name, .bound, policy, p, n)
    }
    for n in [[40, 40], [40, 400], [400, 40], [300, 300]] {
      rates("difference to a reference", "comparison: 'to_reference', max: 0.1", [0.3, 0.2], n)
      rates("ratio to a reference", "comparison: 'to_reference', kind: 'ratio', min: 0.8", [0.3, 0.24], n)
      rates(
        "ratio to a reference, tau", "comparison: 'to_reference', kind: 'ratio', tau: 0.8", [0.3, 0.24], n)
      rates("signed difference", "comparison: 'to_reference', signed: true, min: -0.1", [0.3, 0.2], n)
      rates("difference to the complement", "comparison: 'to_complement', max: 0.1", [0.3, 0.2], n)
    }
    for n in [[40, 400, 400], [100, 100, 100], [35, 34, 33]] {
      rates("ratio to the largest", "comparison: 'to_largest', kind: 'ratio', min: 0.8", [0.3, 0.3, 0.24], n)
      rates("difference to the largest", "comparison: 'to_largest', max: 0.1", [0.3, 0.2, 0.2], n)
    }
    // The truth of a difference from overall is (1 − f) times that from the rest.
    for n in [[100, 300], [40, 400]] {
      let f = Double(n[0]) / Double(n[0] + n[1])
      rates(
        "difference to overall", "comparison: 'to_overall', slices: 'g=0', max: \(0.1 * (1 - f))",
        [0.3, 0.2], n)
      rates(
        "ratio to overall",
        "comparison: 'to_overall', slices: 'g=0', kind: 'ratio', max: \(0.3 / (0.3 * f + 0.2 * (1 - f)))",
        [0.3, 0.2], n)
    }
    for g in [2, 5, 10] {
      let even = [Int](repeating: 100, count: g)
      let uneven = (0..<g).map { $0 % 2 == 0 ? 400 : 40 }
      for n in [even, uneven] {
        let low = { (x: Double) in [Double](repeating: 0.3, count: g - 1) + [x] }
        rates("between groups, parity", .within, "max: 0", low(0.3), n)
        rates("between groups, difference", "max: 0.1", low(0.2), n)
        rates("between groups, ratio", "kind: 'ratio', min: 0.8", low(0.24), n)
        rates("to the best, parity", .within, "comparison: 'to_best', kind: 'ratio', min: 0.999", low(0.3), n)
        rates("to the best, ratio", "comparison: 'to_best', kind: 'ratio', min: 0.8", low(0.24), n)
        rates("to the best, difference", "comparison: 'to_best', max: 0.1", low(0.2), n)
        rates(
          "worst group to the best", "comparison: 'to_best', kind: 'ratio', groups: 'worst', min: 0.8",
          low(0.24), n)
        rates(
          "significance to the best, parity", .within,
          "comparison: 'to_best', kind: 'ratio', evidence: 'significance', min: 0.97", low(0.3), n)
        rates(
          "significance between groups, parity", .within, "evidence: 'significance', max: 0.01", low(0.3), n)
      }
    }
    return kinds + odds + scoreGaps + compositeGaps
  }

  /// Groups with true and false positive rates; 100 positives and 200 negatives each.
  private static func odds(_ rates: [(Double, Double)], _ random: inout KeyedRandom) -> Evaluation {
    Drawn(
      metrics: [.truePositiveRate, .falsePositiveRate],
      groups: rates.map {
        .labelled(binomial(100, $0.0, &random), of: 100, binomial(200, $0.1, &random), of: 200)
      }
    ).evaluation
  }

  private static var odds: [Kind] {
    var kinds: [Kind] = []
    for comparison in ["between_groups", "to_reference", "to_best"] {
      for (name, rates) in [
        ("false positives decide", [(0.8, 0.2), (0.8, 0.3)]), ("both decide", [(0.9, 0.2), (0.8, 0.3)]),
        ("five groups", [(0.8, 0.2), (0.8, 0.2), (0.8, 0.2), (0.8, 0.2), (0.8, 0.3)]),
      ] {
        kinds.append(
          Kind(
            "equalized odds \(comparison), \(name)",
            "gap: 'equalized_odds', comparison: '\(comparison)', max: 0.1"
          ) { (odds(rates, &$0), nil) })
      }
    }
    for low in [0.1, 0.05] {
      kinds.append(
        Kind(
          "false positive rate to the best, the lowest",
          "gap: 'fpr', comparison: 'to_best', kind: 'ratio', max: 1.5"
        ) { (odds([(0.8, low), (0.8, low), (0.8, low), (0.8, 1.5 * low)], &$0), nil) })
    }
    return kinds
  }

  private static var scoreGaps: [Kind] {
    var kinds: [Kind] = []
    for (m, n) in [(5, 100), (10, 50), (50, 100)] {
      func areas(_ values: [Double], _ random: inout KeyedRandom) -> Evaluation {
        let drawn = values.map { Scores.binormal(m, n, shift: Scores.shift($0), &random) }
        let whole = Scores(
          positives: drawn.flatMap(\.positives), negatives: drawn.flatMap(\.negatives))
        return Drawn(
          metrics: [.rocAUC],
          groups: drawn.enumerated().map { index, one in one.slice(whole: whole, at: (m * index, n * index))
          },
          overall: whole.slice(whole: whole)
        ).evaluation
      }
      kinds.append(
        Kind("AUC difference, \(m) and \(n)", "gap: 'roc_auc', comparison: 'to_reference', max: 0.1") {
          (areas([0.85, 0.75], &$0), nil)
        })
      kinds.append(
        Kind(
          "AUC ratio, \(m) and \(n)",
          "gap: 'roc_auc', comparison: 'to_reference', kind: 'ratio', min: \(0.75 / 0.85)"
        ) { (areas([0.85, 0.75], &$0), nil) })
      kinds.append(
        Kind("AUC between 5 groups, \(m) and \(n)", "gap: 'roc_auc', max: 0.1") {
          (areas([0.85, 0.85, 0.85, 0.85, 0.75], &$0), nil)
        })
      kinds.append(
        Kind(
          "AUC to overall, parity, \(m) and \(n)", .within,
          "gap: 'roc_auc', comparison: 'to_overall', slices: 'g=0', max: 0"
        ) { (areas([0.8, 0.8, 0.8], &$0), nil) })
    }
    for n in [[35, 35], [35, 300], [100, 100]] {
      for kind in ["difference", "ratio"] {
        kinds.append(
          Kind(
            "log loss \(kind), parity, \(n)", .within,
            "gap: 'log_loss', comparison: 'to_reference', kind: '\(kind)', max: \(kind == "ratio" ? 1 : 0)"
          ) { random in
            (
              Drawn(metrics: [.logLoss], groups: n.map { Losses.slice(Losses.draw($0, &random)) }).evaluation,
              nil
            )
          })
      }
      kinds.append(
        Kind(
          "log loss to overall, parity, \(n)", .within,
          "gap: 'log_loss', comparison: 'to_overall', slices: 'g=0', max: 0"
        ) { random in
          let drawn = n.map { Losses.draw($0, &random) }
          let whole = drawn.flatMap { $0 }
          return (
            Drawn(
              metrics: [.logLoss], groups: drawn.map { Losses.slice($0, whole: whole) },
              overall: Losses.slice(whole, whole: whole)
            ).evaluation, nil
          )
        })
    }
    return kinds
  }

  private static var compositeGaps: [Kind] {
    var kinds: [Kind] = []
    for metric in [BinaryMetric.f1, .balancedAccuracy] {
      for (n, prevalence) in [(60, 0.1), (100, 0.3), (400, 0.3)] {
        let (good, bad) = ((tpr: 0.9, fpr: 0.05), (tpr: 0.7, fpr: 0.05))
        let (first, second) = (truth(metric, prevalence, good), truth(metric, prevalence, bad))
        for (kind, bound) in [("difference", "max: \(first - second)"), ("ratio", "min: \(second / first)")] {
          kinds.append(
            Kind(
              "\(metric.id) \(kind), \(n) rows, \(prevalence) positive",
              "gap: '\(metric.id)', comparison: 'to_reference', kind: '\(kind)', \(bound)"
            ) { random in
              let groups = [good, bad].map { confusion(metric, n, prevalence, $0, &random) }
              return (Drawn(metrics: [metric], groups: groups, key: "\(random.next())").evaluation, nil)
            })
        }
        kinds.append(
          Kind(
            "\(metric.id) to overall, parity, \(n) rows, \(prevalence) positive", .within,
            "gap: '\(metric.id)', comparison: 'to_overall', slices: 'g=0', max: 0"
          ) { random in
            let groups = [good, good, good].map { confusion(metric, n, prevalence, $0, &random) }
            return (Drawn(metrics: [metric], groups: groups, key: "\(random.next())").evaluation, nil)
          })
      }
    }
    return kinds
  }
}
