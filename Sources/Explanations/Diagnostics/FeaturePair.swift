import Statistics

/// The association of two features of any kinds, O(rows) once they are sorted.
enum FeaturePair {
  static func association(_ first: FeatureValues, _ second: FeatureValues) -> Double {
    switch (first.kind, second.kind) {
    case (.numbers(let x, let orderX, let ranksX), .numbers(let y, let orderY, let ranksY)):
      if first.missingCount == 0, second.missingCount == 0 {
        return abs(Association.correlation(ranksX, ranksY))
      }
      return spearman(x, orderX, y, orderY)
    case (.numbers(_, let order, let ranks), .category(let codes, let count, _)),
      (.category(let codes, let count, _), .numbers(_, let order, let ranks)):
      return correlationRatio(ranks, order, codes, count)
    case (.category(_, let countX, let grouped), .category(let codes, let countY, _)):
      guard case .category(let own, _, _) = first.kind else { return .nan }
      return cramersV(own, countX, grouped, codes, countY)
    }
  }

  /// |ρ| over the rows where both are present, ranked anew among them.
  private static func spearman(
    _ x: [Double], _ orderX: [Int32], _ y: [Double], _ orderY: [Int32]
  ) -> Double {
    let both = orderX.filter { !y[Int($0)].isNaN }
    let ranksX = Midranks.ranks(x, ascending: both)
    let ranksY = Midranks.ranks(y, ascending: orderY.filter { !x[Int($0)].isNaN })
    return abs(
      Association.correlation(both.map { ranksX[Int($0)] }, both.map { ranksY[Int($0)] }))
  }

  /// Over the rows where the number is present.
  private static func correlationRatio(
    _ ranks: [Double], _ order: [Int32], _ codes: [Int32], _ count: Int
  ) -> Double {
    let mean = Double(order.count + 1) / 2
    var sums = [Double](repeating: 0, count: count)
    var rows = [Int](repeating: 0, count: count)
    var total = 0.0
    for row in order {
      let deviation = ranks[Int(row)] - mean
      sums[Int(codes[Int(row)])] += deviation
      rows[Int(codes[Int(row)])] += 1
      total += deviation * deviation
    }
    guard total > 0 else { return .nan }
    let between = zip(sums, rows).reduce(0) { $0 + ($1.1 > 0 ? $1.0 * $1.0 / Double($1.1) : 0) }
    return Association.correctedCorrelationRatio(
      etaSquared: between / total, groups: rows.count { $0 > 0 }, count: order.count)
  }

  /// χ²/n = Σ n²ᵢⱼ/(nᵢ·n.ⱼ) − 1, over the cells that occur: no table is laid out.
  private static func cramersV(
    _ x: [Int32], _ countX: Int, _ groupedX: [Int32], _ y: [Int32], _ countY: Int
  ) -> Double {
    var totals = [Int](repeating: 0, count: countY)
    for code in y { totals[Int(code)] += 1 }
    var cell = [Int](repeating: 0, count: countY)
    var touched: [Int32] = []
    var sum = 0.0
    var start = 0
    while start < groupedX.count {
      let group = x[Int(groupedX[start])]
      var end = start
      while end < groupedX.count, x[Int(groupedX[end])] == group {
        let code = y[Int(groupedX[end])]
        if cell[Int(code)] == 0 { touched.append(code) }
        cell[Int(code)] += 1
        end += 1
      }
      for code in touched {
        let count = Double(cell[Int(code)])
        sum += count * count / (Double(end - start) * Double(totals[Int(code)]))
        cell[Int(code)] = 0
      }
      touched.removeAll(keepingCapacity: true)
      start = end
    }
    return Association.correctedCramersV(
      phiSquared: sum - 1, rows: countX, columns: countY, count: x.count)
  }
}
