import Metrics
import Results

/// The catalogue of metrics as text for a terminal.
package enum CatalogueText {
  /// Every metric on a line, by task.
  package static func list(_ metrics: [MetricDefinition], width: Int) -> String {
    var lines: [String] = []
    for task in TaskKind.allCases {
      let own = metrics.filter { $0.tasks.contains(task) }
      guard !own.isEmpty else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append("\(CatalogueWords.title(task)):")
      var table = TextTable([
        .init("metric", .text), .init("name", .name), .init("range", .text, rank: 1),
        .init("better", .text, rank: 2),
      ])
      for metric in own {
        table.add([
          metric.entry.id, metric.entry.name, CatalogueWords.range(metric),
          CatalogueWords.direction(metric.entry.direction),
        ])
      }
      lines += table.lines(width: width, indent: 2)
    }
    return
      (lines + ["", "fairslice metrics NAME tells all about one; names in other tools are known, too.", ""])
      .joined(separator: "\n")
  }

  /// All that is to be said of some metrics.
  package static func details(_ metrics: [MetricDefinition]) -> String {
    metrics.map { metric in
      let facts = CatalogueWords.facts(metric)
      let widest = facts.map(\.name.count).max() ?? 0
      let lines = facts.map { fact in
        "  " + fact.name + String(repeating: " ", count: widest - fact.name.count + 2) + fact.text
      }
      return (["\(metric.entry.id): \(metric.entry.name)"] + lines).joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  /// The page of the documentation.
  package static func markdown(_ metrics: [MetricDefinition]) -> String {
    var lines = [
      "# Metrics", "",
      "What “fairslice metrics” tells, as a page; “fairslice metrics --markdown” writes it. In a name `CLASS` stands for a "
        + "class, `K` or `k` for a number of rows, `t` for a threshold, `q` for a level and `n` for a whole number. "
        + "Every value comes with the rows in its denominator; where a metric is undefined it has no value and a reason, "
        + "never 0.",
    ]
    for task in TaskKind.allCases {
      let own = metrics.filter { $0.tasks.contains(task) }
      guard !own.isEmpty else { continue }
      lines += ["", "## \(CatalogueWords.title(task))"]
      for metric in own {
        lines += ["", "### `\(metric.entry.id)`", "", "\(metric.entry.name) (\(metric.entry.symbol))", ""]
        lines += CatalogueWords.facts(metric).map { fact in
          "- \(fact.name): " + (fact.name == "Formula" ? "`\(fact.text)`" : plain(fact.text))
        }
      }
    }
    return (lines + [""]).joined(separator: "\n")
  }

  /// Our own words, in which only stars and angles could be taken for markup.
  private static func plain(_ text: String) -> String {
    text.replacing("*", with: "\\*").replacing("<", with: "&lt;")
  }
}

/// The words of the catalogue.
enum CatalogueWords {
  static func title(_ task: TaskKind) -> String {
    switch task {
    case .binary: "Binary"
    case .multiclass: "Multi-class"
    case .multilabel: "Multi-label"
    case .regression: "Regression"
    case .ranking: "Ranking"
    }
  }

  static func direction(_ direction: MetricEntry.Direction) -> String {
    switch direction {
    case .higherIsBetter: "higher"
    case .lowerIsBetter: "lower"
    case .neutral: "neither"
    }
  }

  static func range(_ metric: MetricDefinition) -> String {
    func bound(_ x: Double) -> String {
      x.isFinite ? NumberText.text(x).replacing("-", with: "−") : x < 0 ? "−∞" : "∞"
    }
    let (low, high) = (metric.range.lowerBound, metric.range.upperBound)
    return (low.isFinite ? "[" : "(") + bound(low) + ", " + bound(high) + (high.isFinite ? "]" : ")")
  }

  /// In the order in which they are told.
  static func facts(_ metric: MetricDefinition) -> [(name: String, text: String)] {
    let entry = metric.entry
    var facts = [(name: "Formula", text: entry.formula), ("Denominator", entry.denominator)]
    facts.append(("Range", range(metric)))
    facts.append(("Better", direction(entry.direction)))
    facts.append(("Undefined", metric.undefined ?? "never"))
    facts.append(("Interval", entry.interval ?? "none"))
    if !metric.source.isEmpty { facts.append(("Source", metric.source)) }
    if !metric.aliases.isEmpty { facts.append(("Also called", names(metric.aliases))) }
    return facts
  }

  private static func names(_ aliases: [MetricDefinition.Alias]) -> String {
    aliases.map { $0.tool.isEmpty ? $0.name : "\($0.name) (\($0.tool))" }.joined(separator: ", ")
  }
}
