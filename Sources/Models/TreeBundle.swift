/// Eight small trees side by side: the masks of a bin, one a tree, lie in one cache line, so that a row costs one look-up for
/// all eight.
struct TreeBundle: Sendable {
  /// Trees in a bundle, and leaves that each may have.
  static let width = 8
  static let leafLimit = 64

  /// Where the masks of a feature's bins begin.
  private(set) var tables: [LeafMasks.FeatureTable] = []
  private(set) var masks: [SIMD8<UInt64>] = []
  /// The value of leaf l of tree t is `leafValues[64 · t + l]`.
  private(set) var leafValues = [Double](repeating: 0, count: width * leafLimit)

  /// Whether a tree of a model with one output can stand in a bundle.
  static func holds(_ tree: TreeEnsemble.Tree) -> Bool {
    tree.leafCount <= leafLimit && tree.leafWidth == 1
  }

  /// - Parameter trees: at most eight, by index
  ///
  /// Complexity: O(nodes · bins).
  init(_ trees: ArraySlice<Int>, of ensemble: TreeEnsemble, _ rows: BinnedRows) {
    var starts: [Int: Int] = [:]
    for (lane, index) in trees.enumerated() {
      var own = LeafMasks()
      own.append(index, of: ensemble, rows)
      for table in own.trees[0].tables {
        let count = rows.features[table.feature].count
        let start = starts[table.feature] ?? masks.count
        if starts.updateValue(start, forKey: table.feature) == nil {
          tables.append(LeafMasks.FeatureTable(feature: table.feature, start: start))
          masks.append(contentsOf: repeatElement(SIMD8(repeating: .max), count: count))
        }
        for bin in 0..<count { masks[start + bin][lane] = own.masks[table.start + bin] }
      }
      let tree = ensemble.trees[index]
      for leaf in 0..<tree.leafCount {
        leafValues[lane * Self.leafLimit + leaf] = ensemble.leafValues[tree.firstValue + leaf]
      }
    }
  }
}
