import Metrics
import Statistics

/// Largest differences of a one-versus-rest rate between groups, over all classes or labels of a task.
package struct ClassGaps: Sendable {
  /// A class, its largest difference between groups, and what the class weighs.
  package struct Gap: Sendable {
    package let name: String
    /// At the level that makes the limits of all classes hold at once (Bonferroni).
    package let number: MeasureNumber
    package let weight: Double

    package init(_ name: String, _ number: MeasureNumber, weight: Double) {
      (self.name, self.number, self.weight) = (name, number, weight)
    }
  }

  package let gaps: [Gap]
  private let defined: [(name: String, value: Double, number: MeasureNumber, weight: Double)]

  package init(_ gaps: [Gap]) {
    self.gaps = gaps
    defined = gaps.compactMap { gap in
      gap.number.value.value.map { (gap.name, $0, gap.number, gap.weight) }
    }
  }

  /// The level of each class' limits.
  package static func level(_ level: Double, classes: Int) -> Double {
    1 - (1 - level) / Double(max(1, classes))
  }

  /// Classes in which fewer than two groups have a value.
  package var excluded: [String] { gaps.filter { $0.number.value.value == nil }.map(\.name) }

  /// The class with the largest gap, the first of equals.
  package var largest: String? {
    defined.reduce(nil as (name: String, value: Double)?) { best, next in
      best.map { next.value > $0.value ? (next.name, next.value) : $0 } ?? (next.name, next.value)
    }?.name
  }

  package var maximum: MeasureNumber { combined { $0.max() ?? 0 } }

  package var mean: MeasureNumber { combined { $0.reduce(0, +) / Double($0.count) } }

  /// The mean by what classes weigh.
  package var weightedMean: MeasureNumber {
    let total = defined.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return MeasureNumber(.undefined(Self.none), reason: "") }
    let shares = defined.map { $0.weight / total }
    return combined { zip($0, shares).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private static let none = "in no class two groups have a value"

  /// What grows with every class' gap.
  private func combined(_ combine: ([Double]) -> Double) -> MeasureNumber {
    guard !defined.isEmpty else { return MeasureNumber(.undefined(Self.none), reason: "") }
    let value = MeasureValue.value(combine(defined.map(\.value)))
    let limits = defined.compactMap(\.number.limits)
    guard limits.count == defined.count else {
      let reason = defined.first { $0.number.limits == nil }?.number.reason
      return MeasureNumber(value, reason: reason ?? "a class has no interval")
    }
    let tests = defined.compactMap { one in one.number.p.map { (p: $0, name: one.number.test ?? "") } }
    let smallest = tests.count == defined.count ? tests.min { $0.p < $1.p } : nil
    let count = defined.count
    return MeasureNumber(
      value, Interval(lower: combine(limits.map(\.lower)), upper: combine(limits.map(\.upper))),
      "all classes' limits at once (Bonferroni)",
      test: smallest.map {
        (min(1, Double(count) * $0.p), count == 1 ? $0.name : $0.name + ", Bonferroni over \(count) classes")
      })
  }
}

extension FairnessMeasure {
  package static let classOpportunity = FairnessMeasure(
    id: "class_equal_opportunity", name: "Equal opportunity over classes", family: .prediction,
    formula:
      "max, mean, or mean weighted by the rows of the class, over classes c of max_g TPR_{g,c} − min_g TPR_{g,c}",
    source: "Hardt, Price & Srebro 2016, class by class", range: share, fair: 0,
    meaning: "0: every class is found equally often in every group",
    undefined: "in no class two groups have rows of the class")
  package static let labelParity = FairnessMeasure(
    id: "multilabel_parity", name: "Multi-label demographic parity", family: .prediction,
    formula:
      "max or mean over labels l of max_g p_{g,l} − min_g p_{g,l}, p the share of rows with the label predicted",
    source: "demographic parity, label by label", range: share, fair: 0,
    meaning: "0: every label is predicted equally often in every group",
    undefined: "fewer than two groups have rows")
}
