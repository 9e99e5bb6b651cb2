import Results
import Tables

/// Scores of the same rows again and again, each time with some features' values taken from other rows.
///
/// Of a tree ensemble only the trees that test those features are looked at, and of these only the masks of those features:
/// what the others leave is found once for all repeats. Margins are summed in double, so that they differ from the
/// library's own float32 sums in the last places; compare only what comes from here.
package struct Rescorer: Rescoring {
  let scorer: NativeScorer
  let encoded: [EncodedFeature]
  /// Bins and walking form, for tree ensembles.
  let trees: Prepared?
  package let rowCount: Int
  /// Margins of the rows as they are, output by output.
  let base: [Double]

  struct Prepared: Sendable {
    var ensemble: TreeEnsemble
    var binned: BinnedRows
    var walker: TreeWalker
    var inputs: [Double]
    /// The features that each tree tests.
    var tested: [Set<Int>]
  }

  /// - Parameter columns: as the scorer's `features` list them
  package init(_ scorer: NativeScorer, _ columns: [Column]) throws(Failure) {
    try self.init(scorer, encoded: scorer.encode(columns))
  }

  private init(_ scorer: NativeScorer, encoded features: [EncodedFeature]) {
    self.scorer = scorer
    encoded = features
    rowCount = features.first?.rowCount ?? 0
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

  private init(_ other: Rescorer, _ rows: [Int32]) {
    scorer = other.scorer
    let features = other.encoded.map { $0.gathering(rows) }
    encoded = features
    rowCount = rows.count
    base = other.scorer.outputs.indices.flatMap { output in
      rows.map { other.base[output * other.rowCount + Int($0)] }
    }
    trees = other.trees.map { trees in
      var trees = trees
      trees.binned = BinnedRows(features, ensemble: trees.ensemble)
      trees.inputs = features.flatMap { $0.inputs.joined() }
      return trees
    }
  }

  package var features: [ScorerFeature] { scorer.features }
  package var outputs: [String] { scorer.outputs }

  package func selecting(_ rows: [Int32]) throws(Failure) -> any Rescoring {
    try check([rows])
    return Rescorer(self, rows)
  }

  package var usedFeatures: Set<Int>? {
    guard let trees else { return nil }
    return trees.tested.reduce(into: []) { $0.formUnion($1) }
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
    guard isValid, moved.allSatisfy(encoded.indices.contains) else {
      throw Failure(.defect, "donors or features that do not exist")
    }
    let margins = trees.map { change(moved, donors, $0) } ?? donors.map { linear(moved, $0) }
    var scores: [[[Double]]] = []
    for column in margins { scores.append(try scorer.scores(margins: column, rowCount: rowCount)) }
    return scores
  }

  package func scores(assembling sources: [[Int32]]) throws(Failure) -> [[Double]] {
    try check(sources, count: features.count)
    let built = zip(encoded, sources).map { $0.gathering($1) }
    return try scorer.scores(
      margins: trees?.ensemble.margins(built) ?? scorer.margins(built, .automatic),
      rowCount: sources.first?.count ?? 0)
  }

  private func linear(_ moved: Set<Int>, _ donors: [Int32]) -> [Double] {
    scorer.margins(
      encoded.enumerated().map { moved.contains($0) ? $1.gathering(donors) : $1 }, .automatic)
  }

  /// Margins by repeat. Complexity: O(rows · repeats · trees that test the features).
  private func change(_ moved: Set<Int>, _ donors: [[Int32]], _ trees: Prepared) -> [[Double]] {
    var sums = Array(repeating: [Double](repeating: 0, count: base.count), count: donors.count)
    let moving = MovedBins(moved, donors, trees.binned)
    var group = LeafMasks()
    var small: [Int] = []
    for index in trees.ensemble.trees.indices where !trees.tested[index].isDisjoint(with: moved) {
      let tree = trees.ensemble.trees[index]
      guard let cost = LeafMasks.cost(tree, of: trees.ensemble, trees.binned) else {
        changeByWalking(index, moved, donors, trees, &sums)
        continue
      }
      if outputs.count == 1, TreeBundle.holds(tree) {
        small.append(index)
        continue
      }
      if group.masks.count + cost > LeafMasks.groupLimit { changeByMasks(&group, moving, trees, &sums) }
      group.append(index, of: trees.ensemble, trees.binned)
    }
    changeByMasks(&group, moving, trees, &sums)
    changeByBundles(small, moving, trees, &sums)
    let divisor = trees.ensemble.divisor
    return sums.map { sum in sum.indices.map { base[$0] + sum[$0] / divisor } }
  }

  /// The bins of moved features, gathered from their donors once for all trees.
  private struct MovedBins {
    /// Place of each moved feature.
    let places: [Int: Int]
    /// For each repeat, the bins of the moved features one after the other.
    let codes: [[Int32]]

    init(_ moved: Set<Int>, _ donors: [[Int32]], _ binned: BinnedRows) {
      let features = moved.sorted()
      places = Dictionary(uniqueKeysWithValues: zip(features, features.indices))
      codes = donors.map { donors in
        features.flatMap { feature in donors.map { binned.codes[feature * binned.rowCount + Int($0)] } }
      }
    }

    /// Tables of moved features, by their place.
    func tables(of tables: [LeafMasks.FeatureTable]) -> [LeafMasks.FeatureTable] {
      tables.compactMap { table in
        places[table.feature].map { LeafMasks.FeatureTable(feature: $0, start: table.start) }
      }
    }
  }

  /// What a block of rows needs between one tree and the next.
  private struct Scratch {
    var others = [UInt64](repeating: 0, count: EnsembleKernels.block * LeafMasks.leafLimit / 64)
    var masks = [UInt64](repeating: 0, count: EnsembleKernels.block * LeafMasks.leafLimit / 64)
    var own = [Int32](repeating: 0, count: EnsembleKernels.block)
    var leaves = [Int32](repeating: 0, count: EnsembleKernels.block)
    var ownValues = [Double](repeating: 0, count: EnsembleKernels.block)
  }

  private func changeByMasks(
    _ group: inout LeafMasks, _ moving: MovedBins, _ trees: Prepared, _ sums: inout [[Double]]
  ) {
    let tables = group.trees.map { moving.tables(of: $0.tables) }
    let staying = group.trees.map { tree in tree.tables.filter { moving.places[$0.feature] == nil } }
    let leaving = group.trees.map { tree in tree.tables.filter { moving.places[$0.feature] != nil } }
    var scratch = Scratch()
    for rows in TreeEnsemble.blocks(rowCount) {
      for (place, tree) in group.trees.enumerated() {
        EnsembleKernels.intersect(
          group.masks, staying[place], words: tree.words, trees.binned.codes, rowCount: rowCount, rows,
          from: nil, into: &scratch.others)
        EnsembleKernels.intersect(
          group.masks, leaving[place], words: tree.words, trees.binned.codes, rowCount: rowCount, rows,
          from: scratch.others, into: &scratch.masks)
        EnsembleKernels.leaves(scratch.masks, words: tree.words, count: rows.count, into: &scratch.own)
        let shape = trees.ensemble.trees[tree.index]
        for row in 0..<rows.count where shape.leafWidth == 1 {
          scratch.ownValues[row] = trees.ensemble.leafValues[shape.firstValue + Int(scratch.own[row])]
        }
        for repetition in moving.codes.indices {
          move(
            tree, tables[place], group.masks, moving.codes[repetition], rows, trees, &scratch,
            &sums[repetition])
        }
      }
    }
    group = LeafMasks()
  }

  /// - Parameter small: trees that a bundle holds
  private func changeByBundles(
    _ small: [Int], _ moving: MovedBins, _ trees: Prepared, _ sums: inout [[Double]]
  ) {
    var bundles: [TreeBundle] = []
    var size = 0
    for start in stride(from: 0, to: small.count, by: TreeBundle.width) {
      let indices = small[start..<min(start + TreeBundle.width, small.count)]
      bundles.append(TreeBundle(indices, of: trees.ensemble, trees.binned))
      size += TreeBundle.width * (bundles.last?.masks.count ?? 0)
      guard size > LeafMasks.groupLimit else { continue }
      change(bundles, moving, trees, &sums)
      (bundles, size) = ([], 0)
    }
    change(bundles, moving, trees, &sums)
  }

  private func change(
    _ bundles: [TreeBundle], _ moving: MovedBins, _ trees: Prepared, _ sums: inout [[Double]]
  ) {
    guard !bundles.isEmpty else { return }
    let staying = bundles.map { $0.tables.filter { moving.places[$0.feature] == nil } }
    let leaving = bundles.map { $0.tables.filter { moving.places[$0.feature] != nil } }
    let moved = bundles.map { moving.tables(of: $0.tables) }
    let step = EnsembleKernels.bundleRows
    var others = [SIMD8<UInt64>](repeating: .zero, count: step)
    var own = [Double](repeating: 0, count: step)
    for block in stride(from: 0, to: rowCount, by: EnsembleKernels.bundleBlock) {
      let end = min(block + EnsembleKernels.bundleBlock, rowCount)
      for (place, bundle) in bundles.enumerated() {
        for start in stride(from: block, to: end, by: step) {
          let rows = start..<min(start + step, end)
          EnsembleKernels.prepare(
            bundle, staying: staying[place], leaving: leaving[place], trees.binned.codes,
            rowCount: rowCount, rows, others: &others, own: &own)
          for repetition in moving.codes.indices {
            EnsembleKernels.addMoved(
              bundle, leaving: moved[place], moving.codes[repetition], rowCount: rowCount, rows,
              others: others, own: own, to: &sums[repetition])
          }
        }
      }
    }
  }

  /// One tree, one block of rows, one repeat.
  private func move(
    _ tree: LeafMasks.Tree, _ tables: [LeafMasks.FeatureTable], _ masks: [UInt64], _ codes: [Int32],
    _ rows: Range<Int>, _ trees: Prepared, _ scratch: inout Scratch, _ sums: inout [Double]
  ) {
    let shape = trees.ensemble.trees[tree.index]
    if tree.words == 1, shape.leafWidth == 1, tables.count == 1, tables[0].feature == 0 {
      EnsembleKernels.addMoved(
        scratch.others, masks, tables[0], codes, own: scratch.ownValues, shape, trees.ensemble.leafValues,
        rows,
        rowCount: rowCount, to: &sums)
      return
    }
    EnsembleKernels.intersect(
      masks, tables, words: tree.words, codes, rowCount: rowCount, rows, from: scratch.others,
      into: &scratch.masks)
    EnsembleKernels.leaves(scratch.masks, words: tree.words, count: rows.count, into: &scratch.leaves)
    add(from: scratch.own, to: scratch.leaves, tree.index, rows, trees.ensemble, &sums)
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
