import Results
import Tables

/// A small tree that predicts a feature group from the other features. Within its leaves the group is nearly
/// independent of them, so that its values can be moved there without leaving the data (Molnar, König, Bischl &
/// Casalicchio 2023, "Model-agnostic feature importance and effects with dependent features: a conditional subgroup
/// approach").
struct SubgroupTree {
  /// When to stop.
  struct Limits {
    let depth: Int
    /// Rows of a leaf.
    let leastRows: Int
    /// Share of what one split of all rows could take away that a split takes away at least, so that pools stay as
    /// large as they can.
    let leastGain = 0.01
    /// Of a split by chance, in a whole node.
    let significance = 0.05

    init(depth: Int, rowCount: Int) {
      self.depth = depth
      leastRows = max(30, (rowCount + 99) / 100)
    }
  }

  indirect enum Node {
    case leaf(Int)
    /// Rows whose code `goesLeft` go left.
    case split(feature: Int, goesLeft: [Bool], Node, Node)
  }

  let root: Node
  let leafCount: Int

  /// - Parameter predictors: the other features
  /// - Parameter rows: those that the tree is grown on, in the order of the target
  init(_ target: TreeTarget, predictors: [TreeFeature], rows: [Int32], limits: Limits) {
    var grower = Grower(
      target: target, predictors: predictors, rows: rows, limits: limits, leafCount: 0)
    root = grower.grow(rows.indices.map { Int32($0) }, depth: limits.depth)
    leafCount = grower.leafCount
  }

  private struct Grower {
    let target: TreeTarget
    let predictors: [TreeFeature]
    let rows: [Int32]
    let limits: Limits
    var leafCount: Int

    mutating func grow(_ positions: [Int32], depth: Int) -> Node {
      guard depth > 0, positions.count >= 2 * limits.leastRows, let best = bestSplit(positions) else {
        leafCount += 1
        return .leaf(leafCount - 1)
      }
      let codes = predictors[best.feature].codes
      var sides: (left: [Int32], right: [Int32]) = ([], [])
      for position in positions {
        if best.split.goesLeft[Int(codes[Int(rows[Int(position)])])] {
          sides.left.append(position)
        } else {
          sides.right.append(position)
        }
      }
      let left = grow(sides.left, depth: depth - 1)
      let right = grow(sides.right, depth: depth - 1)
      return .split(feature: best.feature, goesLeft: best.split.goesLeft, left, right)
    }

    private func bestSplit(_ positions: [Int32]) -> (feature: Int, split: SplitSearch.Found)? {
      let search = SplitSearch(
        target: target, positions: positions, leastRows: limits.leastRows,
        significance: limits.significance / Double(predictors.count))
      let leastGain = limits.leastGain * Double(rows.count) * target.divisible
      var best: (feature: Int, split: SplitSearch.Found)?
      for (feature, predictor) in predictors.enumerated() {
        let codes = positions.map { predictor.codes[Int(rows[Int($0)])] }
        guard let found = search.best(predictor, codes: codes), found.gain >= leastGain else { continue }
        if found.gain > best?.split.gain ?? 0 { best = (feature, found) }
      }
      return best
    }
  }

  /// The leaf of every row. Complexity: O(rows · depth).
  func leaves(_ predictors: [TreeFeature], rowCount: Int) -> [Int32] {
    var leaves = [Int32](repeating: 0, count: rowCount)
    send((0..<Int32(rowCount)).map { $0 }, root, predictors, &leaves)
    return leaves
  }

  private func send(_ rows: [Int32], _ node: Node, _ predictors: [TreeFeature], _ leaves: inout [Int32]) {
    switch node {
    case .leaf(let leaf):
      for row in rows { leaves[Int(row)] = Int32(leaf) }
    case .split(let feature, let goesLeft, let left, let right):
      let codes = predictors[feature].codes
      send(rows.filter { goesLeft[Int(codes[Int($0)])] }, left, predictors, &leaves)
      send(rows.filter { !goesLeft[Int(codes[Int($0)])] }, right, predictors, &leaves)
    }
  }

  /// The condition that makes each leaf, by leaf.
  func rules(_ predictors: [TreeFeature]) -> [String] {
    var rules: [String] = []
    let occurring = predictors.map { predictor in
      var occurs = [Bool](repeating: false, count: predictor.count)
      for code in predictor.codes { occurs[Int(code)] = true }
      return occurs
    }
    describe(root, occurring, predictors, occurring, &rules)
    return rules
  }

  private func describe(
    _ node: Node, _ allowed: [[Bool]], _ predictors: [TreeFeature], _ occurring: [[Bool]],
    _ rules: inout [String]
  ) {
    switch node {
    case .leaf:
      let parts = predictors.indices.compactMap {
        predictors[$0].condition(allowed[$0], occurring: occurring[$0])
      }
      rules.append(parts.isEmpty ? "all rows" : parts.joined(separator: " & "))
    case .split(let feature, let goesLeft, let left, let right):
      var (lefts, rights) = (allowed, allowed)
      for code in goesLeft.indices {
        if goesLeft[code] { rights[feature][code] = false } else { lefts[feature][code] = false }
      }
      describe(left, lefts, predictors, occurring, &rules)
      describe(right, rights, predictors, occurring, &rules)
    }
  }
}
