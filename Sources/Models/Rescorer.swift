import Results
import Tables

/// Scores of the same rows again and again, each time with some features' values taken from other rows.
///
/// Of a tree ensemble only the trees that test those features are looked at, and of these only the masks of those features:
/// what the others leave is found once for all repeats. Margins are summed in double, so that they differ from the
/// library's own float32 sums in the last places; compare only what comes from here.
package struct Rescorer: Sendable {
  private let scorer: NativeScorer
  private let features: [EncodedFeature]
  /// Bins and walking form, for tree ensembles.
  private let trees: Prepared?
  private let rowCount: Int
  /// Margins of the rows as they are, output by output.
  private let base: [Double]

  private struct Prepared: Sendable {
    var ensemble: TreeEnsemble
    var binned: BinnedRows
    var walker: TreeWalker
    var inputs: [Double]
    /// The features that each tree tests.
    var tested: [Set<Int>]
  }

  /// - Parameter columns: as the scorer's `features` list them
  package init(_ scorer: NativeScorer, _ columns: [Column]) throws(Failure) {
    self.scorer = scorer
    let features = try scorer.encode(columns)
    self.features = features
    rowCount = columns.first?.rowCount ?? 0
    guard case .trees(var ensemble) = scorer.model else {
      (trees, base) = (nil, scorer.margins(features, .automatic))
      return
    }
    if ensemble.arithmetic == .single { ensemble.arithmetic = .singleInputs }
    base = ensemble.margins(features)
    let binned = BinnedRows(features, ensemble: ensemble)
    trees = Prepared(
      ensemble: ensemble, binned: binned, walker: TreeWalker(ensemble),
      inputs: features.flatMap { $0.inputs.joined() },
      tested: ensemble.trees.map { tree in
        Set(ensemble.nodes[tree.nodes].map { binned.owners[$0.split.input].feature })
      })
  }

  /// Scores of the rows as they are.
  package func scores() throws(Failure) -> [[Double]] { try scorer.scores(margins: base, rowCount: rowCount) }

  /// Scores with the values of `moved` features taken from other rows, once for each list of donors.
  ///
  /// - Parameter moved: indices in the scorer's `features`; they move together
  /// - Parameter donors: for each repeat, the row that gives row r its values
  /// - Returns: by repeat, then by output
  package func scores(moving moved: Set<Int>, donors: [[Int32]]) throws(Failure) -> [[[Double]]] {
    let isValid = donors.allSatisfy {
      $0.count == rowCount && $0.allSatisfy { (0..<rowCount).contains(Int($0)) }
    }
    guard isValid, moved.allSatisfy(features.indices.contains) else {
      throw Failure(.defect, "donors or features that do not exist")
    }
    let margins = trees.map { change(moved, donors, $0) } ?? donors.map { linear(moved, $0) }
    var scores: [[[Double]]] = []
    for column in margins { scores.append(try scorer.scores(margins: column, rowCount: rowCount)) }
    return scores
  }

  private func linear(_ moved: Set<Int>, _ donors: [Int32]) -> [Double] {
    let changed = features.enumerated().map { index, feature -> EncodedFeature in
      guard moved.contains(index) else { return feature }
      switch feature {
      case .values(let values): return .values(donors.map { values[Int($0)] })
      case .coded(let codes, let table, let width):
        return .coded(codes: donors.map { codes[Int($0)] }, table: table, width: width)
      }
    }
    return scorer.margins(changed, .automatic)
  }

  /// Margins by repeat. Complexity: O(rows · repeats · trees that test the features).
  private func change(_ moved: Set<Int>, _ donors: [[Int32]], _ trees: Prepared) -> [[Double]] {
    var sums = Array(repeating: [Double](repeating: 0, count: base.count), count: donors.count)
    for index in trees.ensemble.trees.indices where !trees.tested[index].isDisjoint(with: moved) {
      if LeafMasks.cost(trees.ensemble.trees[index], of: trees.ensemble, trees.binned) != nil {
        changeByMasks(index, moved, donors, trees, &sums)
      } else {
        changeByWalking(index, moved, donors, trees, &sums)
      }
    }
    let divisor = trees.ensemble.divisor
    return sums.map { sum in sum.indices.map { base[$0] + sum[$0] / divisor } }
  }

  private func changeByMasks(
    _ index: Int, _ moved: Set<Int>, _ donors: [[Int32]], _ trees: Prepared, _ sums: inout [[Double]]
  ) {
    var group = LeafMasks()
    group.append(index, of: trees.ensemble, trees.binned)
    let tree = group.trees[0]
    let moving = tree.tables.filter { moved.contains($0.feature) }
    let staying = tree.tables.filter { !moved.contains($0.feature) }
    let size = EnsembleKernels.block
    var others = [UInt64](repeating: 0, count: size * tree.words)
    var masks = others
    var own = [Int32](repeating: 0, count: size)
    var leaves = own
    for rows in TreeEnsemble.blocks(rowCount) {
      EnsembleKernels.intersect(
        group.masks, staying, words: tree.words, trees.binned, rows, isFirst: true, into: &others)
      EnsembleKernels.narrowed(
        others, group.masks, moving, words: tree.words, trees.binned, rows, donors: nil, scratch: &masks,
        into: &own)
      for (index, donors) in donors.enumerated() {
        EnsembleKernels.narrowed(
          others, group.masks, moving, words: tree.words, trees.binned, rows, donors: donors, scratch: &masks,
          into: &leaves)
        add(from: own, to: leaves, tree.index, rows, trees.ensemble, &sums[index])
      }
    }
  }

  private func changeByWalking(
    _ index: Int, _ moved: Set<Int>, _ donors: [[Int32]], _ trees: Prepared, _ sums: inout [[Double]]
  ) {
    var own = [Int32](repeating: 0, count: EnsembleKernels.block)
    var leaves = own
    let isMoved = trees.binned.owners.map { moved.contains($0.feature) }
    for rows in TreeEnsemble.blocks(rowCount) {
      EnsembleKernels.walk(
        trees.ensemble.trees[index], trees.walker, trees.inputs, rowCount: rowCount, rows, into: &own)
      for (repetition, donors) in donors.enumerated() {
        for row in rows {
          leaves[row - rows.lowerBound] = trees.walker.leaf(trees.ensemble.trees[index]) { input in
            trees.inputs[input * rowCount + (isMoved[input] ? Int(donors[row]) : row)]
          }
        }
        add(from: own, to: leaves, index, rows, trees.ensemble, &sums[repetition])
      }
    }
  }

  /// Adds what the new leaves give beyond the old ones; exactly nothing where the leaf is the same.
  private func add(
    from own: [Int32], to leaves: [Int32], _ index: Int, _ rows: Range<Int>, _ ensemble: TreeEnsemble,
    _ sums: inout [Double]
  ) {
    EnsembleKernels.addDifferences(
      from: own, to: leaves, ensemble.trees[index], ensemble.leafValues, rows, rowCount: rowCount, to: &sums)
  }
}

extension TreeWalker {
  /// The leaf of one row. - Parameter value: of an input
  fileprivate func leaf(_ tree: TreeEnsemble.Tree, _ value: (Int) -> Double) -> Int32 {
    var place = tree.root
    while place >= 0 {
      let node = nodes[Int(place)]
      place = node.split.goesLeft(value(node.split.input)) ? node.left : node.right
    }
    return ~place
  }
}
