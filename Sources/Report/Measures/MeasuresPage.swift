import Charts
import Results
import Templating

/// The chapter of fairness measures: the clearest in words, then every kind of measure with its values for all
/// attributes. Long lists are cut; `measures.csv` has them whole.
struct MeasuresPage {
  /// Rows of one kind of measures, and the most and fewest of one measure.
  static let rowsOfKind = 60
  static let rowsOfMeasure = 3...12
  static let clearest = 6
  /// Rows up to which nothing is folded.
  static let unfolded = 24

  let builder: PageBuilder
  let summary: MeasureSummary

  /// nil where no measures were asked for.
  init?(_ builder: PageBuilder) {
    guard let summary = MeasureSummary(builder.evaluation) else { return nil }
    (self.builder, self.summary) = (builder, summary)
  }

  /// The values of one measure under one name.
  struct Group {
    var key: Key
    var findings: [MeasureFinding]
  }

  struct Key: Hashable {
    var measure: String
    var tool: String?
    var name: String
    var metric: String?
  }

  func model() -> TemplateValue {
    let kinds = kinds()
    let clearest = summary.clearest(Self.clearest)
    return [
      "counts": .text(summary.counts), "lead": .text(summary.sentence),
      "clearest": .list(clearest.map { brief($0) }), "hasClearest": .bool(!clearest.isEmpty),
      "hasRows": .bool(!kinds.isEmpty),
      "kinds": .list(kinds.enumerated().map { kind($1, isFirst: $0 == 0) }), "methods": methods(),
    ]
  }

  // MARK: Kinds

  struct Kind {
    var id: String
    var name: String
    var what: String
    var groups: [Group]
    var count: Int { groups.reduce(0) { $0 + $1.findings.count } }
  }

  func kinds() -> [Kind] {
    let byFamily = Dictionary(grouping: summary.findings, by: \.entry.family)
    let known = MeasureWords.kinds
    let strange = byFamily.keys.filter { id in !known.contains { $0.id == id } }.sorted()
      .map { (id: $0, name: VisibleText.of($0), what: "") }
    return (known + strange).compactMap { kind in
      byFamily[kind.id].map { Kind(id: kind.id, name: kind.name, what: kind.what, groups: groups($0)) }
    }
  }

  /// In order of appearance; within a measure by attribute.
  private func groups(_ findings: [MeasureFinding]) -> [Group] {
    var places: [Key: Int] = [:]
    var groups: [Group] = []
    for finding in findings {
      let result = finding.result
      let key = Key(
        measure: result.measure, tool: result.tool, name: result.name, metric: result.metric)
      if let place = places[key] {
        groups[place].findings.append(finding)
      } else {
        places[key] = groups.count
        groups.append(Group(key: key, findings: [finding]))
      }
    }
    return groups
  }

  private func kind(_ kind: Kind, isFirst: Bool) -> TemplateValue {
    let each = max(
      Self.rowsOfMeasure.lowerBound,
      min(Self.rowsOfMeasure.upperBound, Self.rowsOfKind / max(1, kind.groups.count)))
    let shown = kind.groups.prefix(Self.rowsOfKind)
    let left = kind.groups.count - shown.count
    let sure = kind.groups.reduce(0) { $0 + $1.findings.count(where: \.isSure) }
    return [
      "id": .text("measures-" + Names.slug(kind.id)), "name": .text(kind.name),
      "what": .optional(kind.what.isEmpty ? nil : kind.what),
      "isOpen": .bool(isFirst || summary.findings.count <= Self.unfolded),
      "counts": .text(
        Wording.plural(kind.count, "value", "values")
          + (sure > 0 ? ", \(Wording.count(sure)) of them surely not fair" : "")),
      "groups": .list(shown.map { group($0, atMost: each) }),
      "left": .optional(
        left > 0 ? "\(Wording.plural(left, "more measure is", "more measures are")) in measures.csv." : nil),
    ]
  }

  // MARK: One measure

  private func group(_ group: Group, atMost limit: Int) -> TemplateValue {
    let shown = Self.shown(group.findings, limit)
    let left = group.findings.count - shown.count
    let entry = group.findings[0].entry
    let scale = MeasureScale(shown)
    return [
      "name": .text(VisibleText.of(group.key.name)),
      "own": .optional(group.key.tool.map { Self.own($0, entry, group.key.name) }),
      "metric": .optional(group.key.metric.map(metricName)),
      "href": .text("#" + Self.anchor(entry.id)),
      "fair": .text(MeasureWords.fair(entry)),
      "meaning": .text(MeasureWords.meaning(entry, tool: group.key.tool)),
      "rows": .list(
        shown.map { row($0, scale) }),
      "left": .optional(
        left > 0 ? "\(Wording.plural(left, "more value is", "more values are")) in measures.csv" : nil),
    ]
  }

  /// Whose name it is, and what it is here.
  private static func own(_ tool: String, _ entry: MeasureEntry, _ name: String) -> String {
    MeasureWords.tool(tool) + (entry.name == name ? "" : " · " + entry.name)
  }

  static func anchor(_ measure: String) -> String { "measure-" + Names.slug(measure) }

  func metricName(_ id: String) -> String {
    builder.entry(id).map(PageBuilder.shortName) ?? VisibleText.of(id)
  }

  /// All, or the clearest of each attribute and then those whose intervals exclude the fair value most clearly, in their
  /// order; what is of all rows, or pooled, goes before what is of one stratum, of which some look clear by chance.
  static func shown(_ findings: [MeasureFinding], _ limit: Int) -> [MeasureFinding] {
    guard findings.count > limit else { return findings }
    let ranked = findings.map { (finding: $0, clarity: $0.clarity) }.sorted {
      let (isWithin, other) = ($0.finding.result.stratum != nil, $1.finding.result.stratum != nil)
      if isWithin != other { return other }
      return $0.clarity != $1.clarity ? $0.clarity > $1.clarity : $0.finding.place < $1.finding.place
    }.map(\.finding)
    var seen: Set<Int?> = []
    let first = ranked.filter { seen.insert($0.result.family).inserted }
      .sorted { ($0.result.family ?? -1, $0.place) < ($1.result.family ?? -1, $1.place) }.prefix(limit)
    let taken = Set(first.map(\.place))
    let others = ranked.filter { !taken.contains($0.place) }.prefix(limit - first.count)
    return (first + others).sorted { $0.place < $1.place }
  }
}
