/// Trees as bit masks, one table for each raw feature that a tree tests.
///
/// A leaf is a bit, the leftmost the lowest. A test that sends a row right rules out the leaves below its left child. The AND of
/// what all tests leave has the row's leaf as its lowest bit (Lucchese et al. 2015, QuickScorer, doi:10.1145/2766462.2767733).
/// Here the tests of one feature are joined beforehand: a table gives, for each bin of the feature, the AND of their masks. So a
/// tree costs a row one look-up a feature, and a feature that changes costs one look-up and one AND.
struct LeafMasks: Sendable {
  struct Tree: Sendable {
    /// Index in the ensemble.
    var index: Int
    /// Words of 64 leaves in a mask.
    var words: Int
    var tables: [FeatureTable]
  }

  /// Where the masks of a feature's bins begin.
  struct FeatureTable: Sendable {
    var feature: Int
    var start: Int
  }

  var trees: [Tree] = []
  var masks: [UInt64] = []

  /// Trees with more leaves are walked: their tables would be large and their masks slow.
  static let leafLimit = 256
  /// Numbers in the tables of one tree, and of the trees that are held at a time.
  static let tableLimit = 1 << 20
  static let groupLimit = 1 << 22

  /// Words that the tables of a tree take; nil where it is to be walked.
  static func cost(_ tree: TreeEnsemble.Tree, of ensemble: TreeEnsemble, _ rows: BinnedRows) -> Int? {
    guard tree.leafCount <= leafLimit else { return nil }
    let words = (tree.leafCount + 63) / 64
    let features = Set(ensemble.nodes[tree.nodes].map { rows.owners[$0.split.input].feature })
    var cost = 0
    for feature in features {
      let size = rows.features[feature].count * words
      guard size <= tableLimit else { return nil }
      cost += size
    }
    return cost <= tableLimit ? cost : nil
  }

  /// Appends the tables of a tree. Complexity: O(nodes · bins).
  mutating func append(_ index: Int, of ensemble: TreeEnsemble, _ rows: BinnedRows) {
    let tree = ensemble.trees[index]
    let words = (tree.leafCount + 63) / 64
    var starts: [Int: Int] = [:]
    var tables: [FeatureTable] = []
    for node in ensemble.nodes[tree.nodes] {
      let owner = rows.owners[node.split.input]
      let bins = rows.features[owner.feature]
      let start = starts[owner.feature] ?? masks.count
      if starts.updateValue(start, forKey: owner.feature) == nil {
        tables.append(FeatureTable(feature: owner.feature, start: start))
        masks.append(contentsOf: repeatElement(.max, count: bins.count * words))
      }
      for bin in 0..<bins.count
      where !node.split.goesLeft(bins.representatives[bin * bins.width + owner.offset]) {
        clear(node.leftLeaves, at: start + bin * words)
      }
    }
    trees.append(Tree(index: index, words: words, tables: tables))
  }

  private mutating func clear(_ leaves: Range<Int32>, at start: Int) {
    var leaf = Int(leaves.lowerBound)
    let end = Int(leaves.upperBound)
    while leaf < end {
      let count = min(end - leaf, 64 - leaf % 64)
      let bits = count == 64 ? UInt64.max : (1 << UInt64(count) - 1) << UInt64(leaf % 64)
      masks[start + leaf / 64] &= ~bits
      leaf += count
    }
  }
}
