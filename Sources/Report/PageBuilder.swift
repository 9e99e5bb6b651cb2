import Charts
import Results
import Templating

/// Makes the page model of an evaluation: picks, orders and words what is stored, and lays out the charts.
struct PageBuilder {
  let evaluation: Evaluation
  let mentionsChartFiles: Bool
  /// By family.
  let slugs: [String]
  /// Families that have a chapter: all but `overall`.
  let chapters: [Int]
  /// nil for a binary task.
  let profile: TaskProfile?
  /// Indices of gaps by family, comparison and kind.
  private let gapIndex: [GapShelf: [Int]]

  private struct GapShelf: Hashable {
    var family: Int
    var comparison: Gap.Comparison
    var kind: Gap.Kind
  }

  init(_ evaluation: Evaluation, mentionsChartFiles: Bool) {
    self.evaluation = PageBuilder.withVisibleNames(evaluation)
    self.mentionsChartFiles = mentionsChartFiles
    profile = TaskProfile(evaluation)
    slugs = Names.slugs(evaluation.families.map(\.name))
    chapters = evaluation.families.indices.filter { !evaluation.families[$0].features.isEmpty }
    var gapIndex: [GapShelf: [Int]] = [:]
    for (index, gap) in evaluation.gaps.enumerated() {
      gapIndex[GapShelf(family: gap.family, comparison: gap.comparison, kind: gap.kind), default: []].append(
        index)
    }
    self.gapIndex = gapIndex
  }

  /// Metrics of classes bear names from the data.
  private static func withVisibleNames(_ evaluation: Evaluation) -> Evaluation {
    guard evaluation.task != .binary else { return evaluation }
    var evaluation = evaluation
    for place in evaluation.metrics.indices where evaluation.metrics[place].classLabel != nil {
      evaluation.metrics[place].name = VisibleText.of(evaluation.metrics[place].name)
      evaluation.metrics[place].symbol = VisibleText.of(evaluation.metrics[place].symbol)
    }
    return evaluation
  }

  func model() -> TemplateValue {
    let findings = self.findings()
    let chapters = self.chapters.map { chapter($0, findings: findings) }
    let gate = GatePage(self)
    let leading = gate?.words.headline ?? headline(findings)
    return [
      "title": .text(VisibleText.of(evaluation.title)),
      "headline": .text(headline(findings)),
      "documentTitle": .text("\(leading) — \(VisibleText.of(evaluation.title))"),
      "gate": gate?.model() ?? .null,
      "level": .text(Wording.level(evaluation.level)),
      "small": .integer(Wording.smallCount),
      "facts": facts(),
      "overall": overallFigures(),
      "findings": .list(findings.prefix(8).map { words($0) }),
      "hasFindings": .bool(!findings.isEmpty),
      "hasComparisons": .bool(!evaluation.gaps.isEmpty),
      "notes": .list(evaluation.notes.map { .text(VisibleText.of($0)) }),
      "harms": HarmsPage(self)?.model() ?? .null,
      "preset": PresetPage(self)?.model() ?? .null,
      "across": AcrossPage(self)?.model() ?? .null,
      "glance": glance(gate),
      "grid": grid(),
      "chapters": .list(chapters),
      "measures": MeasuresPage(self)?.model() ?? .null,
      "lab": LabPage(self)?.model() ?? .null,
      "why": WhyPage(self)?.model() ?? .null,
      "baseline": baseline(),
      "slices": SliceTable(self).model(),
      "methods": methods(),
      "provenance": provenance(),
      "chartFiles": .bool(mentionsChartFiles && !self.chapters.isEmpty),
      "weighted": .bool(evaluation.roles.weight != nil),
      "hasLabel": .bool(hasLabel),
      "task": taskModel(),
      "classes": classTable(),
      "reportID": .text(PageBuilder.reportID(evaluation)),
      "producer": .text("\(evaluation.producer.name) \(evaluation.producer.version)"),
    ]
  }

  /// Twelve hexadecimal digits of what was evaluated and how: the inputs, the configuration and the policy.
  static func reportID(_ evaluation: Evaluation) -> String {
    let parts =
      evaluation.inputs.map(\.sha256) + [evaluation.configuration, evaluation.judgement?.policy.sha256 ?? ""]
    return Names.permalink(parts.joined(separator: " "))
  }

  // MARK: Looking up

  func entry(_ metric: String) -> MetricEntry? {
    evaluation.metricIndex(metric).map { evaluation.metrics[$0] }
  }

  /// A slice's name for a person, with nothing hidden in it.
  func label(_ slice: Int) -> String { VisibleText.of(evaluation.slices.label[slice]) }

  /// `sex × race`.
  func familyName(_ family: Int) -> String {
    evaluation.families[family].features.map(VisibleText.of).joined(separator: " × ")
  }

  func gaps(_ family: Int, _ comparison: Gap.Comparison, _ kind: Gap.Kind) -> [Gap] {
    (gapIndex[GapShelf(family: family, comparison: comparison, kind: kind)] ?? []).map { evaluation.gaps[$0] }
  }

  func gapName(_ id: String) -> String {
    let name = GapNames.name(id, evaluation.metrics)
    return hasOutcomes ? name : entry(id).map(PageBuilder.shortName) ?? name
  }

  /// How a gap's number is written: a difference on the scale of its metric, which in a binary task is a count or a share;
  /// anything else as a ratio.
  func scale(_ gap: Gap) -> MetricEntry.Kind {
    guard gap.kind == .difference, let kind = entry(gap.component)?.kind else { return .rate }
    return profile != nil || kind == .count ? kind : .rate
  }

  /// The metric that a gap compares, by its name for people.
  func componentName(_ gap: Gap) -> String {
    entry(gap.component).map(PageBuilder.shortName) ?? gap.component
  }

  /// A metric's name without what stands in parentheses after it.
  static func shortName(_ entry: MetricEntry) -> String {
    guard entry.classLabel == nil, entry.name.hasSuffix(")"), let open = entry.name.lastIndex(of: "(") else {
      return entry.name
    }
    let name = entry.name[..<open].split(separator: " ").joined(separator: " ")
    return name.isEmpty ? entry.name : name
  }

  /// Whether the truth is known. Where it is not, nothing that needs it is shown.
  var hasLabel: Bool { evaluation.roles.label != nil }

  /// Whether rows are counted by outcome: label and decision, positive or not.
  var hasOutcomes: Bool { profile == nil }

  /// Gaps that a reader looks at first.
  var chiefIDs: [String] { profile?.chief ?? GapNames.chief }

  func rows(_ slice: Int) -> Int { evaluation.slices.rows[slice] }

  func positives(_ slice: Int) -> Int {
    evaluation.slices.truePositives[slice] + evaluation.slices.falseNegatives[slice]
  }

  func selected(_ slice: Int) -> Int {
    evaluation.slices.truePositives[slice] + evaluation.slices.falsePositives[slice]
  }

  func anchor(_ slice: Int) -> String { "slice-" + Names.permalink(evaluation.slices.predicate[slice]) }

  func chapterAnchor(_ family: Int) -> String { "by-" + slugs[family] }
}
