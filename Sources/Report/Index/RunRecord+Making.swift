import Results

extension RunRecord {
  /// Families whose gaps a record keeps; a line stays some ten kilobytes long whatever was sliced.
  static let families = 40

  /// A run in short. Pure: everything comes from what is told, so that what an evaluation withholds is withheld here.
  package init(_ evaluation: Evaluation, _ judgement: Judgement?, origin: Origin) {
    let chapters = evaluation.families.indices.filter { !evaluation.families[$0].features.isEmpty }
    self.init(
      origin: origin, producer: judgement?.producer ?? evaluation.producer, title: evaluation.title,
      task: evaluation.task, level: evaluation.level,
      inputs: evaluation.inputs.map {
        Input(name: $0.name, sha256: $0.sha256, rowsRead: $0.rowsRead, rowsRejected: $0.rowsRejected)
      },
      rows: evaluation.slices.rows.first ?? 0, slices: evaluation.slices.count,
      configuration: Digest.hexadecimal(Array(evaluation.configuration.utf8)) ?? "",
      policy: judgement.map { Source(name: $0.policy.name, sha256: $0.policy.sha256) },
      waivers: judgement?.waiverFile.map { Source(name: $0.name, sha256: $0.sha256) },
      baseline: judgement?.baseline.map { Source(name: $0.name, sha256: $0.sha256) }
        ?? evaluation.roles.baseline.map { Source(name: $0, sha256: nil) },
      model: evaluation.explanation.map { Source(name: $0.model.name, sha256: $0.model.sha256) },
      suppressedBelow: evaluation.suppression?.below, verdict: judgement?.verdict,
      exitCode: judgement?.exitCode, checks: judgement?.checks.map(Check.init) ?? [],
      gaps: Self.gaps(evaluation, Set(chapters.prefix(Self.families))),
      familiesLeftOut: max(0, chapters.count - Self.families), overall: Self.overall(evaluation))
  }

  /// The differences between groups that a reader looks at first, by family; all there are where it is none of these.
  private static func gaps(_ evaluation: Evaluation, _ families: Set<Int>) -> [Gap] {
    let gaps = evaluation.gaps.filter {
      $0.comparison == .betweenGroups && $0.kind == .difference && families.contains($0.family)
    }
    let chief = TaskProfile(evaluation)?.chief ?? GapNames.chief
    let isChief = gaps.contains { chief.contains($0.metric) }
    var ids: [String] = []
    for gap in gaps where !ids.contains(gap.metric) { ids.append(gap.metric) }
    let shown = isChief ? chief.filter(ids.contains) : Array(ids.prefix(8))
    var seen: Set<String> = []
    return families.sorted().flatMap { family in
      shown.compactMap { id in
        gaps.first { $0.family == family && $0.metric == id }
      }.filter { seen.insert("\(family) \($0.metric)").inserted }.map { gap(evaluation, $0) }
    }
  }

  private static func gap(_ evaluation: Evaluation, _ gap: Results.Gap) -> Gap {
    func name(_ slice: Int?) -> String? { slice.map { evaluation.slices.predicate[$0] } }
    return Gap(
      slices: evaluation.families[gap.family].name, gap: gap.metric,
      name: GapNames.name(gap.metric, evaluation.metrics), component: gap.component, group: name(gap.group),
      reference: name(gap.reference), reading: Reading(gap.estimate), reason: Wording.reason(gap.estimate))
  }

  private static let chief = [
    "prevalence", "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    "roc_auc", "brier_score", "log_loss", "expected_calibration_error", "mean_score",
  ]

  private static func overall(_ evaluation: Evaluation) -> [Metric] {
    let ids = TaskProfile(evaluation)?.tiles ?? chief
    return ids.compactMap { id in
      guard let place = evaluation.metricIndex(id), evaluation.slices.count > 0 else { return nil }
      let entry = evaluation.metrics[place]
      return Metric(
        metric: id, name: PageBuilder.shortName(entry), direction: entry.direction, kind: entry.kind,
        reading: Reading(evaluation.estimates[place][0]))
    }
  }
}

extension RunRecord.Reading {
  init(_ estimate: Estimate) { self.init(estimate.value, estimate.lower, estimate.upper) }
}
