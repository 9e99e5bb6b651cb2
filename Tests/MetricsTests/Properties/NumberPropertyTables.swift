import Results

@testable import Metrics

/// Rows of numbers and what was predicted of them.
struct NumberPropertyTable: PropertyTable {
  var labels: [Double]
  var predictions: [Double]
  var weights: [Double]?

  static func random(seed: UInt64, shape: TableShape) -> Self {
    var dice = TableDice(seed: seed, shape: shape)
    let count = dice.count(40...60)
    func numbers(_ dice: inout TableDice) -> [Double] {
      guard shape == .odd else { return (0..<count).map { _ in Double(dice.whole(1...40)) / 4 } }
      let (low, step) = (dice.whole(-1...1), dice.whole(0...1))
      return (0..<count).map { _ in Double(low + step * dice.whole(0...2)) }
    }
    return NumberPropertyTable(
      labels: numbers(&dice), predictions: numbers(&dice), weights: dice.weights(count))
  }

  var rowCount: Int { labels.count }

  func taking(_ rows: [Int]) -> Self {
    func pick(_ values: [Double]) -> [Double] { rows.map { values[$0] } }
    return NumberPropertyTable(
      labels: pick(labels), predictions: pick(predictions), weights: weights.map(pick))
  }

  func answers() -> [PropertyAnswer] {
    let observations = NumberObservations(labels: labels, predictions: predictions, weights: weights)
    let rows = (0..<UInt32(rowCount)).map { $0 }
    return RegressionMetrics.all(observations).map { PropertyAnswer($0, rows) }
  }
}

/// Rows that are ordered within queries, and the slice of them that is measured.
struct RankedPropertyTable: PropertyTable {
  var relevance: [Double]
  var scores: [Double]
  var queries: [Int]
  var isInside: [Bool]
  var weights: [Double]?

  static func random(seed: UInt64, shape: TableShape) -> Self {
    var dice = TableDice(seed: seed, shape: shape)
    let queryCount = shape == .ordinary ? 12 : dice.whole(1...3)
    let queries = (0..<queryCount).flatMap { query in
      [Int](repeating: query, count: shape == .ordinary ? dice.whole(3...9) : dice.whole(1...4))
    }
    let (relevant, inside) = (dice.chance(), shape == .ordinary ? 0.8 : 0.4)
    let scores = queries.map { _ in Double(dice.whole(0...12)) / 4 }
    var isInside = queries.map { _ in dice.flag(inside) }
    if !isInside.contains(true) { isInside[dice.whole(0...queries.count - 1)] = true }
    let relevance = queries.map { _ in dice.flag(relevant) ? Double(dice.whole(1...3)) : 0 }
    return RankedPropertyTable(
      relevance: relevance, scores: scores, queries: queries, isInside: isInside,
      weights: dice.weights(queries.count))
  }

  var rowCount: Int { queries.count }

  var units: [[Int]] {
    Set(queries).sorted().map { query in queries.indices.filter { queries[$0] == query } }
  }

  func taking(_ rows: [Int]) -> Self {
    func pick<T>(_ values: [T]) -> [T] { rows.map { values[$0] } }
    return RankedPropertyTable(
      relevance: pick(relevance), scores: pick(scores), queries: pick(queries), isInside: pick(isInside),
      weights: weights.map(pick))
  }

  /// A query that is there twice is two queries.
  func repeating(_ units: Set<Int>) -> Self {
    let all = self.units
    let again = units.sorted().flatMap { all[$0] }
    var table = taking(Array(0..<rowCount) + again)
    let next = (queries.max() ?? 0) + 1
    for place in rowCount..<table.rowCount { table.queries[place] += next }
    return table
  }

  /// Queries by another number.
  var renumbered: Self {
    var table = self
    let last = queries.max() ?? 0
    table.queries = queries.map { last - $0 }
    return table
  }

  func answers() -> [PropertyAnswer] {
    let observations = RankedObservations(
      relevance: relevance, scores: scores, queries: queries.map { UInt32($0) },
      queryCount: (queries.max() ?? 0) + 1, weights: weights)
    let rows = queries.indices.filter { isInside[$0] }.map { UInt32($0) }
    return RankingMetrics.all(observations, cutoffs: [1, 2, 3]).map { PropertyAnswer($0, rows) }
  }
}
