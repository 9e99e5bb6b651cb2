import Fairness
import Results

/// The measures that are asked for in one tool's way, or in the project's own.
struct MeasureWish: Sendable {
  /// One measure, or some of its values.
  struct Item: Sendable {
    let measure: FairnessMeasure
    /// Identifier of the metric that is meant; nil for all.
    let metric: String?
    let variant: String?
    let name: String

    /// Whether a table has a value of it.
    func isAnswered(by table: MeasureTable, _ tool: Compatibility?) -> Bool {
      table.results.contains { result in
        result.measure == measure.id && result.tool == tool?.rawValue
          && (metric == nil || metric == result.metric) && (variant == nil || variant == result.variant)
      }
    }
  }

  /// nil for the project's own conventions.
  let tool: Compatibility?
  private(set) var items: [Item] = []

  init(_ tool: Compatibility?) { self.tool = tool }

  mutating func add(_ item: Item) { items.append(item) }

  func asks(for measure: FairnessMeasure) -> Bool { items.contains { $0.measure.id == measure.id } }

  /// What a value is called; nil where it is not asked for.
  func name(_ measure: FairnessMeasure, metric: String?, variant: String?) -> String? {
    items.first { item in
      item.measure.id == measure.id && (item.metric == nil || item.metric == metric)
        && (item.variant == nil || item.variant == variant)
    }?.name
  }

  /// Those for which `keeps` holds.
  func filter(_ keeps: (FairnessMeasure) -> Bool) -> MeasureWish {
    var result = self
    result.items = items.filter { keeps($0.measure) }
    return result
  }
}
