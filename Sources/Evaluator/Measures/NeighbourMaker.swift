import Fairness
import Metrics
import Results
import Statistics

/// Measures of whether rows that are alike are treated alike.
///
/// Neighbours are exact. Up to `asked` rows are looked at, drawn by the run's seed where there are more, and their
/// neighbours are looked for among all; above `limit` rows nothing is measured.
struct NeighbourMaker {
  let input: BinaryMeasureInput
  let features: [[Double]]

  static let measures: [FairnessMeasure] = [.consistency, .flipTest, .lipschitzViolations]
  static let limit = 100_000
  private static let asked = 5000
  /// Of which all pairs are looked at.
  private static let paired = 2000
  private static let reason = "rows share their neighbours: no interval is known"

  private var rowCount: Int { input.observations.rowCount }
  private var isTooMany: Bool { rowCount > Self.limit }

  private var selected: [UInt8] {
    input.isExchanged ? input.observations.decisions.map { 1 - $0 } : input.observations.decisions
  }
  private var labels: [UInt8] {
    input.isExchanged ? input.observations.labels.map { 1 - $0 } : input.observations.labels
  }

  /// Of all rows.
  func addWhole(to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: [.consistency, .lipschitzViolations]) else { return }
    let (rows, tool) = (sample(Self.asked, "consistency"), sink.tool)
    let base = MeasureSink.Base(rows: rows?.count ?? rowCount)
    for (variant, values) in [
      (FairnessMeasure.Variant.predictions, selected), (FairnessMeasure.Variant.labels, labels),
    ] where variant == FairnessMeasure.Variant.predictions || input.hasLabel {
      sink.add(.consistency, MeasureSink.Place(variant: variant, detail: told(rows?.count)), base) {
        guard !isTooMany else { return Self.tooMany }
        return MeasureNumber(
          IndividualFairness.consistency(
            features: features, values: values.map { Double($0) }, as: tool, rows: rows),
          reason: Self.reason)
      }
    }
    guard let scores = input.observations.scores, input.observations.scoresAreProbabilities else { return }
    let pairs = sample(Self.paired, "Lipschitz") ?? Array(0..<rowCount)
    sink.add(
      .lipschitzViolations, MeasureSink.Place(detail: told(pairs.count < rowCount ? pairs.count : nil)),
      MeasureSink.Base(rows: pairs.count)
    ) {
      isTooMany
        ? Self.tooMany
        : MeasureNumber(
          IndividualFairness.lipschitzViolations(
            features: pairs.map { features[$0] }, scores: pairs.map { scores[$0] }), reason: Self.reason)
    }
  }

  /// The flip test: each group against the reference group; Clarify's against all rows outside it.
  func add(_ family: MeasuredFamily, to sink: inout MeasureSink) {
    guard sink.asks(for: .flipTest) else { return }
    let isClarify = sink.tool == .clarify
    guard isClarify || family.reference != nil else { return }
    let rows = input.rows(family)
    for group in family.groups.indices where isClarify || group != family.reference {
      let reference = isClarify ? nil : family.reference
      let place = MeasureSink.Place(
        family: family.index, group: family.slice(group), reference: reference.map(family.slice),
        detail: isClarify ? "against the rows outside the group" : family.rule)
      sink.add(.flipTest, place, MeasureSink.Base(rows: rows[group].count)) {
        isTooMany
          ? Self.tooMany : MeasureNumber(flips(rows[group], reference.map { rows[$0] }), reason: Self.reason)
      }
    }
  }

  /// - Parameter others: nil for all rows outside
  private func flips(_ focal: [UInt32], _ others: [UInt32]?) -> MeasureValue {
    var isFocal = [Bool](repeating: false, count: rowCount)
    for row in focal { isFocal[Int(row)] = true }
    let rows = others.map { ($0 + focal).sorted().map { Int($0) } } ?? Array(0..<rowCount)
    guard !focal.isEmpty else { return .undefined("no rows in the focal group") }
    guard rows.count > focal.count else { return .undefined("no rows in the reference group") }
    let asked = sample(Self.asked, "flip test").map { chosen in
      var marks = [Bool](repeating: false, count: rowCount)
      for row in chosen { marks[row] = true }
      return marks
    }
    let found = IndividualFairness.flips(
      features: rows.map { features[$0] }, isFocal: rows.map { isFocal[$0] },
      selected: rows.map { selected[$0] }, isAsked: asked.map { marks in rows.map { marks[$0] } })
    guard found.rows > 0 else { return .undefined("no row of the group was drawn") }
    return .value(Double(found.lost - found.gained) / Double(found.rows))
  }

  /// Some rows, ascending; nil for all.
  private func sample(_ count: Int, _ key: String) -> [Int]? {
    guard rowCount > count else { return nil }
    var random = KeyedRandom(seed: input.configuration.seed, key: "rows of \(key)")
    return random.permutation(of: rowCount).prefix(count).map { Int($0) }.sorted()
  }

  private func told(_ count: Int?) -> String? {
    count.map { "of \($0) rows drawn, \(rowCount) there are" }
  }

  private static let tooMany = MeasureNumber(.undefined("more than \(limit) rows"), reason: "")
}
