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
    let terms = Terms(x, w, centre: mean)
    return test(groups: codes, strata: strata.map { strata in order.map { strata[$0] } }) { codes in
      terms.estimates(codes, live, pooled: pooled)
    }
  }

  private static func live(_ codes: [Int32], _ weights: [Double], _ groupCount: Int) -> [Bool] {
    var live = [Bool](repeating: false, count: groupCount)
    for (code, weight) in zip(codes, weights) where weight > 0 { live[Int(code)] = true }
    return live
  }

  /// What each row adds to its group's sums, x from the overall mean. Loops are plain: they run once a row and replicate.
  private struct Terms {
    private let w, wx, ww, wwx, wwxx: [Double]

    init(_ x: [Double], _ w: [Double], centre: Double) {
      self.w = w
      wx = x.indices.map { w[$0] * (x[$0] - centre) }
      ww = w.map { $0 * $0 }
      wwx = x.indices.map { w[$0] * w[$0] * (x[$0] - centre) }
      wwxx = x.indices.map { w[$0] * w[$0] * (x[$0] - centre) * (x[$0] - centre) }
    }

    func estimates(_ codes: [Int32], _ live: [Bool], pooled: Double) -> [GroupEstimate]? {
      var sums = [Double](repeating: 0, count: 6 * live.count)
      var row = 0
      while row < codes.count {
        let place = 6 * Int(codes[row])
        sums[place] += 1
        sums[place + 1] += w[row]
        sums[place + 2] += wx[row]
        sums[place + 3] += ww[row]
        sums[place + 4] += wwx[row]
        sums[place + 5] += wwxx[row]
        row += 1
      }
      var result: [GroupEstimate] = []
      for group in live.indices where live[group] {
        let sum = Array(sums[6 * group..<6 * group + 6])
        guard sum[1] > 0 else { return nil }
        let mean = sum[2] / sum[1]
        let spread = max(0, sum[5] - 2 * mean * sum[4] + mean * mean * sum[3])
        result.append((mean, (spread + pooled * sum[3] / sum[0]) / (sum[1] * sum[1])))
      }
      return result
    }
  }
}
