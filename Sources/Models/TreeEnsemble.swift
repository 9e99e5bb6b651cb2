/// A sum of decision trees, all of them in flat arrays.
///
/// Nodes of a tree follow each other in pre-order; its leaves stand in a row from left to right, so that the leaves below
/// a node are a range.
package struct TreeEnsemble: Sendable {
  /// The numbers that the library computes with.
  enum Arithmetic: Sendable {
    /// Inputs are rounded to float32; margins are summed in float32, tree by tree (XGBoost).
    case single
    /// Inputs are rounded to float32, sums are double (scikit-learn's trees).
    case singleInputs
    case double

    var roundsInputs: Bool { self != .double }
  }

  struct Tree: Sendable {
    /// A node, or `~leaf` for a tree of one leaf.
    var root: Int32
    var nodes: Range<Int>
    var leafCount: Int
    /// Numbers that a leaf holds, each for an output of its own.
    var leafWidth: Int
    /// Index of its first value in `leafValues`.
    var firstValue: Int
    /// The output that the first value of a leaf adds to.
    var output: Int
  }

  /// An inner node: its test, and its children: a node's index, or `~leaf` counted from the tree's first.
  struct Node: Sendable {
    var split: Split
    var left: Int32
    var right: Int32
    /// The leaves below its left child, counted from the tree's first.
    var leftLeaves: Range<Int32>
  }

  /// The library that wrote it; `trees` for this project's own format.
  var madeBy = "trees"
  var inputNames: [String]
  /// Names of the outputs; one is called `score`.
  var outputNames: [String]
  var arithmetic: Arithmetic
  var link: Link
  /// What each margin starts from.
  var base: [Double]
  /// What sums of leaves are divided by (random forests), before `base` is added.
  var divisor = 1.0
  var trees: [Tree] = []
  var nodes: [Node] = []
  var leafValues: [Double] = []
  /// The round that early stopping found best, where the file tells and more rounds are stored.
  package var bestRound: Int?

  package var treeCount: Int { trees.count }
  package var largestLeafCount: Int { trees.map(\.leafCount).max() ?? 0 }
}
