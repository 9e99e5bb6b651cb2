import Charts
import Results
import Templating

/// What the page says of a task that is not binary.
extension PageBuilder {
  /// What templates ask of the task; null for a binary one.
  func taskModel() -> TemplateValue {
    guard let profile else { return .null }
    // What a reader may look for in the table of slices.
    let example = profile.lead.first { entry($0)?.direction != .neutral }
    return [
      "name": .text(PageBuilder.taskNames[profile.kind] ?? profile.kind.rawValue),
      "isClasses": .bool(profile.kind == .multiclass || profile.kind == .multilabel),
      "isMulticlass": .bool(profile.kind == .multiclass),
      "isMultilabel": .bool(profile.kind == .multilabel),
      "isMeasured": .bool(profile.kind == .regression || profile.kind == .ranking),
      "isRegression": .bool(profile.kind == .regression), "isRanking": .bool(profile.kind == .ranking),
      "more": .text(PageBuilder.moreHeadings[profile.kind] ?? "More"),
      "filter": .text(example.map(filterKey) ?? "n"),
      "limit": .text(
        example.flatMap { evaluation.estimate($0, slice: 0)?.value }.map { NumberText.short($0) } ?? "100"),
    ]
  }

  /// What a filter calls a metric.
  private func filterKey(_ id: String) -> String {
    let key = entry(id)?.symbol.lowercased() ?? id
    return key.contains { $0 == " " || $0 == "\"" } ? id : key
  }

  private static let taskNames: [TaskKind: String] = [
    .multiclass: "multi-class classification", .multilabel: "multi-label classification",
    .regression: "regression", .ranking: "ranking",
  ]

  private static let moreHeadings: [TaskKind: String] = [
    .multiclass: "Classes and confusions", .multilabel: "Labels", .regression: "Residuals and calibration",
    .ranking: "Exposure and places",
  ]

  // MARK: Facts

  func taskFacts(_ profile: TaskProfile) -> [(String, String)] {
    let roles = evaluation.roles
    var facts = [("Task", PageBuilder.sentence(PageBuilder.taskNames[profile.kind] ?? profile.kind.rawValue))]
    let isMultilabel = profile.kind == .multilabel
    if let label = roles.label {
      facts.append(
        (
          profile.kind == .ranking ? "Relevance" : isMultilabel ? "Labels" : "Label",
          isMultilabel ? "columns \(VisibleText.of(label))…" : VisibleText.of(label)
        ))
    }
    if let classes = roles.classes {
      let shown = classes.prefix(6).map { VisibleText.of($0) }.joined(separator: ", ")
      let more = classes.count > 6 ? " and \(Wording.count(classes.count - 6)) more" : ""
      facts.append(
        (isMultilabel ? "Label names" : "Classes", "\(Wording.count(classes.count)): \(shown)\(more)"))
    }
    if let query = roles.query { facts.append(("Query", VisibleText.of(query))) }
    if let decision = roles.decision {
      facts.append(
        (
          "Decision",
          isMultilabel ? "columns \(VisibleText.of(decision))…" : "column \(VisibleText.of(decision))"
        ))
    }
    if let score = roles.score { facts.append((scoreTerm(profile.kind), scoreName(score, profile))) }
    if let unit = roles.unit { facts.append(("Unit", VisibleText.of(unit))) }
    return facts
  }

  private func scoreTerm(_ kind: TaskKind) -> String {
    switch kind {
    case .regression: "Prediction"
    case .ranking: "Ranked by"
    default: "Scores"
    }
  }

  /// One column, or one a class, known by how their names begin.
  private func scoreName(_ score: String, _ profile: TaskProfile) -> String {
    let isMany = profile.kind == .multiclass || profile.kind == .multilabel
    return isMany ? "columns \(VisibleText.of(score))…" : VisibleText.of(score)
  }

  // MARK: Support

  /// What the numbers of a family rest on: rows, and what metrics of the task count.
  func taskSupport(_ family: Int, _ drawn: [Int]) -> TemplateValue {
    let spec = evaluation.families[family]
    let most = max(1, spec.slices.map(rows).max() ?? 1)
    let columns = supportColumns
    let list = drawn.map { slice -> TemplateValue in
      [
        "label": .text(label(slice)), "href": .text("#" + anchor(slice)),
        "isReference": .bool(slice == spec.reference), "rows": .text(shownRows(slice)),
        "raw": .integer(rows(slice)), "bar": .markup(Bar.svg(Double(rows(slice)) / Double(most))),
        "weight": .text(
          evaluation.withholds(.rows, slice) ? "withheld" : NumberText.count(evaluation.slices.weight[slice])),
        "parts": .list(columns.map { .text(supportText($0.source, slice)) }),
        "isSmall": .bool(rows(slice) < Wording.smallCount && !evaluation.withholds(.rows, slice)),
        "isMissing": .bool(evaluation.slices.predicate[slice].contains("=(missing)")),
        "isEmpty": .bool(isEmpty(slice)),
      ]
    }
    return [
      "rows": .list(list), "isWeighted": .bool(evaluation.roles.weight != nil),
      "parts": .list(columns.map { .text($0.name) }),
    ]
  }

  private enum SupportSource {
    /// How many there are in the metric's denominator.
    case denominator(String)
    case value(String)
  }

  private var supportColumns: [(name: String, source: SupportSource)] {
    guard let profile else { return [] }
    switch profile.kind {
    case .multiclass, .multilabel:
      return profile.classes.prefix(8).compactMap { name in
        let id = TaskProfile.id("recall", name)
        return entry(id) == nil ? nil : (VisibleText.of(name), .denominator(id))
      }
    case .regression:
      return ["mean_label", "mean_prediction"].compactMap { id in
        entry(id).map { (PageBuilder.shortName($0), .value(id)) }
      }
    case .ranking:
      return ["queries", "mean_relevance", "candidate_share"].compactMap { id in
        entry(id).map { (PageBuilder.shortName($0), .value(id)) }
      }
    case .binary: return []
    }
  }

  private func supportText(_ source: SupportSource, _ slice: Int) -> String {
    let (id, isCounted) =
      switch source {
      case .denominator(let id): (id, true)
      case .value(let id): (id, false)
      }
    guard let estimate = evaluation.estimate(id, slice: slice) else { return "—" }
    if estimate.status == .suppressed { return "withheld" }
    if isCounted { return Wording.count(estimate.denominator) }
    return estimate.value.map { Wording.shown($0, entry(id)?.kind ?? .rate) } ?? "—"
  }

  // MARK: Baseline

  /// What changed over all rows, in a sentence.
  func taskBaselineLead() -> String {
    let parts = comparedEntries.filter { $0.direction != .neutral }.prefix(2).compactMap { entry -> String? in
      let change = change(entry, 0)
      guard let now = change.candidate, let before = change.baseline else { return nil }
      let verdict = change.isWorse ? "worse" : change.isBetter ? "better" : "no sure change"
      return
        "\(PageBuilder.shortName(entry)) went from \(Wording.value(before)) to \(Wording.value(now)) over all rows (\(verdict))."
    }
    return parts.joined(separator: " ")
  }
}
