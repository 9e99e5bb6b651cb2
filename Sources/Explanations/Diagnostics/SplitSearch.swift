import Statistics

/// The split of a node by one predictor that takes away the most impurity.
///
/// A split must also be more than chance: (n − 1)·f·R² is about χ² with f·(k − 1) degrees of freedom, R² being the share
/// of the impurity that lies between k sets of rows and f the targets' own freedom (for one category exactly Light &
/// Margolin's CATANOVA 1971, for one number Kruskal & Wallis' test of its ranks). Thresholds are tested one by one with
/// Bonferroni's correction; categories as a whole, before they are put on two sides, so that many of them gain nothing
/// by being many.
struct SplitSearch {
  struct Found {
    let gain: Double
    let goesLeft: [Bool]
  }

  private let target: TreeTarget
  private let positions: [Int32]
  private let leastRows: Int
  private let significance: Double
  private let squares: Double

  /// - Parameter significance: of one predictor
  init(target: TreeTarget, positions: [Int32], leastRows: Int, significance: Double) {
    self.target = target
    self.positions = positions
    self.leastRows = leastRows
    self.significance = significance
    squares = target.squares(positions)
  }

  /// - Parameter codes: of the predictor, for the node's rows
  func best(_ predictor: TreeFeature, codes: [Int32]) -> Found? {
    let sums = target.sums(positions, codes: codes, count: predictor.count)
    guard sums.rows.count(where: { $0 > 0 }) > 1 else { return nil }
    return switch predictor.kind {
    case .ordered: bestThreshold(sums)
    case .nominal: bestSubset(sums)
    }
  }

  /// Thresholds with missing values below and, where there are any, above; and missing against present.
  private func bestThreshold(_ sums: TreeTarget.Sums) -> Found? {
    let low = scan(sums, order: Array(sums.rows.indices))
    var tried = low.tried
    var best = low.best.map { (gain: $0.gain, left: Set(0..<$0.length)) }
    if sums.rows[0] > 0 {
      let high = scan(sums, order: Array(1..<sums.rows.count) + [0])
      tried += high.tried
      if let found = high.best, found.gain > best?.gain ?? 0 {
        best = (found.gain, Set(1..<found.length + 1))
      }
    }
    guard let best, isMoreThanChance(best.gain, sums, groups: 2, tries: tried) else { return nil }
    return Found(gain: best.gain, goesLeft: sums.rows.indices.map(best.left.contains))
  }

  /// Categories in the order of their mean of the target that differs most between them; for a single such target
  /// one of the cuts of this order is the best of all subsets (Fisher 1958).
  private func bestSubset(_ sums: TreeTarget.Sums) -> Found? {
    let present = sums.rows.indices.filter { sums.rows[$0] > 0 }
    let between = (0..<target.width).map { offset in
      present.reduce(0.0) { sum, code in
        let part = sums.targets[code * target.width + offset]
        return sum + part * part / Double(sums.rows[code])
      }
    }
    let totals = self.totals(sums)
    let count = Double(positions.count)
    let spread = between.indices.map { between[$0] - totals[$0] * totals[$0] / count }
    guard let widest = spread.indices.max(by: { spread[$0] < spread[$1] }) else { return nil }
    guard isMoreThanChance(spread.reduce(0, +), sums, groups: present.count, tries: 1) else { return nil }
    let mean = { (code: Int) in sums.targets[code * target.width + widest] / Double(sums.rows[code]) }
    let order = present.sorted { (mean($0), $0) < (mean($1), $1) }
    return scan(sums, order: order).best.map { best in
      let left = Set(order.prefix(best.length))
      return Found(gain: best.gain, goesLeft: sums.rows.indices.map(left.contains))
    }
  }

  private func totals(_ sums: TreeTarget.Sums) -> [Double] {
    (0..<target.width).map { offset in
      stride(from: offset, to: sums.targets.count, by: target.width).reduce(0) { $0 + sums.targets[$1] }
    }
  }

  /// The cut of an order of codes that gains most, and how many cuts there were.
  private func scan(
    _ sums: TreeTarget.Sums, order: [Int]
  ) -> (best: (gain: Double, length: Int)?, tried: Int) {
    let width = target.width
    let totals = self.totals(sums)
    let count = positions.count
    let whole = totals.reduce(0) { $0 + $1 * $1 } / Double(count)
    var left = [Double](repeating: 0, count: width)
    var rows = 0
    var best: (gain: Double, length: Int)?
    var tried = 0
    for (index, code) in order.dropLast().enumerated() where sums.rows[code] > 0 {
      rows += sums.rows[code]
      for offset in 0..<width { left[offset] += sums.targets[code * width + offset] }
      guard rows >= leastRows, count - rows >= leastRows else { continue }
      tried += 1
      var (squaresLeft, squaresRight) = (0.0, 0.0)
      for offset in 0..<width {
        squaresLeft += left[offset] * left[offset]
        let right = totals[offset] - left[offset]
        squaresRight += right * right
      }
      let gain = squaresLeft / Double(rows) + squaresRight / Double(count - rows) - whole
      if gain > best?.gain ?? 0 { best = (gain, index + 1) }
    }
    return (best, tried)
  }

  private func isMoreThanChance(_ gain: Double, _ sums: TreeTarget.Sums, groups: Int, tries: Int) -> Bool {
    let count = Double(positions.count)
    let impurity = squares - totals(sums).reduce(0) { $0 + $1 * $1 } / count
    guard impurity > 1e-9 * squares else { return false }
    let freedom = Double(target.freedom)
    let p = ChiSquared.survival(
      (count - 1) * freedom * gain / impurity, degreesOfFreedom: freedom * Double(groups - 1))
    return p * Double(tries) <= significance
  }
}
