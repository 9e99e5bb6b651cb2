import Fairness
import Metrics
import Results
import Slicing
import Tables

/// The levels of the control features, crossed: rows by stratum.
struct Strata: Sendable {
  /// As in `age=(25, 45] & region=North`.
  let names: [String]
  let features: [String]
  /// The stratum of each row.
  let codes: [UInt32]

  /// The most strata that a run may have.
  static let limit = 1000
  /// The most groups times strata of a family.
  private static let cellLimit = 100_000

  /// nil without controls. A control that is sliced by is binned as there.
  ///
  /// - Throws: `data` where a control is no column, or there are too many levels
  init?(_ configuration: Configuration, _ table: Table) throws(Failure) {
    guard !configuration.measures.controls.isEmpty else { return nil }
    let controls = try configuration.controlFeatures()
    let plan = try SlicePlan([SliceSpec(features: controls)], of: table)
    let family = plan.families[1]
    guard family.groupCount <= Self.limit else {
      throw Failure(
        .data, "the control features have \(family.groupCount) levels, and \(Self.limit) are possible",
        advice: "Control for fewer features, or cut numbers into bins: --control age:edges=25,45,65.")
    }
    features = controls.map(\.name)
    names = (0..<family.groupCount).map { plan.predicate(family, group: $0) }
    var codes = [UInt32](repeating: 0, count: table.rowCount)
    for (group, rows) in SliceRows.groups(family, of: plan, rowCount: table.rowCount).enumerated() {
      for row in rows { codes[Int(row)] = UInt32(group) }
    }
    self.codes = codes
  }

  /// Groups of a family that has a control among its features are not compared within its levels.
  func isApart(_ family: MeasuredFamily) -> Bool { Set(family.features).isDisjoint(with: features) }

  /// - Throws: `data` where groups and levels are too many to look at every pair of them
  func refuseCells(_ families: [MeasuredFamily]) throws(Failure) {
    for family in families where isApart(family) && family.groups.count * names.count > Self.cellLimit {
      throw Failure(
        .data,
        "\(family.groups.count) groups of \(family.features.joined(separator: " × ")) within \(names.count) levels of "
          + "\(features.joined(separator: " and ")) are more than \(Self.cellLimit) cells",
        advice: "Control for fewer features, or slice into fewer groups.")
    }
  }

  /// How many strata a pooled value is over, and which say nothing.
  func detail(_ excluded: [String]) -> String {
    let what =
      "\(names.count - excluded.count) of \(names.count) levels of \(features.joined(separator: " and "))"
    return excluded.isEmpty ? what : "\(what); without \(AggregationMaker.list(excluded))"
  }

  /// The rows of each stratum and group by outcome; the stratum varies slowest. Complexity: O(rows).
  func counts(_ rows: [[UInt32]], _ observations: Observations) -> [[OutcomeCounts]] {
    let empty = OutcomeCounts(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
    var found = [[OutcomeCounts]](
      repeating: [OutcomeCounts](repeating: empty, count: rows.count), count: names.count)
    for (group, rows) in rows.enumerated() {
      // Cells of one group, stratum by stratum.
      var sums = [(rows: Int, weight: Double, square: Double)](repeating: (0, 0, 0), count: 4 * names.count)
      for row in rows {
        let row = Int(row)
        let outcome = 3 - Int(observations.decisions[row]) - 2 * Int(observations.labels[row])
        let cell = 4 * Int(codes[row]) + Self.outcomes[outcome]
        let weight = observations.weights?[row] ?? 1
        sums[cell].rows += 1
        sums[cell].weight += weight
        sums[cell].square += weight * weight
      }
      for stratum in names.indices {
        let own = sums[4 * stratum..<4 * stratum + 4]
        found[stratum][group] = OutcomeCounts(
          rows: own.map(\.rows), weights: own.map(\.weight), squaredWeights: own.map(\.square))
      }
    }
    return found
  }

  /// Of 3 − decision − 2·label: both, label only, decision only, neither.
  private static let outcomes = [
    Outcome.truePositive.rawValue, Outcome.falseNegative.rawValue, Outcome.falsePositive.rawValue,
    Outcome.trueNegative.rawValue,
  ]
}

extension Configuration {
  /// What is controlled for, each feature divided as the slices do it.
  ///
  /// - Throws: `data` where a text is no feature
  func controlFeatures() throws(Failure) -> [SliceSpec.Feature] {
    var found: [SliceSpec.Feature] = []
    for text in measures.controls {
      for feature in try SliceSpec(parsing: text).features
      where !found.contains(where: { $0.name == feature.name }) {
        guard feature.only == nil else {
          throw Failure(
            .data, "control “\(text)” names one group", advice: "Name the feature; its levels are the strata."
          )
        }
        let sliced = slices.flatMap(\.features).first { $0.name == feature.name }
        found.append(
          SliceSpec.Feature(
            name: feature.name,
            binning: feature.binning == .automatic ? sliced?.binning ?? .automatic : feature.binning))
      }
    }
    return found
  }
}
