import Metrics
import Results
import Statistics

extension Kind {
  static func binomial(_ n: Int, _ p: Double, _ random: inout KeyedRandom) -> Int {
    BinomialSampler(trials: n, probability: p).draw(using: &random)
  }

  static func selected(_ rates: [Double], _ sizes: [Int], _ random: inout KeyedRandom) -> Drawn {
    Drawn(
      metrics: [.selectionRate],
      groups: zip(rates, sizes).map { .selected(binomial($1, $0, &random), of: $1) })
  }

  /// Groups of so many rows with a prevalence, a true and a false positive rate.
  static func confusion(
    _ metric: BinaryMetric, _ n: Int, _ prevalence: Double, _ rates: (tpr: Double, fpr: Double),
    _ random: inout KeyedRandom
  ) -> Drawn.Slice {
    let positives = binomial(n, prevalence, &random)
    return .labelled(
      binomial(positives, rates.tpr, &random), of: positives, binomial(n - positives, rates.fpr, &random),
      of: n - positives)
  }

  static func truth(_ metric: BinaryMetric, _ prevalence: Double, _ rates: (tpr: Double, fpr: Double))
    -> Double
  {
    Composite.value(
      metric,
      [
        prevalence * rates.tpr, (1 - prevalence) * rates.fpr, prevalence * (1 - rates.tpr),
        (1 - prevalence) * (1 - rates.fpr),
      ]) ?? .nan
  }

  static var values: [Kind] {
    var kinds: [Kind] = []
    for (n, p) in [(10, 0.2), (30, 0.1), (200, 0.8)] {
      for side in ["min", "max"] {
        kinds.append(
          Kind("rate \(side), \(n) rows at \(p)", "metric: 'selection_rate', \(side): \(p)") {
            (selected([p], [n], &$0).evaluation, nil)
          })
      }
    }
    for (n, p) in [(50, 0.01), (50, 0.05), (100, 0.01), (100, 0.05), (400, 0.01), (400, 0.05)] {
      kinds.append(
        Kind("rate within [0.01, 0.05], \(n) rows at \(p)", "metric: 'selection_rate', min: 0.01, max: 0.05")
        {
          (selected([p], [n], &$0).evaluation, nil)
        })
    }
    return kinds + composites + areas + losses
  }

  private static var composites: [Kind] {
    var kinds: [Kind] = []
    for metric in [BinaryMetric.f1, .balancedAccuracy, .mcc] {
      for (n, prevalence, tpr, fpr) in [
        (50, 0.1, 0.6, 0.02), (100, 0.05, 0.8, 0.01), (100, 0.3, 0.8, 0.1), (100, 0.5, 0.95, 0.05),
        (500, 0.2, 0.7, 0.1),
      ] {
        let bound = truth(metric, prevalence, (tpr, fpr))
        for side in ["min", "max"] {
          kinds.append(
            Kind(
              "\(metric.id) \(side), \(n) rows, \(prevalence) positive, TPR \(tpr), FPR \(fpr)",
              "metric: '\(metric.id)', \(side): \(bound)"
            ) { random in
              let slice = confusion(metric, n, prevalence, (tpr, fpr), &random)
              return (
                Drawn(metrics: [metric], groups: [slice], key: "\(random.next())").evaluation, nil
              )
            })
        }
      }
    }
    return kinds
  }

  private static var areas: [Kind] {
    var kinds: [Kind] = []
    for (m, n) in [(3, 100), (5, 100), (10, 100), (20, 20), (100, 100)] {
      for area in [0.7, 0.9] {
        for side in ["min", "max"] {
          kinds.append(
            Kind(
              "AUC \(side), \(m) positives, \(n) negatives at \(area)", "metric: 'roc_auc', \(side): \(area)"
            ) {
              let scores = Scores.binormal(m, n, shift: Scores.shift(area), &$0)
              return (Drawn(metrics: [.rocAUC], groups: [scores.slice()]).evaluation, nil)
            })
        }
      }
    }
    return kinds
  }

  private static var losses: [Kind] {
    [20, 100, 500].flatMap { n in
      ["min", "max"].map { side in
        Kind("log loss \(side), \(n) rows", "metric: 'log_loss', \(side): \(Losses.truth)") {
          (Drawn(metrics: [.logLoss], groups: [Losses.slice(Losses.draw(n, &$0))]).evaluation, nil)
        }
      }
    }
  }
}
