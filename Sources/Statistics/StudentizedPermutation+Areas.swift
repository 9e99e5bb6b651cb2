extension StudentizedPermutation {
  /// Areas under ROC curves: groups change places within the positives and within the negatives, so that every group keeps its classes'
  /// sizes. A group's variance is DeLong's, with Ā(1 − Ā) of one pair added, Ā the area over all rows, so that a group whose classes are
  /// apart keeps one.
  ///
  /// The result does not depend on the order of rows.
  /// - Parameters:
  ///   - scores: without NaN
  ///   - groups: from 0 below `groupCount`; groups without one of the classes are left out
  /// - Returns: nil where fewer than two groups have both classes, or the classes are apart in all rows. Complexity: O(rows) a replicate.
  package func areas(_ scores: [Double], labels: [UInt8], groups: [Int32], groupCount: Int) -> Result? {
    let (positives, negatives) = Self.sizes(labels, groups, groupCount)
    let live = (0..<groupCount).map { positives[$0] > 0 && negatives[$0] > 0 }
    let order = scores.indices.filter { live[Int(groups[$0])] }.sorted {
      (scores[$0], labels[$0], groups[$0]) < (scores[$1], labels[$1], groups[$1])
    }
    guard live.filter({ $0 }).count > 1,
      let whole = ROCArea(order.map { scores[$0] }, labels: order.map { labels[$0] })
    else { return nil }
    let pair = whole.value * (1 - whole.value)
    guard pair > 0 else { return nil }
    let walk = AreaWalk(
      scores: order.map { scores[$0] }, labels: order.map { labels[$0] }, positives: positives,
      negatives: negatives)
    return test(groups: order.map { groups[$0] }, strata: order.map { Int32(labels[$0]) }) { codes in
      walk.estimates(codes, live: live, pair: pair)
    }
  }

  /// The same with weights, which go with the rows: variances are linearised.
  ///
  /// - Parameter weights: above 0 or 0; groups without weight in one of the classes are left out
  package func areas(
    _ scores: [Double], labels: [UInt8], weights: [Double], groups: [Int32], groupCount: Int
  ) -> Result? {
    var totals = [[Double]](repeating: [0, 0], count: groupCount)
    for row in scores.indices { totals[Int(groups[row])][Int(labels[row])] += weights[row] }
    let live = totals.map { $0[0] > 0 && $0[1] > 0 }
    let order = scores.indices.filter { live[Int(groups[$0])] && weights[$0] > 0 }.sorted {
      (scores[$0], labels[$0], groups[$0], weights[$0]) < (scores[$1], labels[$1], groups[$1], weights[$1])
    }
    let walk = WeightedAreaWalk(
      scores: order.map { scores[$0] }, labels: order.map { labels[$0] }, weights: order.map { weights[$0] })
    let together = walk.estimates(order.map { _ in 0 }, live: [true], pair: 0)?.first?.value ?? 0
    let pair = together * (1 - together)
    guard live.filter({ $0 }).count > 1, pair > 0 else { return nil }
    return test(groups: order.map { groups[$0] }, strata: order.map { Int32(labels[$0]) }) { codes in
      walk.estimates(codes, live: live, pair: pair)
    }
  }

  private static func sizes(
    _ labels: [UInt8], _ groups: [Int32], _ groupCount: Int
  ) -> (positives: [Double], negatives: [Double]) {
    var positives = [Double](repeating: 0, count: groupCount)
    var negatives = positives
    for (label, group) in zip(labels, groups) {
      if label == 1 { positives[Int(group)] += 1 } else { negatives[Int(group)] += 1 }
    }
    return (positives, negatives)
  }
}
