/// Shapley values of sums of trees, with absent features taken from background rows (interventional TreeSHAP, Lundberg et al.
/// 2020, doi:10.1038/s42256-019-0138-9). A player is a set of raw features, so that the codes of one column move together.
///
/// A row and a background row reach a leaf in some mixture of the two only if each player on the leaf's path agrees with the
/// path by the one's values or by the other's. Those for which both do are no players of that leaf; the others must be in or
/// out, and their values are known from two numbers. So all that matters of a row is which players of the path agree with
/// it, a bit mask, and rows of the same mask are counted together: a leaf costs the distinct masks of rows times those of
/// background rows, whatever the number of either.
struct TreeAttribution: Sendable {
  let ensemble: TreeEnsemble
  let output: Int
  /// The player that owns each input.
  let players: [Int]
  let playerCount: Int
  let background: RowInputs
  /// Of background rows; they add up to 1.
  let weights: [Double]
  let shapley = ShapleyWeights(players: 32)
  private let plans: [Plan]

  /// How a tree is looked at.
  private enum Plan: Sendable {
    case none
    case leaves([AttributedLeaf])
    /// Too many leaves, or players on a path: rows are walked down in pairs.
    case pairs
  }

  /// - Parameter leafLimit: trees with more leaves are walked
  init(
    _ ensemble: TreeEnsemble, output: Int, players: [Int], playerCount: Int, background: RowInputs,
    weights: [Double], leafLimit: Int = 256
  ) {
    (self.ensemble, self.output, self.players) = (ensemble, output, players)
    (self.playerCount, self.background, self.weights) = (playerCount, background, weights)
    plans = ensemble.trees.map { tree in
      guard (tree.output..<tree.output + tree.leafWidth).contains(output), !tree.nodes.isEmpty else {
        return .none
      }
      guard tree.leafCount <= leafLimit else { return .pairs }
      let paths = LeafPath.all(of: tree, ensemble, players: players)
      guard paths.allSatisfy({ $0.players.count <= LeafPath.playerLimit }) else { return .pairs }
      let sides = NodeSides(tree, ensemble, background)
      return .leaves(
        paths.enumerated().map { leaf, path in
          AttributedLeaf(
            path: path, value: ensemble.value(of: Int32(leaf), tree, output: output),
            masks: path.masks(sides), weights: weights)
        })
    }
  }

  /// Values of the players, row by row. Every row is added up in the same order, whatever the other rows.
  ///
  /// Complexity: O(leaves · (rows · depth + distinct masks of rows · of background rows)); for trees that are walked,
  /// O(rows · background rows · nodes that either reaches).
  func values(_ rows: RowInputs) -> [Double] {
    var values = [Double](repeating: 0, count: rows.count * playerCount)
    var scratch = AttributedLeaf.Scratch()
    for (tree, plan) in zip(ensemble.trees, plans) {
      switch plan {
      case .none: continue
      case .pairs: addPairs(tree, rows, to: &values)
      case .leaves(let leaves):
        let sides = NodeSides(tree, ensemble, rows)
        for leaf in leaves {
          leaf.add(leaf.path.masks(sides), shapley, playerCount: playerCount, &scratch, to: &values)
        }
      }
    }
    guard ensemble.divisor != 1 else { return values }
    return values.map { $0 / ensemble.divisor }
  }
}

/// The inputs of some rows: input i of row r is `values[i · count + r]`.
struct RowInputs: Sendable {
  let count: Int
  let values: [Double]

  /// - Parameter inputs: of all rows, in the same layout
  init(_ inputs: [Double], rowCount: Int, rows: some Collection<Int32>) {
    count = rows.count
    let inputCount = rowCount == 0 ? 0 : inputs.count / rowCount
    values = (0..<inputCount).flatMap { input in rows.map { inputs[input * rowCount + Int($0)] } }
  }
}

extension TreeEnsemble {
  /// What a leaf adds to an output.
  func value(of leaf: Int32, _ tree: Tree, output: Int) -> Double {
    leafValues[tree.firstValue + Int(leaf) * tree.leafWidth + output - tree.output]
  }
}
