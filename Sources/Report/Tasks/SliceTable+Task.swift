import Results
import Charts

extension SliceTable {
  /// Classes that have a set of columns of their own.
  private static let classSets = 20

  /// Column sets of a task that is not binary.
  func taskSets(_ profile: TaskProfile) -> [(name: String, columns: [Int])] {
    func gaps(_ against: SliceArithmetic.Against) -> [Int] {
      columns.indices.filter { columns[$0].gap?.against == against }
    }
    let metrics = evaluation.metrics.indices.filter { evaluation.metrics[$0].kind != .count }
    func pick(_ isWanted: (MetricEntry) -> Bool) -> [Int] {
      metrics.filter { isWanted(evaluation.metrics[$0]) }
    }
    let main = profile.lead.compactMap { evaluation.metricIndex($0) }
    var sets: [(name: String, columns: [Int])] = [
      ("Main", main.isEmpty ? Array(metrics.prefix(8)) : main), ("Gaps to all rows", gaps(.overall)),
      ("Gaps to the reference", gaps(.reference)), ("Gaps to the rows outside", gaps(.complement)),
    ]
    switch profile.kind {
    case .binary: break
    case .multiclass, .multilabel:
      sets.append(("Averages", pick { $0.classLabel == nil }))
      for name in (evaluation.roles.classes ?? []).prefix(Self.classSets) {
        sets.append((VisibleText.of(name), pick { $0.classLabel == name }))
      }
    case .regression:
      sets.append(("Errors", pick { $0.kind == .loss }))
      sets.append(("Means and fit", pick { $0.kind == .mean || $0.kind == .rate }))
      sets.append(("Order", pick { $0.kind == .index || $0.kind == .correlation }))
    case .ranking:
      for cutoff in Set(evaluation.metrics.compactMap(\.k)).sorted() {
        sets.append(("First \(cutoff)", pick { $0.k == cutoff }))
      }
      sets.append(("Whole lists", pick { $0.k == nil }))
    }
    sets.append(("All", evaluation.metrics.indices.filter { evaluation.metrics[$0].id != "count" }))
    return sets.filter { $0.name == "Main" || !$0.columns.isEmpty }
  }
}
