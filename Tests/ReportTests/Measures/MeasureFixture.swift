import Results

/// Fairness measures of an evaluation from plain formulas: a value of every kind, names of another tool, strata, what
/// has no value or no interval.
enum MeasureFixture {
  static func entry(
    _ id: String, _ name: String, _ family: String, fair: Double?, undefined: String = ""
  ) -> MeasureEntry {
    MeasureEntry(
      id: id, name: name, family: family, formula: "formula of \(id) <&>", source: "Author 2020, eq. 3",
      meaning: "\(name) is fair where groups are alike; more of it favours the group", fair: fair,
      undefined: undefined)
  }

  static let entries = [
    entry(
      "statistical_parity_difference", "Statistical parity difference", "pair", fair: 0,
      undefined: "a group without rows"),
    entry("disparate_impact", "Disparate impact", "pair", fair: 1),
    entry("difference_between_groups", "Difference between groups", "aggregation", fair: 0),
    entry("group_minimum", "Smallest group value", "aggregation", fair: nil),
    entry("theil_index", "Theil index", "individual", fair: 0),
    entry("conditional_demographic_disparity", "Conditional demographic disparity", "conditional", fair: 0),
    entry("never_asked", "Never asked for", "score", fair: 0),
  ]

  static func estimate(
    _ value: Double?, _ half: Double? = nil, n: Int = 400, status: EstimateStatus = .ok, reason: String? = nil
  ) -> Estimate {
    Estimate(
      value: value, lower: half.flatMap { half in value.map { $0 - half } },
      upper: half.flatMap { half in value.map { $0 + half } }, denominator: n, weight: Double(n),
      effectiveCount: Double(n), status: status, reason: reason)
  }

  /// Of each family all groups against its first.
  static func table(_ evaluation: Evaluation) -> MeasureTable {
    var table = MeasureTable(entries: entries)
    for family in evaluation.families.indices.dropFirst() {
      let slices = evaluation.families[family].slices
      for (place, slice) in slices.enumerated().dropFirst() {
        let value = -0.3 + 0.07 * Double(place)
        add(&table, "statistical_parity_difference", family, slice, slices.lowerBound, estimate(value, 0.1)) {
          ($0.tool, $0.name) = ("aif360", "mean_difference")
          ($0.pValue, $0.test) = (0.004 * Double(place), "Fisher's exact test")
        }
        var ratio = estimate(0.6 + 0.1 * Double(place), n: 12)
        (ratio.lower, ratio.upper) = (0.3, 1.2)
        add(&table, "disparate_impact", family, slice, slices.lowerBound, ratio)
      }
      add(&table, "difference_between_groups", family, nil, nil, estimate(0.2, 0.05)) {
        ($0.metric, $0.detail) = ("selection_rate", "Male − Female")
      }
      add(&table, "group_minimum", family, nil, nil, estimate(0.11)) { $0.metric = "selection_rate" }
      for stratum in ["age=(25, 45]", "age=<b>"] {
        add(
          &table, "conditional_demographic_disparity", family, slices.lowerBound, nil,
          estimate(nil, status: .undefined, reason: "no unfavourable <outcome>")
        ) { $0.stratum = stratum }
      }
    }
    add(&table, "theil_index", nil, nil, nil, estimate(0.4, 0.01)) { $0.variant = "labels" }
    return table
  }

  private static func add(
    _ table: inout MeasureTable, _ id: String, _ family: Int?, _ group: Int?, _ reference: Int?,
    _ estimate: Estimate, _ change: (inout MeasureResult) -> Void = { _ in }
  ) {
    let name = entries.first { $0.id == id }?.name ?? id
    var result = MeasureResult(
      measure: id, name: name, family: family, group: group, reference: reference, estimate: estimate,
      interval: estimate.lower == nil ? nil : "Newcombe hybrid score")
    change(&result)
    table.results.append(result)
  }

  static func adding(to evaluation: Evaluation) -> Evaluation {
    var evaluation = evaluation
    evaluation.measures = table(evaluation)
    return evaluation
  }
}
