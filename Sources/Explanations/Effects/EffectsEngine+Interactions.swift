import Models
import Results
import Statistics

extension EffectsEngine {
  /// How far the members of each pair act together: Friedman & Popescu's (2008) H² = Σ(F_jk − F_j − F_k)² / ΣF_jk², F
  /// the partial dependence at the rows' own values, centred over them, all sums weighted; and √ of the mean squared
  /// numerator. Over at most `settings.interactionRows` rows at random.
  ///
  /// H² is NaN where the joint effect is 0 to rounding.
  ///
  /// - Parameter pairs: indices in `groups`
  /// - Throws: `data` where two members share a column.
  ///
  /// Complexity: O(rows²) scorings a pair and a feature.
  package func interactions(
    _ pairs: [(Int, Int)], groups: [FeatureGroup],
    progress: @Sendable (_ done: Int, _ count: Int) -> Void = { _, _ in }
  ) throws(Failure) -> [FeatureInteraction] {
    for (first, second) in pairs where !groups[first].members.isDisjoint(with: groups[second].members) {
      throw Failure(
        .data, "“\(groups[first].name)” and “\(groups[second].name)” share a column",
        advice: "ask for interactions of two different features")
    }
    let stage = try interactionStage()
    let moved = pairs.flatMap {
      [groups[$0].members, groups[$1].members, groups[$0].members.union(groups[$1].members)]
    }
    let effects = try stage.centredEffects(moved, threads: settings.threads, progress)
    return pairs.map { first, second in
      let (own, other) = (groups[first].members, groups[second].members)
      let joint = effects[own.union(other)] ?? []
      let rest = joint.indices.map { joint[$0] - (effects[own]?[$0] ?? 0) - (effects[other]?[$0] ?? 0) }
      let share = stage.share(of: rest, in: joint)
      return FeatureInteraction(
        first: first, second: second, hSquared: share.hSquared, strength: share.strength, rows: stage.rowCount
      )
    }
  }

  /// How far each feature acts together with all others: H² = Σ(f − F_j − F_{−j})² / Σf², everything centred (Friedman
  /// & Popescu 2008), and √ of the mean squared numerator. By position in `indices`.
  ///
  /// Complexity: O(rows²) scorings a feature, twice.
  package func totalInteractions(
    _ indices: [Int], groups: [FeatureGroup]
  ) throws(Failure) -> [(hSquared: Double, strength: Double)] {
    let stage = try interactionStage()
    let all = Set(input.columns.indices)
    let moved = indices.flatMap { [groups[$0].members, all.subtracting(groups[$0].members)] }
    let effects = try stage.centredEffects(moved, threads: settings.threads) { _, _ in }
    let scores = stage.centred(try stage.rescorer.scores()[input.output])
    return indices.map { index in
      let (own, others) = (groups[index].members, all.subtracting(groups[index].members))
      let rest = scores.indices.map { scores[$0] - (effects[own]?[$0] ?? 0) - (effects[others]?[$0] ?? 0) }
      return stage.share(of: rest, in: scores)
    }
  }

  private func interactionStage() throws(Failure) -> InteractionStage {
    var random = KeyedRandom(seed: settings.seed, key: "interactions: rows")
    let rows = random.permutation(of: input.rowCount).prefix(max(0, settings.interactionRows)).sorted()
    return try InteractionStage(input, rows)
  }
}
