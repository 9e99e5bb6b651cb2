import Foundation

@testable import Metrics

/// Ranking metrics by their definitions: the mean over every order of tied rows, written out.
struct RankingOracle {
  struct Row {
    var relevance: Double
    var score: Double
    var weight: Double
  }

  let observations: RankedObservations
  let slice: [UInt32]

  func row(_ index: UInt32) -> Row {
    Row(
      relevance: observations.relevance[Int(index)], score: observations.scores[Int(index)],
      weight: observations.weights?[Int(index)] ?? 1)
  }

  /// Rows of the slice by query.
  var lists: [[Row]] {
    (0..<UInt32(observations.queryCount)).map { query in
      slice.filter { observations.queries[Int($0)] == query }.map(row)
    }.filter { !$0.isEmpty }
  }

  /// All orders by descending score.
  static func orders(_ rows: [Row]) -> [[Row]] {
    guard let best = rows.map(\.score).max() else { return [[]] }
    return rows.indices.filter { rows[$0].score == best }.flatMap { index in
      var rest = rows
      let head = rest.remove(at: index)
      return orders(rest).map { [head] + $0 }
    }
  }

  func gains(_ rows: [Row], _ isLinear: Bool, _ k: Int) -> Double {
    rows.prefix(k).enumerated().reduce(0) { sum, row in
      let relevance = row.element.relevance
      return sum + (isLinear ? relevance : pow(2, relevance) - 1) / log2(Double(row.offset) + 2)
    }
  }

  func value(_ id: String, _ order: [Row]) -> Double? {
    let parts = id.split(separator: "@")
    let k = parts.count > 1 ? Int(parts[1]) ?? 0 : order.count
    let relevant = order.map { $0.relevance >= observations.relevantAt }
    let total = relevant.filter { $0 }.count
    let hits = relevant.prefix(k).filter { $0 }.count
    let isLinear = parts[0].hasSuffix("linear")
    switch parts[0] {
    case "ndcg", "ndcg_linear":
      let ideal = gains(order.sorted { $0.relevance > $1.relevance }, isLinear, k)
      return ideal > 0 ? gains(order, isLinear, k) / ideal : nil
    case "dcg", "dcg_linear": return gains(order, isLinear, k)
    case "precision": return Double(hits) / Double(min(k, order.count))
    case "recall": return total > 0 ? Double(hits) / Double(total) : nil
    case "hit_rate": return total > 0 ? (hits > 0 ? 1 : 0) : nil
    case "mrr": return relevant.firstIndex(of: true).map { 1 / Double($0 + 1) }
    case "first_relevant_rank": return relevant.firstIndex(of: true).map { Double($0 + 1) }
    case "map":
      guard total > 0 else { return nil }
      let sum = (0..<min(k, order.count)).filter { relevant[$0] }.reduce(0.0) { sum, place in
        sum + Double(relevant[...place].filter { $0 }.count) / Double(place + 1)
      }
      return sum / Double(min(k, total))
    default: return nil
    }
  }

  /// The mean over queries, and how many have a value.
  func mean(_ id: String) -> (value: Double, queries: Int) {
    var (sum, weight, queries) = (0.0, 0.0, 0)
    for list in lists {
      let orders = Self.orders(list)
      let values = orders.compactMap { value(id, $0) }
      guard !values.isEmpty else { continue }
      let own = list.reduce(0) { $0 + $1.weight } / Double(list.count)
      sum += own * values.reduce(0, +) / Double(values.count)
      weight += own
      queries += 1
    }
    return (sum / weight, queries)
  }
}
