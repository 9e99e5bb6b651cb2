import Results

/// Evaluations of tasks that are not binary, from plain formulas: three groups of one attribute, two of another, their
/// cross, and a cell without rows.
struct TaskFixture {
  let task: TaskKind
  var classes = ["cat", "dog", "<b>cow</b>"]

  private static let sizes = [400, 200, 25]
  private static let parts = [0.6, 0.4]

  private struct Slice {
    var predicate: String
    var label: String
    var family: Int
    var rows: Int
  }

  private var slices: [Slice] {
    let groups = ["A", "B", "C"]
    let kinds = ["x", "y"]
    let total = Self.sizes.reduce(0, +)
    var slices = [Slice(predicate: "overall", label: "Overall", family: 0, rows: total)]
    for (name, size) in zip(groups, Self.sizes) {
      slices.append(Slice(predicate: "group=\(name)", label: name, family: 1, rows: size))
    }
    for (kind, part) in zip(kinds, Self.parts) {
      slices.append(
        Slice(predicate: "kind=\(kind)", label: kind, family: 2, rows: Int(part * Double(total))))
    }
    for (name, size) in zip(groups, Self.sizes) {
      for (kind, part) in zip(kinds, Self.parts) {
        let rows = name == "C" && kind == "y" ? 0 : Int(part * Double(size))
        slices.append(
          Slice(predicate: "group=\(name) & kind=\(kind)", label: "\(name) & \(kind)", family: 3, rows: rows))
      }
    }
    return slices
  }

