import Results
import TestSupport

@testable import Metrics

/// Made-up rows of a task, and every metric of the task's registry over them.
protocol PropertyTable: Sendable {
  /// Seeded rows with ties in their scores.
  ///
  /// - Parameter shape: `ordinary` has all classes and enough rows for every metric, `odd` may lack anything
  static func random(seed: UInt64, shape: TableShape) -> Self

  var rowCount: Int { get }
  var weights: [Double]? { get set }
  /// What belongs together and is independent of the rest: rows, or the rows of a query.
  var units: [[Int]] { get }
  /// These rows in this order; one that is named twice is there twice.
  func taking(_ rows: [Int]) -> Self
  /// With some units there twice.
  func repeating(_ units: Set<Int>) -> Self
  /// Every metric over all rows, in reporting order.
  func answers() -> [PropertyAnswer]
}

extension PropertyTable {
  var units: [[Int]] { (0..<rowCount).map { [$0] } }

  func repeating(_ units: Set<Int>) -> Self {
    taking(
      self.units.indices.flatMap { units.contains($0) ? self.units[$0] + self.units[$0] : self.units[$0] })
  }

  /// With a weight for each unit.
  func weighing(_ weight: (Int) -> Double) -> Self {
    var table = self
    var weights = [Double](repeating: 1, count: rowCount)
    for (index, unit) in units.enumerated() { for row in unit { weights[row] = weight(index) } }
    table.weights = weights
    return table
  }
}

enum TableShape { case ordinary, odd }

/// What a metric is over some rows.
struct PropertyAnswer {
  let definition: MetricDefinition
  let value: Double?
  let reason: String?
  /// Of independent units; nil where none is known.
  let variance: Double?

  var id: String { definition.entry.id }
  var kind: MetricEntry.Kind { definition.entry.kind }

  init(_ definition: MetricDefinition, _ value: Double?, reason: String?, variance: Double?) {
    (self.definition, self.value, self.reason, self.variance) = (definition, value, reason, variance)
  }

  init(_ metric: any RowMetric, _ rows: [UInt32]) {
    var influence = [Double](repeating: 0, count: rows.count)
    let measured = metric.measure(rows, influence: &influence)
    let variance = influence.reduce(0) { $0 + $1 * $1 }
    self.init(
      metric.definition, measured.value, reason: measured.reason,
      variance: measured.hasInfluence && measured.value != nil ? variance : nil)
  }
}

/// Draws that tables are made of.
struct TableDice {
  var random: SplitMix
  let shape: TableShape

  init(seed: UInt64, shape: TableShape) { (random, self.shape) = (SplitMix(seed: seed), shape) }

  mutating func count(_ ordinary: ClosedRange<Int>) -> Int {
    shape == .ordinary ? .random(in: ordinary, using: &random) : .random(in: 1...6, using: &random)
  }

  /// A chance that is often 0 or 1 where rows are odd.
  mutating func chance() -> Double {
    shape == .ordinary ? 0.45 : [0, 0.5, 1].randomElement(using: &random) ?? 0
  }

  mutating func flag(_ chance: Double) -> Bool { Double.random(in: 0..<1, using: &random) < chance }

  mutating func whole(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }

  /// Exact multiples of 1/64 within [0, 1], few enough for ties.
  mutating func scores(_ count: Int) -> [Double] {
    let isConstant = shape == .odd && flag(0.25)
    let one = Double(whole(0...4)) / 4
    return (0..<count).map { _ in
      isConstant ? one : Double(shape == .odd ? whole(0...4) * 16 : whole(1...63)) / 64
    }
  }

  /// Positive multiples of 1/8, or none.
  mutating func weights(_ count: Int) -> [Double]? {
    let all = (0..<count).map { _ in Double(whole(1...32)) / 8 }
    return flag(0.5) ? all : nil
  }
}
