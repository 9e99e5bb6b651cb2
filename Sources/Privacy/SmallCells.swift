import Results

/// Withholds small counts from an evaluation, after it was judged, so that every output can be made from what is left.
package enum SmallCells {
  /// What is left when no count from 1 to `below` − 1 is shown or can be worked out from what is shown
  /// (Documentation/Privacy.md). Row-level values are dropped.
  ///
  /// - Parameters:
  ///   - baseline: the evaluation of another run that this one was judged against, whose counts are no less private
  ///   - lab: makes the decision lab from what is left; it is dropped where nil
  /// - Throws: a `usage` failure where `below` is under 2 or the evaluation was suppressed by another number; a
  ///   `data` failure where a feature is divided in two ways, whose differences no rule here protects.
  package static func suppress(
    _ evaluation: Evaluation, below: Int, baseline: Evaluation? = nil,
    lab: (Evaluation) -> DecisionLab? = { _ in nil }
  ) throws(Failure) -> Evaluation {
    guard below >= 2 else {
      throw Failure(.usage, "counts below \(below) cannot be withheld", advice: "Give a whole number from 2.")
    }
    guard evaluation.task == .binary else {
      throw Failure(
        .usage, "small counts can be withheld in binary tasks, and this one is \(evaluation.task.rawValue)",
        advice: "Leave out suppress_below, and join small groups before the run.")
    }
    if let earlier = evaluation.suppression {
      guard earlier.below == below else {
        throw Failure(
          .usage,
          "the evaluation was made with counts below \(earlier.below) withheld, and cannot be made with \(below)",
          advice: "Evaluate again with the other number.")
      }
      // What came to it since then: a verdict, an explanation.
      return SuppressionApplied(evaluation, earlier, baseline: try hidden(baseline, below)).evaluation
    }
    try refuseTwoDivisions(evaluation)
    let withholding = Withholding(CountTables(evaluation), below: below)
    let plan = CurvePlan(evaluation, withholding)
    let suppression = Suppression(below: below, withholding, plan, evaluation)
    var result = SuppressionApplied(
      evaluation, suppression, plan: plan, baseline: try hidden(baseline, below)
    ).evaluation
    result.lab = lab(result)
    return result
  }

  /// What would be withheld of another run.
  private static func hidden(_ other: Evaluation?, _ below: Int) throws(Failure) -> HiddenRun? {
    guard let other else { return nil }
    if let earlier = other.suppression { return HiddenRun(other, earlier) }
    let withholding = Withholding(CountTables(other), below: below)
    return HiddenRun(other, Suppression(below: below, withholding, nil, other))
  }

  /// Of bins with other edges, differences could be formed.
  private static func refuseTwoDivisions(_ evaluation: Evaluation) throws(Failure) {
    var known: [String: Set<String>] = [:]
    for family in evaluation.families {
      for (place, feature) in family.features.enumerated() {
        let terms = Set(
          family.slices.compactMap { slice -> String? in
            let terms = SliceTerms.split(evaluation.slices.predicate[slice])
            return place < terms.count ? terms[place] : nil
          })
        guard let others = known[feature], terms.count > 1, others.count > 1 else {
          known[feature] = terms.union(known[feature] ?? [])
          continue
        }
        guard terms.isSubset(of: others) || others.isSubset(of: terms) else {
          throw Failure(
            .data,
            "“\(feature)” is divided into groups in two ways, and small counts could be worked out from both",
            advice: "Evaluate with one way to divide it, or without suppress_below.")
        }
        known[feature] = terms.union(others)
      }
    }
  }
}

extension Suppression {
  init(below: Int, _ withholding: Withholding, _ plan: CurvePlan?, _ evaluation: Evaluation) {
    self.init(below: below)
    func list(_ isHidden: (Int) -> Bool) -> [Int] { evaluation.slices.predicate.indices.filter(isHidden) }
    let hasCells = evaluation.slices.baselineCells.count == 8 * evaluation.slices.count
    for (layer, mask) in CountTables.layers {
      let isBaseline = layer == .baseline || layer == .changes
      if isBaseline, evaluation.paired == nil { continue }
      // Without joint cells nothing is known of them.
      let all = isBaseline && !hasCells
      let slices = list { all || withholding.isHidden(mask, $0) }
      if !slices.isEmpty { withheld[layer.rawValue] = slices }
    }
    guard let plan else { return }
    if evaluation.curves != nil {
      let slices = list { plan.hidden[$0] }
      if !slices.isEmpty { withheld[Layer.curves.rawValue] = slices }
      thresholds = evaluation.families.indices.map(plan.thresholds)
    }
    if let calibration = evaluation.calibration {
      let slices = list { plan.hidden[$0] || withholding.isHidden(1, $0) }
      if !slices.isEmpty { withheld[Layer.calibration.rawValue] = slices }
      bins = evaluation.families.indices.map { plan.mergedBins($0, calibration) }
    }
  }
}

/// Another run, and what of it is too small to show.
struct HiddenRun: Sendable {
  private let suppression: Suppression
  private let places: [String: Int]

  init(_ evaluation: Evaluation, _ suppression: Suppression) {
    self.suppression = suppression
    let predicates = evaluation.slices.predicate
    places = Dictionary(zip(predicates, predicates.indices), uniquingKeysWith: { first, _ in first })
  }

  func hides(_ layer: Suppression.Layer, _ predicate: String) -> Bool {
    places[predicate].map { suppression.hides(layer, $0) } ?? false
  }
}
