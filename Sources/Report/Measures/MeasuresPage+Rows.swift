import Charts
import Results
import Templating

extension MeasuresPage {
  /// Pixels of a mark.
  private static let mark = 96.0

  func row(_ finding: MeasureFinding, _ scale: MeasureScale?) -> TemplateValue {
    let result = finding.result
    return [
      "family": .optional(result.family.flatMap(familyName)),
      "familyHref": .optional(result.family.flatMap(familyHref)),
      "groups": .text(groups(result)), "about": .optional(about(result)),
      "estimate": estimate(finding), "isSure": .bool(finding.isSure),
      "mark": scale?.mark(finding, width: Self.mark).map { .markup($0) } ?? .null,
      "pValue": .optional(Wording.pValue(result.pValue)),
      "test": .optional(result.pValue == nil ? nil : result.test),
    ]
  }

  private func familyName(_ family: Int) -> String? {
    guard let spec = builder.evaluation.families[safe: family], !spec.features.isEmpty else { return nil }
    return builder.familyName(family)
  }

  private func familyHref(_ family: Int) -> String? {
    builder.chapters.contains(family) ? "#" + builder.chapterAnchor(family) : nil
  }

  /// Who is compared: `Female against Male`, `all groups`, `all rows`.
  func groups(_ result: MeasureResult) -> String {
    guard let group = result.group else {
      return result.family.flatMap(familyName) == nil ? "all rows" : "all groups"
    }
    return builder.label(group) + (result.reference.map { " against \(builder.label($0))" } ?? "")
  }

  /// What else tells a value from others of its measure.
  func about(_ result: MeasureResult) -> String? {
    let parts = [
      result.stratum.map { "within \(VisibleText.of($0))" }, result.variant.map(VisibleText.of),
      result.detail.map(VisibleText.of),
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  private func estimate(_ finding: MeasureFinding) -> TemplateValue {
    let estimate = finding.result.estimate
    return [
      "shown": .optional(estimate.value.map { Wording.value($0) }),
      "interval": .optional(Wording.interval(estimate)),
      "reason": .optional(Wording.reason(estimate).map(VisibleText.of)),
      "isSmall": .bool(finding.isSmall), "raw": estimate.value.map { .number($0) } ?? .null,
      "status": .text(estimate.status.rawValue),
      "n": .text(Wording.count(estimate.denominator)),
    ]
  }

  // MARK: In brief

  /// A value in a sentence's length.
  func brief(_ finding: MeasureFinding) -> TemplateValue {
    let result = finding.result
    let place = [result.family.flatMap(familyName), groups(result)].compactMap { $0 }
      .joined(separator: ": ")
    return [
      "name": .text(name(result)), "href": .text("#" + Self.anchor(result.measure)),
      "of": .text([place, about(result)].compactMap { $0 }.joined(separator: " · ")),
      "estimate": estimate(finding), "fair": .text(MeasureWords.fair(finding.entry)),
      "meaning": .text(MeasureWords.meaning(finding.entry, tool: result.tool)),
    ]
  }

  /// A measure with the metric that it compares.
  func name(_ result: MeasureResult) -> String {
    VisibleText.of(result.name) + (result.metric.map { " of \(metricName($0))" } ?? "")
  }

  // MARK: Methods

  /// How the measures are to be read.
  func methods() -> TemplateValue {
    let used = Set(summary.findings.map(\.result.measure))
    let intervals = Dictionary(grouping: summary.findings, by: \.result.measure)
    let entries = builder.evaluation.measures?.entries.filter { used.contains($0.id) } ?? []
    return [
      "rows": .list(
        entries.map { entry in
          let found = intervals[entry.id] ?? []
          return [
            "anchor": .text(Self.anchor(entry.id)), "name": .text(entry.name), "id": .text(entry.id),
            "formula": .text(entry.formula), "meaning": .text(entry.meaning),
            "fair": .text(MeasureWords.fair(entry)),
            "undefined": .optional(entry.undefined.isEmpty ? nil : entry.undefined),
            "source": .text(entry.source),
            "interval": .text(Self.distinct(found.map(\.result.interval)) ?? "none"),
            "test": .text(Self.distinct(found.map(\.result.test)) ?? "none"),
          ]
        })
    ]
  }

  private static func distinct(_ texts: [String?]) -> String? {
    var seen: Set<String> = []
    let own = texts.compactMap { $0 }.filter { seen.insert($0).inserted }
    return own.isEmpty ? nil : own.joined(separator: "; ")
  }
}
