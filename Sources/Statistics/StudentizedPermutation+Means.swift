extension StudentizedPermutation {
  /// Weighted means: rates with weights, losses, scores. A group's variance is the linearised one, Σw²(x − x̄)²/(Σw)², with one row of
  /// mean weight and pooled variance added, so that a group whose rows are all alike keeps one.
  ///
  /// The result does not depend on the order of rows.
  /// - Parameters:
  ///   - values: without NaN
  ///   - groups: from 0 below `groupCount`; groups without rows or weight are left out
  ///   - strata: from 0; groups change places only within one
  /// - Returns: nil where fewer than two groups have weight, or all values are alike. Complexity: O(rows) a replicate.
  package func means(
    _ values: [Double], weights: [Double]? = nil, groups: [Int32], groupCount: Int, strata: [Int32]? = nil
  ) -> Result? {
    let order = values.indices.sorted {
      let (a, b) = ((strata?[$0] ?? 0, groups[$0], values[$0]), (strata?[$1] ?? 0, groups[$1], values[$1]))
      return a == b ? (weights?[$0] ?? 1) < (weights?[$1] ?? 1) : a < b
    }
    let x = order.map { values[$0] }
    let w = order.map { weights?[$0] ?? 1 }
    let total = w.reduce(0, +)
    guard total > 0 else { return nil }
    let mean = zip(w, x).reduce(0) { $0 + $1.0 * $1.1 } / total
    let pooled = zip(w, x).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / total
    guard pooled > 0 else { return nil }
    let codes = order.map { groups[$0] }
    let live = Self.live(codes, w, groupCount)
    guard live.filter({ $0 }).count > 1 else { return nil }
    return test(groups: codes, strata: strata.map { strata in order.map { strata[$0] } }) { codes in
      Self.estimates(x, w, codes, live, centre: mean, pooled: pooled)
    }
  }

  private static func live(_ codes: [Int32], _ weights: [Double], _ groupCount: Int) -> [Bool] {
    var live = [Bool](repeating: false, count: groupCount)
    for (code, weight) in zip(codes, weights) where weight > 0 { live[Int(code)] = true }
    return live
  }

  /// A group's sums of w, w·x, w², w²x and w²x², x from the overall mean.
  private struct Sums {
    var (rows, w, wx, ww, wwx, wwxx) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
  }

  private static func estimates(
    _ x: [Double], _ w: [Double], _ codes: [Int32], _ live: [Bool], centre: Double, pooled: Double
  ) -> [GroupEstimate]? {
    var sums = [Sums](repeating: Sums(), count: live.count)
    for row in x.indices {
      let (weight, value) = (w[row], x[row] - centre)
      let group = Int(codes[row])
      sums[group].rows += 1
      sums[group].w += weight
      sums[group].wx += weight * value
      sums[group].ww += weight * weight
      sums[group].wwx += weight * weight * value
      sums[group].wwxx += weight * weight * value * value
    }
    var result: [GroupEstimate] = []
    for (sum, isLive) in zip(sums, live) where isLive {
      guard sum.w > 0 else { return nil }
      let mean = sum.wx / sum.w
      let spread = max(0, sum.wwxx - 2 * mean * sum.wwx + mean * mean * sum.ww)
      result.append((mean, (spread + pooled * sum.ww / sum.rows) / (sum.w * sum.w)))
    }
    return result
  }
}
