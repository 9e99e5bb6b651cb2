import Foundation
import Results
import TestSupport
import Testing

/// A page with fairness measures: those of the small page's groups, from its own rates.
extension Pages {
  static let measures = Result { try rendered("measures", measured()) }

  static func measured() throws -> Evaluation {
    let file = try small.get().deletingLastPathComponent().appending(path: "evaluation.json")
    var evaluation = try Evaluation(json: Data(contentsOf: file), name: "evaluation.json")
    evaluation.measures = table(evaluation)
    return evaluation
  }

  private static func entry(_ id: String, _ name: String, _ family: String, _ fair: Double?) -> MeasureEntry {
    MeasureEntry(
      id: id, name: name, family: family, formula: "\(id) of the group − of the reference", source: "a paper",
      meaning: "alike where it is fair; more favours the group <b>", fair: fair, undefined: "no rows")
  }

  /// Each group against the first of its family, by difference and ratio of selection rates; a number of all groups, one
  /// of all rows, one within strata that has no value.
  private static func table(_ evaluation: Evaluation) -> MeasureTable {
    var table = MeasureTable(entries: [
      entry("statistical_parity_difference", "Statistical parity difference", "pair", 0),
      entry("disparate_impact", "Disparate impact", "pair", 1),
      entry("group_maximum", "Largest group value", "aggregation", nil),
      entry("theil_index", "Theil index", "individual", 0),
      entry("conditional_demographic_disparity", "Conditional disparity", "conditional", 0),
    ])
    func add(_ place: Int, _ family: Int?, _ group: Int?, _ estimate: Estimate, _ stratum: String? = nil) {
      var result = MeasureResult(
        measure: table.entries[place].id, name: table.entries[place].name, family: family, group: group,
        estimate: estimate)
      result.reference = group.flatMap { one in
        family.map { evaluation.families[$0].first }.flatMap { $0 == one ? nil : $0 }
      }
      (result.stratum, result.pValue, result.test) = (stratum, estimate.value.map { _ in 0.01 }, "z test")
      table.results.append(result)
    }
    for family in evaluation.families.indices.dropFirst() {
      let slices = evaluation.families[family].slices
      guard let base = evaluation.estimate("selection_rate", slice: slices.lowerBound)?.value else {
        continue
      }
      for slice in slices.dropFirst() {
        guard let own = evaluation.estimate("selection_rate", slice: slice), let rate = own.value else {
          continue
        }
        for (place, value) in [(0, rate - base), (1, rate / base)] {
          var estimate = own
          (estimate.value, estimate.lower, estimate.upper) = (value, value - 0.05, value + 0.07)
          add(place, family, slice, estimate)
        }
      }
      if var largest = evaluation.estimate("selection_rate", slice: slices.lowerBound) {
        (largest.lower, largest.upper) = (nil, nil)
        add(2, family, nil, largest)
      }
      let none = Estimate(
        value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined, reason: "no rows")
      add(4, family, slices.lowerBound, none, "age=(25, 45]")
    }
    if let whole = evaluation.estimate("selection_rate", slice: 0) { add(3, nil, nil, whole) }
    return table
  }
}
