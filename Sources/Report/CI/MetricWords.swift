import Fairness
import Metrics
import Results

/// How to speak of a metric that a check names by its identifier: the catalogue's words, and what a higher or
/// lower rate means for people.
struct MetricWords: Sendable {
  let name: String
  /// What its denominator counts: `positives`.
  let unit: String
  let direction: MetricEntry.Direction
  /// What there are more of, per 1,000 of the denominator, where the rate is higher; and where it is lower.
  let higher: String?
  let lower: String?

  /// - Parameter task: the one whose metric it is where several tasks have one of that name; nil: a binary one's first
  static func of(_ id: String, _ task: TaskKind? = nil) -> MetricWords {
    let isBinary = task == nil || task == .binary
    let entry = (isBinary ? BinaryMetric(id: id)?.entry : nil) ?? told(id, task)
    let consequence = (isBinary ? consequences[id] : consequence(id, of: task)).map {
      (higher: $0.sign + $0.what, lower: $0.opposite + $0.what)
    }
    return MetricWords(
      name: entry.map { $0.classLabel == nil ? plain($0.name) : $0.name } ?? measure(id) ?? readable(id),
      unit: entry?.denominator ?? "rows",
      direction: entry?.direction ?? .neutral, higher: consequence?.higher, lower: consequence?.lower)
  }

  /// The catalogue's entry of a metric that no binary task has, or of one of a class or at a cut-off.
  private static func told(_ id: String, _ task: TaskKind?) -> MetricEntry? {
    func isMeant(_ definition: MetricDefinition) -> Bool { task.map(definition.tasks.contains) ?? true }
    // Other tasks have the plainer names: binary ones say “of the score” of what is a prediction elsewhere.
    let known = MetricCatalogue.all.filter { $0.entry.id == id && isMeant($0) }
    if let one = known.first(where: { !$0.tasks.contains(.binary) }) ?? known.first { return one.entry }
    let base = MetricDefinition.base(id)
    let rest = String(id.dropFirst(base.count + 1))
    let isOfClass = id.hasSuffix("]")
    guard base != id,
      var entry = MetricCatalogue.named(base).first(where: {
        MetricDefinition.base($0.entry.id) == base && ($0.entry.classLabel != nil) == isOfClass && isMeant($0)
      })?.entry
    else { return nil }
    entry.classLabel = isOfClass ? String(rest.dropLast()) : nil
    entry.name =
      isOfClass
      ? "\(shared(entry.name, " of ")) of \(rest.dropLast())" : "\(shared(entry.name, " at ")) at \(rest)"
    return entry
  }

  /// A name up to what it is of.
  private static func shared(_ name: String, _ joint: String) -> String {
    name.firstRange(of: joint).map { String(name[..<$0.lowerBound]) } ?? name
  }

  /// Without what stands in parentheses for those who know the metric by another name.
  private static func plain(_ name: String) -> String {
    name.firstRange(of: " (").map { String(name[..<$0.lowerBound]) } ?? name
  }

  /// Of a metric of one class, of all together, or of a ranking.
  private static func consequence(_ id: String, of task: TaskKind?) -> Consequence? {
    switch task {
    case .multiclass:
      id.hasSuffix("]") ? ofClass[MetricDefinition.base(id)] : id == "accuracy" ? .fewer("errors") : nil
    case .multilabel: id.hasSuffix("]") ? ofLabel[MetricDefinition.base(id)] : ofLabels[id]
    case .ranking: id == "selection_rate" ? .more("rows among the first") : nil
    case .regression, .binary, nil: nil
    }
  }

  private static let ofClass: [String: Consequence] = [
    "recall": .fewer("missed rows of the class"), "precision": .fewer("wrong predictions of the class"),
    "false_positive_rate": .more("wrong predictions of the class"),
    "selection_rate": .more("predictions of the class"), "prevalence": .more("rows of the class"),
  ]
  private static let ofLabel: [String: Consequence] = [
    "recall": .fewer("missed rows with the label"), "precision": .fewer("labels given wrongly"),
    "false_positive_rate": .more("labels given wrongly"), "selection_rate": .more("rows given the label"),
    "prevalence": .more("rows with the label"),
  ]
  private static let ofLabels: [String: Consequence] = [
    "exact_match": .fewer("rows with an error")
  ]

  /// The name of a fairness measure, with what a check's item says of it in parentheses.
  private static func measure(_ id: String) -> String? {
    let end = id.firstRange(of: " (")?.lowerBound ?? id.endIndex
    return FairnessMeasure.all.first { $0.id == id[..<end] }.map { $0.name + id[end...] }
  }

  /// `true_negatives` as `True negatives`; what stands in parentheses after it stays.
  private static func readable(_ id: String) -> String {
    let end = id.firstRange(of: " (")?.lowerBound ?? id.endIndex
    let words = id[..<end].replacing("_", with: " ") + id[end...]
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// What a higher rate means more or fewer of.
  private struct Consequence: Sendable {
    let sign: String
    let what: String
    var opposite: String { sign == "more " ? "fewer " : "more " }

    static func more(_ what: String) -> Consequence { Consequence(sign: "more ", what: what) }
    static func fewer(_ what: String) -> Consequence { Consequence(sign: "fewer ", what: what) }
  }

  private static let consequences: [String: Consequence] = [
    "accuracy": .fewer("errors"), "precision": .fewer("wrong selections"),
    "false_discovery_rate": .more("wrong selections"), "true_positive_rate": .fewer("missed positives"),
    "false_negative_rate": .more("missed positives"), "true_negative_rate": .fewer("false alarms"),
    "false_positive_rate": .more("false alarms"),
    "negative_predictive_value": .fewer("wrong rejections"),
    "false_omission_rate": .more("wrong rejections"), "selection_rate": .more("selections"),
    "prevalence": .more("positives"),
  ]
}
