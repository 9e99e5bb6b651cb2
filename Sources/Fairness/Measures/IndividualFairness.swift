import Metrics

/// Whether rows that are alike are treated alike.
///
/// `features` has one row of finite numbers for each row of the data, all of one length. Distances are Euclidean on
/// them as they are. Rows at the k-th distance share the votes that are left (`Neighbourhood`), where scikit-learn,
/// and AIF360 and Clarify with it, take those that its tree happens to meet first.
package enum IndividualFairness {
  /// 1 − (1/n) Σ |y_i − mean of y over the k nearest rows| (Zemel et al. 2013).
  ///
  /// - Parameters:
  ///   - compatibility: `aif360` counts a row among its own neighbours
  ///   - rows: the rows that are asked about, for a mean over a sample; neighbours are of all rows
  /// - Returns: undefined with fewer than two rows. Complexity: O(n log n) to O(n²) distances.
  package static func consistency(
    features: [[Double]], values: [Double], neighbours k: Int = 5, as compatibility: Compatibility? = nil,
    rows: [Int]? = nil
  ) -> MeasureValue {
    guard k > 0 else { return .undefined("no neighbours are asked for") }
    guard features.count > 1 else { return .undefined("fewer than two rows") }
    let itself = compatibility == .aif360
    let tree = NeighbourTree(features, values: values)
    var sum = 0.0
    let asked = rows ?? Array(features.indices)
    for row in asked {
      let value = values[row]
      let found = tree.neighbourhood(of: features[row], needed: Double(itself ? k : k + 1))
      let mean = (itself ? found : found.removingItself(value)).mean(k) ?? value
      sum += abs(value - mean)
    }
    return .value(1 - sum / Double(asked.count))
  }

  /// The share of pairs of rows whose scores differ by more than `constant` times their distance (Dwork et al. 2012).
  ///
  /// - Returns: undefined with fewer than two rows. Complexity: O(n²) distances.
  package static func lipschitzViolations(
    features: [[Double]], scores: [Double], constant: Double = 1
  ) -> MeasureValue {
    guard features.count > 1 else { return .undefined("fewer than two rows") }
    var violations = 0
    for (i, row) in features.enumerated() {
      for j in 0..<i {
        let squared = zip(row, features[j]).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        if abs(scores[i] - scores[j]) > constant * squared.squareRoot() { violations += 1 }
      }
    }
    return .value(Double(violations) / Double(features.count * (features.count - 1) / 2))
  }

  /// What the flip test counts: rows of the focal group that the reference group's neighbours would decide otherwise.
  package struct Flips: Sendable, Equatable {
    /// Selected, though most of the reference group's nearest rows are not.
    package let lost: Int
    /// Not selected, though most of the reference group's nearest rows are.
    package let gained: Int
    /// Rows of the focal group.
    package let rows: Int
  }

  /// The flip test approximated by nearest neighbours (Black, Yeom & Fredrikson 2020, as Clarify does it): each row
  /// of the focal group is decided as most of the k nearest rows of the reference group are; a tie leaves it as it is.
  ///
  /// - Parameters:
  ///   - features: without the group and the label
  ///   - isFocal: whether the row is in the focal group
  ///   - selected: 1 for a favourable decision
  ///   - neighbours: nil for Clarify's 5, or 1 where the reference group has 10 rows or fewer
  ///   - isAsked: the rows of the focal group that are looked at; nil for all
  package static func flips(
    features: [[Double]], isFocal: [Bool], selected: [UInt8], neighbours: Int? = nil,
    isAsked: [Bool]? = nil
  ) -> Flips {
    let others = features.indices.filter { !isFocal[$0] }
    let tree = NeighbourTree(others.map { features[$0] }, values: others.map { Double(selected[$0]) })
    let k = neighbours ?? (others.count > 10 ? 5 : 1)
    var (lost, gained, rows) = (0, 0, 0)
    for row in features.indices where isFocal[row] && isAsked?[row] != false {
      rows += 1
      guard let share = tree.neighbourhood(of: features[row], needed: Double(k)).mean(k) else { continue }
      if selected[row] == 1, share < 0.5 { lost += 1 }
      if selected[row] == 0, share > 0.5 { gained += 1 }
    }
    return Flips(lost: lost, gained: gained, rows: rows)
  }

  /// (lost − gained) / n_f: below 0 where the focal group would gain if it were decided as the reference group is.
  package static func flipTest(
    features: [[Double]], isFocal: [Bool], selected: [UInt8], neighbours: Int? = nil
  ) -> MeasureValue {
    guard isFocal.contains(true) else { return .undefined("no rows in the focal group") }
    guard isFocal.contains(false) else { return .undefined("no rows in the reference group") }
    let found = flips(features: features, isFocal: isFocal, selected: selected, neighbours: neighbours)
    return .value(Double(found.lost - found.gained) / Double(found.rows))
  }
}

extension FairnessMeasure {
  package static let consistency = FairnessMeasure(
    id: "consistency", name: "Consistency", family: .individual,
    formula: "1 − (1/n) Σ |ŷ_i − (1/k) Σ_{j∈kNN(i)} ŷ_j|", source: "Zemel et al. 2013", range: share,
    fair: 1, meaning: "1: every row is treated as the rows most like it; ties at the k-th distance share it",
    undefined: "fewer than two rows",
    aliases: [.init("AIF360", "consistency"), .init("AIF360", "consistency_score")])
  package static let flipTest = FairnessMeasure(
    id: "flip_test", name: "Counterfactual flip test", family: .individual,
    formula: "(F⁺ − F⁻)/n_f; F⁺: selected, neighbours in the reference group are not; F⁻: the reverse",
    source: "Black, Yeom & Fredrikson 2020; Clarify", range: signed, fair: 0,
    meaning: "0: flips balance; below 0: the focal group would gain from being decided as the reference is",
    undefined: "a group has no rows", aliases: [.init("Clarify", "FT")])
  package static let lipschitzViolations = FairnessMeasure(
    id: "lipschitz_violation_rate", name: "Lipschitz violation rate", family: .individual,
    formula: "share of pairs with |s_i − s_j| > L d(i, j)", source: "Dwork et al. 2012", range: share,
    fair: 0,
    meaning: "0: rows that are close get scores that are close", undefined: "fewer than two rows")
}
