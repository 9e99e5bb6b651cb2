import Fairness
import Metrics
import Results

/// The catalogue of fairness measures as text.
package enum MeasureText {
  /// Identifiers, for suggestions.
  package static var names: [String] { FairnessMeasure.all.map(\.id) }

  /// Every measure on a line, by family.
  package static func list(width: Int) -> String {
    var lines: [String] = []
    for family in FairnessMeasure.Family.allCases {
      if !lines.isEmpty { lines.append("") }
      lines.append("\(title(family)):")
      var table = TextTable([
        .init("measure", .text), .init("name", .name), .init("range", .text, rank: 1),
        .init("fair", .text, rank: 2),
      ])
      for measure in FairnessMeasure.all where measure.family == family {
        table.add([measure.id, measure.name, range(measure), measure.fair.map(bound) ?? ""])
      }
      lines += table.lines(width: width, indent: 2)
    }
    return
      (lines + ["", "fairslice metrics NAME tells all about one; names in other tools are known, too.", ""])
      .joined(separator: "\n")
  }

  /// All that is to be said of what a name means; nil where it means no measure.
  ///
  /// - Parameter isMarkdown: as in the documentation
  package static func details(_ name: String, isMarkdown: Bool = false) -> String? {
    let tools = Set(ToolMeasure.named(name).map(\.measure.id))
    let found = FairnessMeasure.all.filter { measure in
      tools.contains(measure.id) || FairnessMeasure.named(name).contains(measure)
    }
    guard !found.isEmpty else { return nil }
    if isMarkdown {
      return found.map { section($0).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }
    return found.map { measure in
      let facts = facts(measure)
      let widest = facts.map(\.name.count).max() ?? 0
      let lines = facts.map { fact in
        "  " + fact.name + String(repeating: " ", count: widest - fact.name.count + 2) + fact.text
      }
      return (["\(measure.id): \(measure.name)"] + lines).joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  // MARK: Facts

  static func title(_ family: FairnessMeasure.Family) -> String {
    switch family {
    case .aggregation: "Over all groups"
    case .pair: "A group against the reference"
    case .individual: "Between rows"
    case .audit: "Audits"
    case .conditional: "Within strata"
    case .intersectional: "Intersections"
    case .score: "Scores"
    case .prediction: "Numbers and classes"
    case .ranking: "Ranked lists"
    }
  }

  private static func bound(_ x: Double) -> String {
    x.isFinite ? NumberText.text(x).replacing("-", with: "−") : x < 0 ? "−∞" : "∞"
  }

  private static func range(_ measure: FairnessMeasure) -> String {
    let (low, high) = (measure.range.lowerBound, measure.range.upperBound)
    return (low.isFinite ? "[" : "(") + bound(low) + ", " + bound(high) + (high.isFinite ? "]" : ")")
  }

  static func facts(_ measure: FairnessMeasure) -> [(name: String, text: String)] {
    var facts = [(name: "Formula", text: measure.formula), ("Range", range(measure))]
    if let fair = measure.fair { facts.append(("Fair", bound(fair))) }
    facts.append(("Meaning", measure.meaning))
    facts.append(("Undefined", measure.undefined.isEmpty ? "never" : measure.undefined))
    facts.append(("Interval", measure.intervalMethod ?? "none: no honest one is known"))
    facts.append(("Needs", needs(measure)))
    facts.append(("Source", measure.source))
    if !measure.aliases.isEmpty {
      let names = measure.aliases.map { $0.tool.isEmpty ? $0.name : "\($0.name) (\($0.tool))" }
      facts.append(("Also called", names.joined(separator: ", ")))
    }
    return facts
  }

  private static func needs(_ measure: FairnessMeasure) -> String {
    let needs = measure.needs
    var parts = [
      needs.tasks.count == TaskKind.allCases.count
        ? "any task"
        : TaskKind.allCases.filter(needs.tasks.contains).map(\.rawValue).joined(separator: " or ")
    ]
    if needs.label { parts.append("a label") }
    if needs.probability {
      parts.append("a score that is a probability")
    } else if needs.score {
      parts.append("a score")
    }
    if needs.controls { parts.append("controls") }
    if needs.neighbours { parts.append("neighbour features") }
    return parts.joined(separator: ", ")
  }

  static func section(_ measure: FairnessMeasure) -> [String] {
    ["### `\(measure.id)`", "", measure.name, ""]
      + facts(measure).map { fact in
        "- \(fact.name): " + (fact.name == "Formula" ? "`\(fact.text)`" : plain(fact.text))
      }
  }

  /// Our own words, in which only stars and angles could be taken for markup.
  static func plain(_ text: String) -> String {
    text.replacing("*", with: "\\*").replacing("<", with: "&lt;")
  }
}
