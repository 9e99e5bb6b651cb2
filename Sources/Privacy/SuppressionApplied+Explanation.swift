import Results

extension SuppressionApplied {
  /// Without single rows, withheld groups and small counts of sampled rows.
  mutating func suppressed(_ explanation: Explanation) -> Explanation {
    var result = explanation
    let before = size(result)
    result.importances.removeAll { columns in
      isSmall(columns.rows) || hides(metric: columns.metric, columns.slice)
        || hides(metric: columns.metric, columns.reference) || isPickAmongHidden(columns)
    }
    result.effects = result.effects.map(suppressed)
    result.attributions?.rows = []
    result.attributions?.groups.removeAll { isSmall($0.rows) || hides(.rows, $0.slice) }
    result.decompositions.removeAll { hides(.rows, $0.slice) || hides(.rows, $0.reference) }
    result.interactions.removeAll { isSmall($0.rows) }
    result.flips = suppressed(result.flips, explanation.features)
    let texts = TextCounts(original, suppression)
    result.notes.removeAll(where: texts.tells)
    for index in result.warnings.indices where texts.tells(result.warnings[index].message) {
      result.warnings[index].message = "Withheld: it tells of a count that is."
    }
    for _ in 0..<max(0, before - size(result)) { countExplanation() }
    if before > size(result) {
      result.notes.append(
        "Parts that rest on \(suppression.reason) rows, and values of single rows, are withheld.")
    }
    return result
  }

  private func size(_ explanation: Explanation) -> Int {
    explanation.importances.count + explanation.decompositions.count + explanation.flips.count
      + (explanation.attributions?.groups.count ?? 0) + (explanation.attributions?.rows.count ?? 0)
      + explanation.effects.reduce(0) { $0 + $1.curves.count + $1.individual.count }
  }

  /// A gap that was picked from all pairs of a family bounds the others.
  private func isPickAmongHidden(_ columns: ImportanceColumns) -> Bool {
    guard columns.comparisons > 1, let reference = columns.reference else { return false }
    let range = RangeGuard(
      original, suppression, family: original.slices.family[columns.slice], metric: columns.metric)
    guard range.hasHidden else { return false }
    guard let group = original.estimate(columns.metric, slice: columns.slice)?.value,
      let other = original.estimate(columns.metric, slice: reference)?.value
    else { return true }
    return !range.admits(from: min(group, other), to: max(group, other))
  }

  private func suppressed(_ effect: FeatureEffect) -> FeatureEffect {
    var result = effect
    result.individual = []
    result.curves.removeAll { isSmall($0.rows) || hides(.rows, $0.slice) }
    // How a group's rows lie along a feature is a table of its own, which nothing protects.
    for index in result.curves.indices {
      let curve = result.curves[index]
      if curve.slice != 0 || curve.support.contains(where: isSmall) { result.curves[index].support = [] }
    }
    return result
  }

  /// Groups of one attribute add up to the rows that were scored: one that goes takes the others with it.
  private func suppressed(_ flips: [FlipCounts], _ features: [ExplainedFeature]) -> [FlipCounts] {
    func isSmallGroup(_ flip: FlipCounts) -> Bool {
      guard let name = features.indices.contains(flip.feature) ? features[flip.feature].name : nil else {
        return true
      }
      let slices = original.families.filter { $0.features == [name] }.flatMap { Array($0.slices) }
      return isSmall(flip.rows) || slices.contains { hides(.rows, $0) }
    }
    let gone = Set(flips.filter(isSmallGroup).map(\.feature))
    return flips.filter { flip in
      !gone.contains(flip.feature)
        && ![flip.toPositive, flip.toNegative, flip.rows - flip.toPositive - flip.toNegative].contains(
          where: isSmall)
    }
  }
}
