import Charts
import Fairness
import Results

/// How fairness measures are spoken of.
enum MeasureWords {
  /// Kinds of measures in the order of the page.
  static let kinds: [(id: String, name: String, what: String)] = [
    (
      "pair", "Two groups compared",
      "What a group gets, or how often it is judged rightly, against its reference group."
    ),
    (
      "aggregation", "All groups in one number",
      "One metric's values in all groups: the largest against the smallest, or the farthest from all rows."
    ),
    (
      "audit", "Every group against a reference",
      "Each group's rates by those of one group: 1 where they are alike."
    ),
    (
      "conditional", "Among rows that are alike",
      "Groups compared within the levels of the control features, and pooled over them."
    ),
    (
      "intersectional", "Intersections of attributes",
      "Whether groups that several attributes make together fare worse than each attribute shows."
    ),
    ("score", "Scores", "Scores as probabilities and as an order, before any threshold is applied."),
    (
      "prediction", "Predictions as numbers and classes",
      "How predictions, their errors and their distributions differ between groups."
    ),
    (
      "ranking", "Places in a ranking",
      "How high the rows of each group are placed, and how much they are seen."
    ),
    (
      "individual", "How unequally rows fare",
      "Inequality among single rows, and whether rows that are near each other are treated alike."
    ),
  ]

  private static let tools = [
    "fairlearn": "Fairlearn", "aequitas": "Aequitas", "aif360": "AIF360", "clarify": "SageMaker Clarify",
    "tfma": "TensorFlow Model Analysis",
  ]

  static func tool(_ id: String) -> String { tools[id] ?? VisibleText.of(id) }

  /// The fair value; “none” of a measure that describes one group.
  static func fair(_ entry: MeasureEntry) -> String {
    entry.fair.map { $0.isFinite ? NumberText.short($0) : "none" } ?? "none"
  }

  /// What the fair value means, which it is.
  ///
  /// - Parameter tool: whose sign the values have
  static func meaning(_ entry: MeasureEntry, tool: String?) -> String {
    let text = FairnessMeasure.meaning(
      entry.meaning, of: entry.id, as: tool.flatMap(Compatibility.init(rawValue:)))
    guard let fair = entry.fair, fair.isFinite else { return text }
    let number = self.fair(entry)
    return text.hasPrefix(number) ? "fair at \(text)" : "\(number) is fair: \(text)"
  }
}