  private static let families = [
    SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil),
    SliceFamily(features: ["group"], name: "group", first: 1, count: 3, reference: nil),
    SliceFamily(features: ["kind"], name: "kind", first: 4, count: 2, reference: nil),
    SliceFamily(features: ["group", "kind"], name: "group*kind", first: 6, count: 6, reference: nil),
  ]

  // MARK: Metrics

  private static func entry(
    _ id: String, _ name: String, _ symbol: String, _ kind: MetricEntry.Kind,
    _ direction: MetricEntry.Direction, _ denominator: String = "rows", of one: String? = nil, k: Int? = nil
  ) -> MetricEntry {
    MetricEntry(
      id: id, name: name, symbol: symbol, formula: "as the catalogue has it", kind: kind,
      direction: direction,
      denominator: denominator, interval: kind == .count ? nil : "influence function, Student t",
      classLabel: one, k: k)
  }

  private var metrics: [MetricEntry] {
    let counts = [
      Self.entry("count", "Rows", "n", .count, .neutral),
      Self.entry("weight", "Weight", "Σw", .count, .neutral),
    ]
    switch task {
    case .binary: return counts
    case .multiclass:
      return counts + [
        Self.entry("accuracy", "Accuracy", "Acc", .rate, .higherIsBetter),
        Self.entry("f1_macro", "F1 score, macro average", "F1 macro", .index, .higherIsBetter),
        Self.entry("recall_macro", "Recall, macro average", "TPR macro", .index, .higherIsBetter),
        Self.entry("log_loss", "Log loss", "LogL", .loss, .lowerIsBetter),
      ] + classMetrics
    case .multilabel:
      return counts + [
        Self.entry("exact_match", "Exact match", "EM", .rate, .higherIsBetter),
        Self.entry("hamming_loss", "Hamming loss", "Ham", .index, .lowerIsBetter),
        Self.entry("recall_macro", "Recall, macro average", "TPR macro", .index, .higherIsBetter),
      ] + classMetrics
    case .regression:
      return counts + [
        Self.entry("mean_label", "Mean label", "Label", .mean, .neutral),
        Self.entry("mean_prediction", "Mean prediction", "Pred", .mean, .neutral),
        Self.entry("mean_error", "Mean error (bias)", "Bias", .mean, .neutral),
        Self.entry("mean_absolute_error", "Mean absolute error", "MAE", .loss, .lowerIsBetter),
        Self.entry("r2", "Coefficient of determination", "R²", .mean, .higherIsBetter),
      ]
    case .ranking:
      return counts + [
        Self.entry("queries", "Queries", "Q", .count, .neutral, "queries"),
        Self.entry("ndcg@10", "NDCG at 10", "NDCG@10", .index, .higherIsBetter, "queries", k: 10),
        Self.entry("mean_exposure", "Mean exposure", "Expo", .mean, .neutral),
        Self.entry("selection_rate@10", "Selection rate at 10", "SR@10", .rate, .neutral, k: 10),
        Self.entry("skew@10", "Skew at 10", "Skew@10", .mean, .neutral, k: 10),
      ]
    }
  }

  private var classMetrics: [MetricEntry] {
    classes.flatMap { one in
      [
        Self.entry(
          "selection_rate[\(one)]", "Selection rate of \(one)", "SR \(one)", .rate, .neutral, of: one),
        Self.entry(
          "recall[\(one)]", "Recall of \(one)", "TPR \(one)", .rate, .higherIsBetter, "rows of the class",
          of: one),
        Self.entry(
          "precision[\(one)]", "Precision of \(one)", "PPV \(one)", .rate, .higherIsBetter,
          "rows predicted as the class", of: one),
      ]
    }
  }

  // MARK: Numbers

  /// Where a metric's numbers lie.
  private static func scale(_ entry: MetricEntry) -> (middle: Double, step: Double) {
    switch (entry.id, entry.kind) {
    case ("skew@10", _), ("mean_error", _): (0, 0.6)
    case ("mean_exposure", _), ("r2", _): (0.3, 0.04)
    case (_, .rate), (_, .index), (_, .correlation): (0.5, 0.06)
    case (_, .loss): (22, 3)
    default: (110, 7)
    }
  }

  private func estimate(_ entry: MetricEntry, _ place: Int, _ slice: Int, _ rows: Int) -> Estimate {
    let shown = entry.denominator.hasPrefix("rows of the class") ? rows / classes.count : rows
    let count = Double(shown)
    guard entry.kind != .count else {
      return Estimate(
        value: Double(entry.id == "queries" ? min(rows, 40) : rows), denominator: rows, weight: count,
        effectiveCount: count, status: .ok)
    }
    guard rows > 0 else {
      return Estimate(
        value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .empty, reason: "no rows")
    }
    let (middle, step) = Self.scale(entry)
    let value = slice == 0 ? middle : middle + step * Double((place * 5 + slice * 3) % 7 - 3)
    let error = step * 20 / (count.squareRoot() * 4)
    return Estimate(
      value: value, lower: value - 2 * error, upper: value + 2 * error, standardError: error,
      denominator: shown, weight: count, effectiveCount: count, status: .ok)
  }

  private func gap(
    _ id: String, _ component: String, family: Int, _ comparison: Gap.Comparison, _ a: Int, _ b: Int,
    _ evaluation: Evaluation
  ) -> Gap? {
    guard let x = evaluation.estimate(component, slice: a), let y = evaluation.estimate(component, slice: b),
      let one = x.value, let other = y.value, let error = x.standardError, let second = y.standardError
    else { return nil }
    let half = 2 * (error * error + second * second).squareRoot()
    return Gap(
      family: family, metric: id, component: component, kind: .difference, comparison: comparison, group: a,
      reference: b,
      estimate: Estimate(
        value: one - other, lower: one - other - half, upper: one - other + half, denominator: x.denominator,
        weight: x.weight, effectiveCount: x.effectiveCount, status: .ok), pValue: 0.01,
      test: "Wald z test", interval: "MOVER")
  }

  /// Gaps by the metrics they compare.
  private var compared: [(id: String, components: [String])] {
    let named: [(id: String, components: [String])] =
      switch task {
      case .multiclass, .multilabel:
        [("demographic_parity", "selection_rate"), ("equal_opportunity", "recall")].map { id, base in
          (id, classes.map { "\(base)[\($0)]" })
        }
      case .regression: [("demographic_parity", ["mean_prediction"])]
      case .ranking: [("exposure_parity", ["mean_exposure"])]
      case .binary: []
      }
    return named + metrics.filter { $0.kind != .count && $0.classLabel == nil }.map { ($0.id, [$0.id]) }
  }

  private func gaps(_ evaluation: Evaluation) -> [Gap] {
    evaluation.families.indices.dropFirst().flatMap { family -> [Gap] in
      let slices = evaluation.families[family].slices.filter { evaluation.slices.rows[$0] > 0 }
      return compared.flatMap { id, components -> [Gap] in
        let pairs = components.flatMap { component in
          slices.flatMap { a in
            slices.compactMap { b in
              a == b ? nil : gap(id, component, family: family, .betweenGroups, a, b, evaluation)
            }
          }
        }
        func size(_ gap: Gap) -> Double { gap.estimate.value ?? 0 }
        let widest = pairs.max { size($0) < size($1) }
        let single = slices.compactMap { slice in
          components.compactMap { gap(id, $0, family: family, .toOverall, slice, 0, evaluation) }.max {
            abs(size($0)) < abs(size($1))
          }
        }
        return [widest].compactMap { $0 } + single
      }
    }
  }

  // MARK: Details

  private func details(_ slices: [Slice]) -> TaskDetails {
    var details = TaskDetails()
    let total = Double(slices[0].rows)
    if task == .regression {
      details.quantileLevels = [0.05, 0.25, 0.5, 0.75, 0.95]
      details.binEdges = [90, 110, 130]
    }
    for (index, slice) in slices.enumerated() {
      let rows = Double(slice.rows)
      switch task {
      case .multiclass:
        details.confusion += classes.indices.flatMap { row in
          classes.indices.map { column in
            row == column ? rows / 6 : (rows / 12 + Double(index)).rounded() * (rows > 0 ? 1 : 0)
          }
        }
      case .regression:
        details.residualQuantiles += [-40.0, -12, Double(index) - 4, 14, 45].map { rows > 0 ? $0 : .nan }
        let weight = rows / 4
        details.binWeight += [Double](repeating: weight, count: 4)
        details.binPredictionSum += [80.0, 100, 120, 140].map { $0 * weight }
        details.binLabelSum += [84.0, 101, 118, 135].map { $0 * weight }
      case .ranking:
        details.exposureShare.append(rows / total)
        details.relevanceShare.append(rows / total * (index == 1 ? 1.2 : 0.9))
        details.rowShare.append(rows / total)
      case .binary, .multilabel: break
      }
    }
    return details
  }

  func make() -> Evaluation {
    let slices = self.slices
    let isMany = task == .multiclass || task == .multilabel
    var evaluation = Evaluation(
      producer: Producer(name: "fairslice", version: "0.1.0"), title: "A \(task.rawValue) model", task: task,
      level: 0.95, seed: 42, bootstrapReplicates: 1000,
      roles: Roles(
        label: "truth", positive: "", score: isMany ? "p_" : "score", scoreIsProbability: false,
        decision: nil, threshold: nil, thresholdIsStrict: false, weight: nil, unit: nil, baseline: nil,
        query: task == .ranking ? "search" : nil, classes: isMany ? classes : nil),
      inputs: [
        InputRecord(
          name: "data.csv", format: "CSV", sha256: String(repeating: "a1b2c3d4", count: 8), bytes: 12_345,
          rowsRead: slices[0].rows, rowsRejected: 0)
      ],
      rejections: Rejections(count: 0, listed: []), configuration: "{\"task\":\"\(task.rawValue)\"}",
      notes: [],
      metrics: metrics, families: Self.families,
      slices: SliceColumns(
        predicate: slices.map(\.predicate), label: slices.map(\.label), family: slices.map(\.family),
        rows: slices.map(\.rows), weight: slices.map { Double($0.rows) }, truePositives: [],
        falsePositives: [], falseNegatives: [], trueNegatives: [], baselineCells: [], cellWeights: [],
        cellSquaredWeights: [], covarianceWithOverall: [:]),
      estimates: metrics.enumerated().map { place, entry in
        EstimateColumns(
          slices.enumerated().map { index, slice in estimate(entry, place, index, slice.rows) })
      }, gaps: [], curves: nil, calibration: nil, details: details(slices))
    evaluation.gaps = gaps(evaluation)
    return evaluation
  }

  /// The same beside a second model on the same rows.
  func compared(with baseline: String) -> Evaluation {
    var evaluation = make()
    evaluation.roles.baseline = baseline
    evaluation.paired = PairedColumns(
      name: baseline,
      columns: zip(evaluation.metrics, evaluation.estimates).filter { $0.0.kind != .count }.map {
        entry, columns in
        let before = columns.value.map { $0 * 1.1 }
        return PairedColumns.Column(
          metric: entry.id, baseline: before, standardError: columns.standardError,
          lower: columns.value.map { -0.1 * $0 - 0.01 }, upper: columns.value.map { -0.1 * $0 + 0.01 })
      })
    return evaluation
  }
}
