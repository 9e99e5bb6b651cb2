import Results

/// Which slices' curves and calibration bins are shown, and at which cuts.
struct CurvePlan: Sendable {
  private(set) var hidden: [Bool]
  /// By family: boundaries that remain.
  private(set) var kept: [[Int]]
  let cuts: ScoreCuts

  /// Complexity: O(slices · boundaries · log(slices of a family)).
  init(_ evaluation: Evaluation, _ withholding: Withholding) {
    cuts = ScoreCuts(evaluation, below: withholding.below)
    hidden = (0..<evaluation.slices.count).map { withholding.isHidden(3, $0) }
    kept = evaluation.families.map { _ in [] }
    // The rows' own counts are weights here: nothing is known of how many they are.
    guard evaluation.slices.cellWeights.isEmpty else {
      hidden = hidden.map { _ in true }
      return
    }
    let whole = hidden.first == false ? cuts.counts(0) : nil
    for (index, family) in evaluation.families.enumerated() {
      let (shown, places) = choose(Array(family.slices), isCross: family.features.count > 1, whole: whole)
      kept[index] = places
      for slice in family.slices where !shown.contains(slice) { hidden[slice] = true }
    }
  }

  /// The slices to show, and the cuts. Few rows make coarse steps for all, so that the smallest slices are left out
  /// where that shows more of the others.
  private func choose(
    _ slices: [Int], isCross: Bool, whole: [ScoreCuts.Above]?
  ) -> (shown: Set<Int>, places: [Int]) {
    let open = slices.filter { !hidden[$0] }
    // Sums of a cross reach into several totals; it is shown whole or not at all.
    if isCross, open.count < slices.count { return ([], []) }
    let units = open.map { (slice: $0, counts: cuts.counts($0)) }.sorted { a, b in
      (smaller(a.counts), a.slice) < (smaller(b.counts), b.slice)
    }
    var best: (shown: Set<Int>, places: [Int]) = ([], [])
    var utility = 0
    for left in Self.trials(units.count, isCross: isCross) {
      let shown = units[left...]
      var counts = shown.map(\.counts)
      if let whole, slices.count > 1 || slices[0] != 0 { counts.append(Self.rest(of: whole, counts)) }
      guard let places = cuts.kept(counts), places.count > 1, shown.count * places.count > utility else {
        continue
      }
      utility = shown.count * places.count
      best = (Set(shown.map(\.slice)), places)
    }
    return best
  }

  private func smaller(_ counts: [ScoreCuts.Above]) -> Double {
    guard let all = counts.last else { return 0 }
    return min(all.positives, all.negatives)
  }

  /// 0, 1, 2, 4, 8, … of the smallest slices left out.
  private static func trials(_ count: Int, isCross: Bool) -> [Int] {
    guard count > 0 else { return [] }
    var trials = [0]
    var next = 1
    while !isCross, next < count {
      trials.append(next)
      next *= 2
    }
    return trials
  }

  private static func rest(of whole: [ScoreCuts.Above], _ parts: [[ScoreCuts.Above]]) -> [ScoreCuts.Above] {
    whole.indices.map { place in parts.reduce(whole[place]) { $0 - $1[place] } }
  }
}
