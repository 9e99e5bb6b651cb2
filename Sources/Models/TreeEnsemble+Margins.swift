extension TreeEnsemble {
  /// How the leaf of a row is found. Every way gives the same leaves, and sums them in the same order.
  package enum Evaluation: Sendable {
    case walk
    case masks
    /// Masks where there are enough rows to pay for the tables.
    case automatic
  }

  /// Margins before the link, output by output in one array. Complexity: O(rows · trees · depth), or
  /// O(rows · trees · features of a tree) by masks.
  func margins(_ features: [EncodedFeature], _ evaluation: Evaluation = .automatic) -> [Double] {
    let rowCount = features.first?.rowCount ?? 0
    let start = Start(self)
    var margins = start.values.flatMap { Array(repeating: $0, count: rowCount) }
    if evaluation == .walk || evaluation == .automatic && rowCount < 2 * EnsembleKernels.block {
      let inputs = features.flatMap { $0.inputs.joined() }
      let walker = TreeWalker(self)
      for index in trees.indices { walk(index, walker, inputs, rowCount: rowCount, &margins) }
    } else {
      addByMasks(features, BinnedRows(features, ensemble: self), &margins)
    }
    return start.finished(margins, rowCount: rowCount)
  }

  /// What sums of leaves begin with: the base, or 0 where they are divided first.
  struct Start {
    let values: [Double]
    private let base: [Double]
    private let divisor: Double

    init(_ ensemble: TreeEnsemble) {
      (base, divisor) = (ensemble.base, ensemble.divisor)
      values = divisor == 1 ? base : base.map { _ in 0 }
    }

    func finished(_ sums: [Double], rowCount: Int) -> [Double] {
      guard divisor != 1, rowCount > 0 else { return sums }
      return sums.indices.map { sums[$0] / divisor + base[$0 / rowCount] }
    }
  }

  private func walk(
    _ index: Int, _ walker: TreeWalker, _ inputs: [Double], rowCount: Int, _ margins: inout [Double]
  ) {
    var leaves = [Int32](repeating: 0, count: EnsembleKernels.block)
    for rows in Self.blocks(rowCount) {
      EnsembleKernels.walk(trees[index], walker, inputs, rowCount: rowCount, rows, into: &leaves)
      add(leaves, index, rows, rowCount: rowCount, &margins)
    }
  }

  private func add(
    _ leaves: [Int32], _ index: Int, _ rows: Range<Int>, rowCount: Int, _ margins: inout [Double]
  ) {
    EnsembleKernels.add(
      leaves, trees[index], leafValues, isSingle: arithmetic == .single, rows, rowCount: rowCount,
      to: &margins)
  }

  /// Trees by groups whose tables fit in the cache's neighbourhood; within a group, block by block of rows.
  private func addByMasks(_ features: [EncodedFeature], _ binned: BinnedRows, _ margins: inout [Double]) {
    var walker: TreeWalker?
    var inputs: [Double] = []
    var group = LeafMasks()
    for index in trees.indices {
      guard let cost = LeafMasks.cost(trees[index], of: self, binned) else {
        // Trees keep their order, so that sums do not depend on how a leaf was found.
        addGroup(&group, binned, &margins)
        if walker == nil { inputs = features.flatMap { $0.inputs.joined() } }
        let walking = walker ?? TreeWalker(self)
        walker = walking
        walk(index, walking, inputs, rowCount: binned.rowCount, &margins)
        continue
      }
      if group.masks.count + cost > LeafMasks.groupLimit { addGroup(&group, binned, &margins) }
      group.append(index, of: self, binned)
    }
    addGroup(&group, binned, &margins)
  }

  private func addGroup(_ group: inout LeafMasks, _ binned: BinnedRows, _ margins: inout [Double]) {
    var leaves = [Int32](repeating: 0, count: EnsembleKernels.block)
    var masks = [UInt64](repeating: 0, count: EnsembleKernels.block * LeafMasks.leafLimit / 64)
    for rows in Self.blocks(binned.rowCount) {
      for tree in group.trees {
        EnsembleKernels.intersect(
          group.masks, tree.tables, words: tree.words, binned.codes, rowCount: binned.rowCount, rows,
          from: nil, into: &masks)
        EnsembleKernels.leaves(masks, words: tree.words, count: rows.count, into: &leaves)
        add(leaves, tree.index, rows, rowCount: binned.rowCount, &margins)
      }
    }
    group = LeafMasks()
  }

  static func blocks(_ rowCount: Int) -> [Range<Int>] {
    stride(from: 0, to: rowCount, by: EnsembleKernels.block).map {
      $0..<min(rowCount, $0 + EnsembleKernels.block)
    }
  }
}
