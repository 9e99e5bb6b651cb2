import Charts
import Results
import Templating

/// What has no number, and why: every reason once, with what it keeps from what.
struct UnevaluatedTable {
  private struct Entry {
    var metrics: [String] = []
    var slices: [Int] = []
  }

  private let page: PageBuilder
  /// In order of appearance.
  private let entries: [(reason: String, entry: Entry)]

  private static let named = 8

  init(_ page: PageBuilder) {
    self.page = page
    var entries: [String: Entry] = [:]
    var order: [String] = []
    for (metric, column) in zip(page.evaluation.metrics, page.evaluation.estimates) {
      for slice in column.status.indices where column.status[slice] != .ok {
        guard let reason = Wording.reason(column[slice]) else { continue }
        if entries[reason] == nil { order.append(reason) }
        if entries[reason]?.metrics.last != metric.symbol,
          entries[reason]?.metrics.contains(metric.symbol) != true
        {
          entries[reason, default: Entry()].metrics.append(metric.symbol)
        }
        if entries[reason]?.slices.last != slice { entries[reason, default: Entry()].slices.append(slice) }
      }
    }
    self.entries = order.map { ($0, entries[$0] ?? Entry()) }
  }

  func model() -> TemplateValue {
    .list(
      entries.map { reason, entry in
        let slices = Set(entry.slices).sorted()
        let names = slices.prefix(Self.named).map { VisibleText.of(page.evaluation.slices.predicate[$0]) }
        let more = slices.count - names.count
        return [
          "reason": .text(VisibleText.of(reason)), "metrics": .text(entry.metrics.joined(separator: ", ")),
          "count": .text(Wording.count(slices.count)), "slices": .text(names.joined(separator: ", ")),
          "more": more > 0 ? .text(Wording.count(more)) : .null,
        ]
      })
  }
}
