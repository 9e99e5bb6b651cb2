import Metrics
import Results

extension PresetMaker {
  private func groupCounts(_ group: PresetGroup) -> GroupCounts {
    GroupCounts(evaluation.slices.label[group.slice], group.counts)
  }

  // MARK: Clarify

  /// Clarify's metrics of counts, each group as the facet against the reference group.
  func clarify(_ family: PresetFamily) -> [PresetTable] {
    guard let reference = family.customary else { return [] }
    let rows = family.groups.filter { $0.isCompared && $0.slice != reference.slice }
    let pairs = rows.map {
      GroupPair(focal: groupCounts($0), reference: groupCounts(reference), as: .clarify)
    }
    func table(_ id: String, _ title: String, _ metrics: [ClarifyMetric]) -> PresetTable {
      var draft = TableDraft(rows.map(\.slice))
      for metric in metrics {
        draft.numbers(
          metric.id, metric.id, .number, tells: metric.tells, basis: .reference, metric.meaning,
          pairs.map { TableDraft.Cell(metric.value($0)) })
      }
      return draft.table(
        id, title, "Each group as the facet d, the reference group as a.", family: family.index,
        reference: reference.slice)
    }
    let names = family.features.joined(separator: " × ")
    return [
      table("pre_training", "Before training, by \(names)", ClarifyMetric.beforeTraining),
      table("post_training", "After training, by \(names)", ClarifyMetric.afterTraining),
    ]
  }

  // MARK: Aequitas

  /// Disparities and determination of every group.
  func aequitas(_ family: PresetFamily) -> [PresetTable] {
    guard let reference = family.customary, !family.compared.isEmpty else { return [] }
    let compared = family.compared
    let groups = compared.map(groupCounts)
    let audit = Audit(
      groups, reference: .named(evaluation.slices.label[reference.slice]), tau: choice.tau,
      as: choice.compatibility)
    let names = family.features.joined(separator: " × ")
    var disparities = TableDraft(compared.map(\.slice))
    for metric in AuditMetric.allCases {
      disparities.numbers(
        "\(metric.rawValue)_disparity", "\(metric.rawValue) disparity", .ratio, tells: metric.tells,
        basis: .reference, "\(metric.rawValue) of the group / of the reference group",
        groups.map { TableDraft.Cell(audit.disparity(metric, $0)) })
    }
    var parities = TableDraft(compared.map(\.slice))
    for parity in AuditParity.allCases {
      parities.texts(
        parity.rawValue.lowercased().split(separator: " ").joined(separator: "_"), parity.rawValue,
        tells: parity.tells, basis: .reference, "τ ≤ disparity ≤ 1/τ, or all of its parts",
        groups.map { Self.word(audit.verdict(parity, $0)) })
    }
    let all = AuditParity.allCases.map { "\($0.rawValue) \(Self.word(audit.verdict($0)))" }
    return [
      disparities.table(
        "disparities", "Disparities by \(names)", "Each group's metric over the reference group's.",
        family: family.index, reference: reference.slice),
      parities.table(
        "determination", "Determination by \(names)",
        "Which disparities lie between τ = \(NumberText.text(choice.tau)) and 1/τ.", family: family.index,
        reference: reference.slice, together: "All groups: \(all.joined(separator: "; "))."),
    ]
  }

  private static func word(_ verdict: Audit.Verdict) -> String {
    switch verdict {
    case .fair: "within τ"
    case .unfair: "outside"
    case .undefined: "undefined"
    }
  }

  // MARK: Rates as they are

  private static let indicatorRates: [BinaryMetric] = [
    .falsePositiveRate, .falseNegativeRate, .truePositiveRate, .trueNegativeRate, .selectionRate,
    .falseDiscoveryRate, .falseOmissionRate, .precision, .accuracy,
  ]

  /// Fairness Indicators' rates where decisions are made.
  func rates(_ family: PresetFamily) -> PresetTable {
    estimates(
      Self.indicatorRates.map(\.id), "rates", "Rates by \(family.features.joined(separator: " × "))",
      "At the threshold of the decisions. Rates at other thresholds stand in each attribute's chapter, in slices.csv and in the table of slices.",
      family)
  }

  /// Coverage, label prevalence and errors of every group.
  func documentation(_ family: PresetFamily) -> [PresetTable] {
    let names = family.features.joined(separator: " × ")
    return [
      coverage(family).table(
        "coverage", "Coverage by \(names)",
        "Art. 10(2) to (4): who is in the data, and how often with a positive label.",
        family: family.index, reference: nil),
      estimates(
        documented, "performance", "Performance by \(names)",
        "Art. 15 and Annex IV, points 2(g) and 3: accuracy and errors of every group.", family),
    ].filter { !$0.columns.isEmpty }
  }

  private func coverage(_ family: PresetFamily) -> TableDraft {
    var draft = TableDraft(family.groups.map(\.slice))
    draft.numbers(
      "rows", "Rows", .count, tells: .rows, "rows of the group", family.groups.map { .value(Double($0.rows)) }
    )
    draft.numbers(
      "share", "Share", .rate, tells: .rows, "of all rows", family.groups.map { .value($0.share) })
    guard evaluation.task == .binary, evaluation.roles.label != nil else { return draft }
    draft.numbers(
      "prevalence", "Label prevalence", .rate, tells: .labels, "rows with a positive label / rows",
      family.groups.map {
        TableDraft.Cell(evaluation.estimate(BinaryMetric.prevalence.id, slice: $0.slice))
      })
    return draft
  }

  /// Metrics of quality to document: of a binary task the rates of errors, of others those that have a better end.
  private var documented: [String] {
    guard evaluation.task != .binary else {
      return [
        "accuracy", "false_positive_rate", "false_negative_rate", "precision", "selection_rate", "roc_auc",
        "brier_score",
      ]
      .filter { evaluation.metricIndex($0) != nil }
    }
    return evaluation.metrics.filter { $0.direction != .neutral && $0.classLabel == nil }.prefix(8).map(\.id)
  }

  private func estimates(
    _ metrics: [String], _ id: String, _ title: String, _ about: String, _ family: PresetFamily
  ) -> PresetTable {
    var draft = TableDraft(family.groups.map(\.slice))
    for metric in metrics {
      guard let index = evaluation.metricIndex(metric) else { continue }
      let entry = evaluation.metrics[index]
      draft.numbers(
        entry.id, entry.name, entry.kind == .rate ? .rate : .number, tells: Suppression.layer(of: entry.id),
        entry.formula, family.groups.map { TableDraft.Cell(evaluation.estimates[index][$0.slice]) })
    }
    return draft.table(id, title, about, family: family.index, reference: nil)
  }
}

extension TableDraft.Cell {
  init(_ value: MeasureValue) { self.init(value: value.value ?? .nan, reason: value.reason ?? "") }
}

extension AuditMetric {
  fileprivate var tells: Suppression.Layer { self == .ppr || self == .pprev ? .decisions : .outcomes }
}

extension AuditParity {
  fileprivate var tells: Suppression.Layer {
    self == .statistical || self == .impact || self == .unsupervised ? .decisions : .outcomes
  }
}
