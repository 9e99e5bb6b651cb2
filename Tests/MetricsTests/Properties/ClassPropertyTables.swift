import Results

@testable import Metrics

/// Rows of several classes.
struct ClassPropertyTable: PropertyTable {
  var names = ["a", "b", "c"]
  var labels: [UInt16]
  var decisions: [UInt16]
  var scores: [[Double]]
  var weights: [Double]?

  static func random(seed: UInt64, shape: TableShape) -> Self {
    var dice = TableDice(seed: seed, shape: shape)
    let count = dice.count(40...60)
    // Probabilities: of each row they sum to 1.
    let raw = (0..<3).map { _ in dice.scores(count).map { $0 + 1 } }
    let sums = (0..<count).map { raw[0][$0] + raw[1][$0] + raw[2][$0] }
    let scores = raw.map { zip($0, sums).map { $0 / $1 } }
    let (classes, decided) = (dice.whole(0...2), dice.whole(0...2))
    func draw(_ most: Int, _ dice: inout TableDice) -> UInt16 {
      UInt16(shape == .ordinary ? dice.whole(0...2) : (dice.whole(0...most) + most) % 3)
    }
    var labels = (0..<count).map { _ in draw(classes, &dice) }
    var decisions = (0..<count).map { _ in draw(decided, &dice) }
    if shape == .ordinary {
      for index in 0..<3 { (labels[index], decisions[index]) = (UInt16(index), UInt16(index)) }
    }
    return ClassPropertyTable(
      labels: labels, decisions: decisions, scores: scores, weights: dice.weights(count))
  }

  var rowCount: Int { labels.count }

  func taking(_ rows: [Int]) -> Self {
    func pick<T>(_ values: [T]) -> [T] { rows.map { values[$0] } }
    return ClassPropertyTable(
      names: names, labels: pick(labels), decisions: pick(decisions), scores: scores.map(pick),
      weights: weights.map(pick))
  }

  /// The same with the classes in another order: `order[i]` is where class i goes.
  func reordered(_ order: [Int]) -> Self {
    var table = self
    for (old, new) in order.enumerated() {
      table.names[new] = names[old]
      table.scores[new] = scores[old]
    }
    table.labels = labels.map { UInt16(order[Int($0)]) }
    table.decisions = decisions.map { UInt16(order[Int($0)]) }
    return table
  }

  func answers() -> [PropertyAnswer] {
    let observations = ClassObservations(
      names: names, labels: labels, decisions: decisions, scores: scores, weights: weights)
    let rows = (0..<UInt32(rowCount)).map { $0 }
    return ClassMetrics.all(observations, topK: [1, 2], classWeights: weights(of: names)).map {
      PropertyAnswer($0, rows)
    }
  }
}

/// Rows of several labels.
struct LabelSetPropertyTable: PropertyTable {
  var names = ["a", "b", "c"]
  var labels: [[UInt8]]
  var decisions: [[UInt8]]
  var scores: [[Double]]
  var weights: [Double]?

  static func random(seed: UInt64, shape: TableShape) -> Self {
    var dice = TableDice(seed: seed, shape: shape)
    let count = dice.count(40...60)
    let scores = (0..<3).map { _ in dice.scores(count) }
    func marks(_ dice: inout TableDice) -> [[UInt8]] {
      (0..<3).map { _ in
        let chance = dice.chance()
        return (0..<count).map { _ in dice.flag(chance) ? 1 : 0 }
      }
    }
    return LabelSetPropertyTable(
      labels: marks(&dice), decisions: marks(&dice), scores: scores, weights: dice.weights(count))
  }

  var rowCount: Int { labels[0].count }

  func taking(_ rows: [Int]) -> Self {
    func pick<T>(_ columns: [[T]]) -> [[T]] { columns.map { column in rows.map { column[$0] } } }
    return LabelSetPropertyTable(
      names: names, labels: pick(labels), decisions: pick(decisions), scores: pick(scores),
      weights: weights.map { weights in rows.map { weights[$0] } })
  }

  /// The same with the labels in another order: `order[i]` is where label i goes.
  func reordered(_ order: [Int]) -> Self {
    var table = self
    for (old, new) in order.enumerated() {
      table.names[new] = names[old]
      table.labels[new] = labels[old]
      table.decisions[new] = decisions[old]
      table.scores[new] = scores[old]
    }
    return table
  }

  func answers() -> [PropertyAnswer] {
    let observations = LabelSetObservations(
      names: names, labels: labels, decisions: decisions, scores: scores, weights: weights)
    let rows = (0..<UInt32(rowCount)).map { $0 }
    return LabelSetMetrics.all(observations, topK: [1, 2], classWeights: weights(of: names)).map {
      PropertyAnswer($0, rows)
    }
  }
}

extension PropertyTable {
  /// What each class counts, whatever the order of classes.
  fileprivate func weights(of names: [String]) -> [Double] {
    names.map { name in Double(name.utf8.reduce(0) { $0 + Int($1) } % 7 + 1) }
  }
}
